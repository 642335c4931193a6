"""FL-11: what is open is finished before something new is begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import Field

from simulator.hygiene.checks_state import checks_at
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import STARTS, Start
from simulator.model.history import History, PullRequest
from simulator.model.history.by_day import day_of
from simulator.model.hygiene import Breach, Measures, Pass, Severity, Verdict


class FinishOptions(Options):
    """What may be set."""

    review_hours: float = Field(default=8, ge=1, le=80, description="working hours after which a review is overdue")
    grace_hours: float = Field(default=1, ge=0, le=8, description="working hours that there are to see what came in")


@rule(
    code="FL-11",
    name="finish-before-start",
    about=STARTS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=FinishOptions(),
)
def finish_before_start(start: Start, history: History, options: FinishOptions) -> Verdict:
    """Nobody begins an issue while a pull request of theirs needs them, or a colleague waits for their review.

    What it checks
    --------------
    At each move of an issue to in progress, for whoever moved it: no open pull request of theirs with an unanswered request for
    changes or a failed check (both older than an hour), and no review asked of them that is overdue by a working day.

    Why it matters
    --------------
    What is nearly done is worth nothing yet; an hour spent on finishing it brings more than an hour spent on something new.

    Example
    -------
    Good: remarks answered at 10:00, the next issue begun at 10:30

    Bad: the third issue begun while #4 waits for its author since yesterday

    How to fix
    ----------
    Begin the day with what waits: your red and commented pull requests first, then the reviews, then something new.

    References
    ----------
    - https://kanbanguides.org/english/
    - https://google.github.io/eng-practices/review/reviewer/speed.html
    """
    waiting = [*_own(start, history, options), *_of_others(start, history, options)]
    evidence: Measures = {"waiting for them": len(waiting), "limit": 0}
    if not waiting:
        return Pass(message=f"{start.issue.key} was begun with nothing left waiting", evidence=evidence)
    return Breach(
        message=f"{start.issue.key} was begun while {waiting[0]}{_and_more(len(waiting) - 1)}.",
        how_to_fix="Begin with what waits: your open pull requests, and the reviews that are asked of you.",
        repaired=True,
        evidence=evidence,
        at=start.at,
    )


def _own(start: Start, history: History, options: FinishOptions) -> Iterator[str]:
    at = start.at
    spans = history.open_on.get((start.seat, day_of(at)), ())
    for span in [span for span in spans if span.since <= at and (span.until is None or at < span.until)]:
        if not (pull := history.pulls[int(span.name)]).was_draft_at(at):
            asked = _asked_at(pull, at)
            if asked and history.working_hours(asked, at) >= options.grace_hours:
                yield f"#{pull.number} waited for an answer to its review"
            elif _is_red(pull, at, history, options):
                yield f"a check of #{pull.number} was red"


def _of_others(start: Start, history: History, options: FinishOptions) -> Iterator[str]:
    for request in history.requests_on.get((start.seat, day_of(start.at)), ()):
        ends = [at for at in (request.answered_at, request.void_at) if at and at <= start.at]
        if request.at <= start.at and not ends and history.working_hours(request.at, start.at) > options.review_hours:
            yield f"#{request.pull} waited for their review since {history.working_hours(request.at, start.at):.0f} hours"


def _asked_at(pull: PullRequest, at: datetime) -> datetime | None:
    """Since when a request for changes stands without a push or a word of the authors."""
    deciding = [r for r in pull.reviews if r.at <= at and r.author not in pull.authors() and r.state != "COMMENTED"]
    last = {review.author: review for review in sorted(deciding, key=lambda review: review.at)}
    blocks = [
        r.at for r in last.values() if r.state == "CHANGES_REQUESTED" and not (r.dismissed_at and r.dismissed_at <= at)
    ]
    if not blocks:
        return None
    since = max(blocks)
    said = [comment.at for comment in pull.comments if comment.author in pull.authors()]
    answered = [moment for moment in (*said, *(head.at for head in pull.heads)) if since < moment <= at]
    return None if answered else since


def _is_red(pull: PullRequest, at: datetime, history: History, options: FinishOptions) -> bool:
    head = pull.head_at(at)
    if head is None or not checks_at(history, head.sha, at).bad:
        return False
    failed = [run.at for run in history.checks_of.get(head.sha, ()) if run.failed and run.at <= at]
    return bool(failed) and history.working_hours(max(failed), at) >= options.grace_hours


def _and_more(count: int) -> str:
    return "" if count <= 0 else f", and {count} more waited"

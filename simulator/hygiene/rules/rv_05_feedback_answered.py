"""RV-05: the author answers what reviewers say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import FEEDBACK, Feedback
from simulator.hygiene.touched import touches
from simulator.model.history import History, PullRequest, Thread
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait
from simulator.model.keys import SeatId

_LATE = 0.5
_NEXT_TIME = "Begin the day with the remarks on your pull requests: mend, or say why not."


class AnswerOptions(Options):
    """What may be set."""

    limit_days: float = Field(default=1, ge=0.1, le=10, description="working days in which a remark is answered")


def _has_remarks(history: History, seats: Sequence[SeatId]) -> bool:
    """Whether a reviewer has remarked on anything of theirs: what nobody asked, nobody can answer."""
    theirs = (pull for pull in history.pulls.values() if not set(seats).isdisjoint(pull.authors()))
    return any(thread.remark.author not in (None, *pull.authors()) for pull in theirs for thread in pull.threads)


@rule(
    code="RV-05",
    name="feedback-answered",
    about=FEEDBACK,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=1,
    essential=True,
    options=AnswerOptions(),
    expects=_has_remarks,
)
def feedback_answered(feedback: Feedback, history: History, options: AnswerOptions) -> Verdict:
    """Each remark of a reviewer gets an answer within a working day.

    What it checks
    --------------
    Working days from a reviewer's remark on a line of your pull request to the first of: your reply, a push that changes the
    lines around it (five above, five below), the conversation resolved. What the reviewer takes back in time is not judged.

    Why it matters
    --------------
    A remark that gets no answer is the last one: who is not heard stops reading closely.

    Example
    -------
    Good: "This loses the cents" at 11:00, mended by a commit at 14:00

    Bad: the same remark, and two days later not a word

    How to fix
    ----------
    Mend it, or reply what you think. A late answer earns half.

    References
    ----------
    - https://google.github.io/eng-practices/review/developer/handling-comments.html
    - https://docs.github.com/en/get-started/using-github/github-flow
    """
    pull, thread = feedback.pull, feedback.thread
    answered, taken_back = _answered_at(pull, thread), _taken_back_at(pull, thread)
    over = min(filter(None, [answered, taken_back]), default=None)
    closed = pull.closed_at if pull.closed_at and (over is None or over > pull.closed_at) else None
    if closed and history.working_days(thread.remark.at, closed) <= options.limit_days:
        return Skip(reason=f"#{pull.number} was closed before an answer was due")
    days = history.working_days(thread.remark.at, over or history.now)
    evidence: Measures = {"working days": round(days, 2), "limit": options.limit_days}
    who, words = history.name_of(thread.remark.author), " ".join(thread.remark.body[:400].split())[:60]
    if days <= options.limit_days and answered is not None and answered == over:
        return Pass(message=f"{who}'s “{words}” was answered after {days:.1f} working days", evidence=evidence)
    if days <= options.limit_days and over:
        return Skip(reason=f"“{words}” was over before an answer was due")
    if days < options.limit_days:
        left = options.limit_days - days
        return Wait(reason=f"{who}'s “{words}” waits for an answer; {left:.1f} working days are left")
    if over:
        return Breach(
            message=f"{who}'s “{words}” waited {days:.1f} working days, {options.limit_days:g} is the limit. Half credit.",
            how_to_fix=_NEXT_TIME,
            credit=_LATE,
            repaired=True,
            evidence=evidence,
            at=thread.remark.at,
        )
    return Breach(
        message=f"{who}'s “{words}” on #{pull.number} has waited {days:.1f} working days for an answer, "
        f"{options.limit_days:g} is the limit.",
        how_to_fix=f"Reply, or mend it and push: {thread.remark.url or pull.url}",
        repair=Repair.PARTIAL,
        evidence=evidence,
        at=thread.remark.at,
    )


def _answered_at(pull: PullRequest, thread: Thread) -> datetime | None:
    """When its authors replied, mended or resolved it first."""
    remark, writers = thread.remark, pull.authors()
    moments = [reply.at for reply in thread.replies if reply.author in writers and reply.at >= remark.at]
    moments += [at for at, resolved, by in thread.settled if resolved and by in writers]
    before = pull.head_at(remark.at)
    later = (head for head in pull.heads if before and head.at > remark.at)
    mended = (h.at for h in later if before and touches(before, h, path=remark.path, line=remark.line))
    return min([*moments, *[at for at in [next(mended, None)] if at]], default=None)


def _taken_back_at(pull: PullRequest, thread: Thread) -> datetime | None:
    """When somebody else resolved it."""
    return next((at for at, resolved, by in thread.settled if resolved and by not in pull.authors()), None)

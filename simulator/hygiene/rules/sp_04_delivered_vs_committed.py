"""SP-04: what the sprint was committed to is done when it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import Field

from simulator.hygiene.amounts import amount
from simulator.hygiene.landed import is_of_code, label_without_code, landed_with
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import COMMITMENT, Committed
from simulator.model.agile import StatusCategory
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict, Wait

_DESCOPED = 0.5
_ONE_DAY = timedelta(days=1)
_NOT_DELIVERED = frozenset(
    {"won't do", "won’t do", "won't fix", "duplicate", "declined", "cannot reproduce", "invalid"}
)


class DeliveryOptions(Options):
    """What may be set."""

    last_days: float = Field(
        default=1, ge=0, le=5, description="working days at the end in which nothing may be dropped"
    )


@rule(
    code="SP-04",
    name="delivered-vs-committed",
    about=COMMITMENT,
    severity=Severity.HIGH,
    target=0.8,
    quota=1,
    essential=True,
    options=DeliveryOptions(),
)
def delivered_vs_committed(committed: Committed, history: History, options: DeliveryOptions) -> Verdict:
    """What was in the sprint at its start is done at its end: four fifths of the points earn all.

    What it checks
    --------------
    Each issue that you had in the sprint when it started, or took on later, weighs its points (1 if nobody estimated it): when
    the sprint ends it stands in a status of the category done, was not closed as won't do or as a duplicate, and its code has
    landed (of stories, bugs and whatever code names; not of what was labelled `no-code`, `spike` or `research` from the start).
    An issue that was taken out by agreement (by somebody else, or with a comment) before the last day is worth half.

    Why it matters
    --------------
    Others tell customers, plan releases and book people by what a sprint promises.

    Example
    -------
    Good: 8 of 10 points done, the other 2 named on day 6 and taken out together

    Bad: 10 points promised, 3 done, and nobody heard of it before the review

    How to fix
    ----------
    Finish what is nearest to done first. What will not fit: say so on the issue early, and take it out together.

    References
    ----------
    - https://linearb.helpdocs.io/article/d2v8kqzxzd-metrics-community-benchmarks
    - https://github.com/chrisma/ScrumLint
    """
    key, sprint, state = committed.issue.key, committed.sprint, committed.at_close
    bare = _is_delivered(committed) and _lacks_code(committed, history)
    delivered = _is_delivered(committed) and not bare
    evidence: Measures = {"points": committed.size, "status": state.status, "done": delivered}
    if bare:
        return Breach(
            message=f"{key} stands in {state.status}, and no code of it has landed: {_size(committed)} of the commitment not "
            "shown.",
            how_to_fix=f"Merge its code, or put {key} into the title of the pull request that did it: {committed.issue.url}",
            repair=Repair.SAFE,
            evidence=evidence,
            at=sprint.closed_at,
        )
    if delivered:
        return Pass(message=f"{key} is done, {_size(committed)} of {sprint.name}", evidence=evidence)
    dropped = _dropped_at(committed)
    days_left = history.working_days(dropped, _end(committed, history)) if dropped else 0.0
    early = dropped is not None and days_left >= options.last_days
    if dropped and early and _is_agreed(committed, dropped):
        return Breach(
            message=f"{key} left {sprint.name} by agreement {days_left:.1f} working days before its end: half of its "
            f"{_size(committed)}.",
            how_to_fix="Take into the next sprint only what you would bet on.",
            credit=_DESCOPED,
            repaired=True,
            evidence=evidence,
            at=dropped,
        )
    if sprint.closed_at is None and not history.is_over:
        if dropped is None:
            return Wait(reason=f"{key} ({_size(committed)}) can be done until {sprint.name} ends")
        return _dropped(committed, dropped, early=early, evidence=evidence)
    where = f"had left {sprint.name}" if dropped else f"was {state.status} when {sprint.name} ended"
    return Breach(
        message=f"{key} {where}: {_size(committed)} of the commitment not done.",
        how_to_fix="Next time say on the issue what will not fit as soon as you see it, and take it out together: that is half.",
        evidence=evidence,
        at=dropped or sprint.closed_at,
    )


def _dropped(committed: Committed, dropped: datetime, *, early: bool, evidence: Measures) -> Breach:
    """It left without a word, or on the last day, and the sprint still runs."""
    issue, sprint = committed.issue, committed.sprint
    back = f"Put {issue.key} back into {sprint.name} and finish it"
    return Breach(
        message=f"{issue.key} left {sprint.name} {'without a word about it' if early else 'on its last day'}: "
        f"{_size(committed)} of the commitment.",
        how_to_fix=f"{back}, or write on it what was agreed with whom (worth half): {issue.url}"
        if early
        else f"{back}: {issue.url}",
        repair=Repair.SAFE,
        evidence=evidence,
        at=dropped,
    )


def _is_delivered(committed: Committed) -> bool:
    state = committed.at_close
    done = state.category is StatusCategory.DONE and state.resolution.lower() not in _NOT_DELIVERED
    return done and (committed.left is None or _done_before(committed, committed.left[0]))


def _lacks_code(committed: Committed, history: History) -> bool:
    """Whether it is an issue of code, by what it was at the sprint's start, and nothing landed for it."""
    issue, labels = committed.issue, committed.issue.at(committed.start).labels
    if not is_of_code(issue, history) or label_without_code(labels):
        return False
    return landed_with(issue, history) is None


def _done_before(committed: Committed, instant: datetime) -> bool:
    return committed.issue.at(instant).category is StatusCategory.DONE


def _dropped_at(committed: Committed) -> datetime | None:
    """When it left the sprint, or was closed undone."""
    if committed.left is not None:
        return committed.left[0]
    closed = [move.at for move in committed.issue.moves() if move.after.category is StatusCategory.DONE]
    undone = committed.at_close.category is StatusCategory.DONE
    return closed[-1] if undone and closed else None


def _is_agreed(committed: Committed, dropped: datetime) -> bool:
    """Somebody who does not answer for it took it out, or somebody wrote about it around then."""
    left, issue = committed.left, committed.issue
    if left is not None and left[1] is not None and left[1] not in issue.people():
        return True
    end = committed.sprint.closed_at
    return any(
        c.body.strip() and c.at >= dropped - _ONE_DAY and (end is None or c.at <= end) for c in committed.issue.comments
    )


def _end(committed: Committed, history: History) -> datetime:
    days = history.days_of(committed.sprint)
    return committed.sprint.closed_at or (days[-1] if days else history.sprint_end)


def _size(committed: Committed) -> str:
    return amount(committed.size, "points") if committed.issue.at(committed.start).points else "1 issue"

"""IS-08: done means merged, green and complete."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.hygiene.done import Loose, loose_ends
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import CLOSINGS_OF_CODE, Closing
from simulator.hygiene.what_can_come import closes_issues
from simulator.model.agile import StatusCategory
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_REOPENED = 0.5


@rule(
    code="IS-08",
    name="done-means-merged",
    about=CLOSINGS_OF_CODE,
    severity=Severity.HIGH,
    target=1.0,
    quota=1,
    essential=True,
    options=NoOptions(),
    expects=closes_issues,
)
def done_means_merged(closing: Closing, history: History, _: NoOptions) -> Verdict:
    """An issue is moved to done only after its code is merged and green, its boxes are ticked and its sub-tasks done.

    What it checks
    --------------
    At the move to done: every pull request that names the issue in its branch or title is merged (closed ones do not count), none
    was merged while a check of it was red unless the default branch was green again by then, no check box of the description is
    empty, and no sub-task is open.

    Why it matters
    --------------
    “Done” is what the others build on; what is nearly done comes back when everybody has stopped thinking of it.

    Example
    -------
    Good: #7 merged at 14:00 with green checks, PAY-3 moved to Done at 14:05

    Bad: PAY-3 moved to Done at 11:00, #7 merged the day after

    How to fix
    ----------
    Move the issue back until it is true: that earns half. A box or a sub-task can also be closed in place, for half as well.

    References
    ----------
    - https://scrumguides.org/scrum-guide.html
    - https://repository.bilkent.edu.tr/items/a630e151-9df9-4f40-bea9-1b991065de3e
    """
    issue = closing.issue
    ends = loose_ends(issue, closing.at, history)
    evidence: Measures = {"open at the move to done": len(ends), "limit": 0}
    if not ends and issue.key not in history.work_starts:
        return Skip(reason=f"no code names {issue.key}, so there was nothing to merge")
    if not ends:
        return Pass(message=f"everything of {issue.key} was done when it was moved to done", evidence=evidence)
    mended = _is_mended(closing, ends, history)
    lost = not mended and not _can_be_mended(closing, ends, history)
    return Breach(
        message=f"{issue.key} was moved to done while {_listed(ends)}.",
        how_to_fix=_NEXT_TIME if mended or lost else _how_to_fix(closing, ends),
        credit=_REOPENED if mended else 0.0,
        repair=Repair.NONE if mended or lost else Repair.PARTIAL,
        repaired=mended or lost,
        evidence=evidence,
        at=closing.at,
    )


_NEXT_TIME = "Look at the pull request, the boxes and the sub-tasks before you move the next issue to done."


def _is_mended(closing: Closing, ends: Sequence[Loose], history: History) -> bool:
    """Whether it was moved back, and is not done again too early; boxes and sub-tasks may be closed in place."""
    issue = closing.issue
    if closing.left_at is not None and any(end.is_code for end in loose_ends(issue, closing.left_at, history)):
        again = [move.at for move in issue.moves() if move.after.category is StatusCategory.DONE]
        return issue.state.category is not StatusCategory.DONE or not loose_ends(issue, again[-1], history)
    return not any(end.is_code for end in ends) and not _open_now(closing, history)


def _can_be_mended(closing: Closing, ends: Sequence[Loose], history: History) -> bool:
    return not any(end.is_code for end in ends) or any(end.is_code for end in _open_now(closing, history))


def _open_now(closing: Closing, history: History) -> tuple[Loose, ...]:
    return loose_ends(closing.issue, history.now, history)


def _how_to_fix(closing: Closing, ends: Sequence[Loose]) -> str:
    key, url = closing.issue.key, closing.issue.url
    what = " and ".join(dict.fromkeys(end.to_do for end in ends[:3]))
    if any(end.is_code for end in ends):
        return f"Move {key} back to In Progress now, and to done again when {what}, for half credit: {url}"
    return f"See to it that {what}, or move {key} back until then, for half credit: {url}"


def _listed(ends: Sequence[Loose]) -> str:
    words = " and ".join(end.what for end in ends[:3])
    return words if len(ends) <= 3 else f"{words}, and {len(ends) - 3} more"

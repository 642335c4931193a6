"""SP-02: what goes into a sprint is ready to be worked on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import Field

from simulator.hygiene.blockers import blockers, open_blockers
from simulator.hygiene.criteria import has_criteria
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import TAKEN_IN, TakenIn
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_FIRST_DAY = 0.8


class ReadyOptions(Options):
    """What may be set."""

    most_points: float = Field(default=8, ge=1, le=100, description="most story points of one issue")
    least_characters: int = Field(default=40, ge=10, le=500, description="shortest description that can hold criteria")
    above_points: float = Field(
        default=1, ge=0, le=13, description="stories and tasks up to this size need no criteria"
    )
    first_days: float = Field(default=1, ge=0, le=5, description="working days in which it can still be made ready")


@rule(
    code="SP-02",
    name="ready-at-start",
    about=TAKEN_IN,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=ReadyOptions(),
)
def ready_at_start(taken: TakenIn, history: History, options: ReadyOptions) -> Verdict:
    """An issue that a sprint starts with has criteria, an estimate of at most 8 points, and no open blocker.

    What it checks
    --------------
    Each issue in a sprint that you planned, when it starts: a story or task of more than one point states acceptance criteria;
    it is estimated, at 8 points or less; and every issue that it is blocked by is done.

    Why it matters
    --------------
    What is not ready waits, grows or comes back; the time for asking is before the promise.

    Example
    -------
    Good: 3 points, “Acceptance criteria: - a refund above the paid amount answers 422”, blocker PAY-2 done last week

    Bad: 13 points, “rework the ledger”, blocked by PAY-2, which nobody has begun

    How to fix
    ----------
    Add what is missing, split what is too big, or leave it out. On the sprint's first day that earns 0.8.

    References
    ----------
    - https://scrumguides.org/scrum-guide.html
    - https://xp123.com/articles/invest-in-good-stories-and-smart-tasks/
    """
    issue, sprint, start = taken.issue, taken.sprint, taken.start
    state = issue.at(start)
    if state.category is StatusCategory.DONE:
        return Skip(reason=f"{issue.key} was done before {sprint.name} started")
    faults = list(_faults(issue, start, history, options))
    evidence: Measures = {"points": state.points, "limit": options.most_points, "missing": "; ".join(faults)}
    if not faults:
        return Pass(message=f"{issue.key} was ready when {sprint.name} started", evidence=evidence)
    mended = _ready_after(issue, start, history, options)
    in_time = mended is not None and history.working_days(start, mended) <= options.first_days
    still_first = history.working_days(start, history.now) <= options.first_days and sprint.closed_at is None
    return Breach(
        message=f"{issue.key} went into {sprint.name} {' and '.join(faults)}"
        f"{'; that was mended on the first day.' if in_time else '.'}",
        how_to_fix="Get the next issues ready before they are taken in."
        if mended
        else f"{_in_one(_how_to_fix(faults))}{' today (worth 0.8)' if still_first else ''}, or take it out: {issue.url}",
        credit=_FIRST_DAY if in_time else 0.0,
        repair=Repair.PARTIAL if still_first and mended is None else Repair.NONE,
        repaired=mended is not None,
        evidence=evidence,
        at=start,
    )


def _faults(issue: Issue, at: datetime, history: History, options: ReadyOptions) -> Iterator[str]:
    """What is missing at an instant, in words that follow “it went in”."""
    state = issue.at(at)
    small = state.points is not None and state.points <= options.above_points
    if (
        issue.type in {"Story", "Task"}
        and not small
        and not has_criteria(state.description, least_characters=options.least_characters)
    ):
        yield _NO_CRITERIA
    if state.points is None:
        yield _NO_ESTIMATE
    elif state.points > options.most_points:
        yield f"with {state.points:g} points ({options.most_points:g} is the limit)"
    if waits_for := [issue.key for issue in open_blockers(state, at, history)]:
        yield f"while blocked by {', '.join(waits_for)}"


_NO_CRITERIA = "without acceptance criteria"
_NO_ESTIMATE = "without an estimate"


def _ready_after(issue: Issue, start: datetime, history: History, options: ReadyOptions) -> datetime | None:
    """When, after the sprint's start, it was ready or out of the sprint for the first time."""
    told = {change.at for change in issue.changes}
    told |= {move.at for blocker in blockers(issue.at(start), history) for move in blocker.moves()}
    later = (at for at in sorted(told) if at > start)
    return next((at for at in later if not list(_faults(issue, at, history, options))), None)


def _in_one(steps: Iterator[str]) -> str:
    text = ", and ".join(steps)
    return text[:1].upper() + text[1:]


def _how_to_fix(faults: list[str]) -> Iterator[str]:
    for fault in faults:
        if fault == _NO_CRITERIA:
            yield "write its acceptance criteria"
        elif fault == _NO_ESTIMATE:
            yield "estimate it with the team"
        elif fault.startswith("with "):
            yield "split it"
        else:
            yield f"clear what it waits for ({fault.removeprefix('while blocked by ')})"

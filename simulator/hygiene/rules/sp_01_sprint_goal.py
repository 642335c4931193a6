"""SP-01: a sprint has a goal, and something in it serves the goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from pydantic import Field

from simulator.hygiene.goals import is_list_of_keys, says_nothing, serves
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import PLANNED_SPRINTS, PlannedSprint
from simulator.hygiene.words import length_of
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_FIRST_DAY = 0.8
_LATER = 0.3


class GoalOptions(Options):
    """What may be set."""

    least_characters: int = Field(default=20, ge=5, le=200, description="shortest goal that can say what for")
    label: str = Field(default="sprint-goal", max_length=60, description="label of issues that serve the goal")
    first_days: float = Field(default=1, ge=0, le=5, description="working days in which most can still be won")


@rule(
    code="SP-01",
    name="sprint-goal",
    about=PLANNED_SPRINTS,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,  # one sprint for who plans, nothing for who does not: a quota would ask it of everybody
    essential=True,
    options=GoalOptions(),
)
def sprint_goal(planned: PlannedSprint, history: History, options: GoalOptions) -> Verdict:
    """A sprint starts with a goal in words, and at least one of its issues serves the goal.

    What it checks
    --------------
    At the start of a sprint that you planned: the goal has 20 characters or more, is no list of issue keys, and names something
    (“finish all open tickets” names nothing); and one issue of the sprint bears the label `sprint-goal`, is named in the
    goal, or shares a word of meaning with it.

    Why it matters
    --------------
    When something must give way on day 8, the goal says what stays; without one all issues are equally urgent.

    Example
    -------
    Good: “Support can refund a captured payment without asking engineering”

    Bad: “PAY-1, PAY-2, PAY-3”

    How to fix
    ----------
    Write into the sprint's goal what will be true for whom at its end. On the first day that earns 0.8, later 0.3.

    References
    ----------
    - https://scrumguides.org/scrum-guide.html
    - https://agilekip.github.io/site/catalogue-agile-smells
    """
    sprint = planned.sprint
    if not planned.issues:
        return Skip(reason=f"nothing is in {sprint.name} that a goal could hold together")
    since, fault = _since(planned, options)
    evidence: Measures = {
        "characters": length_of(sprint.goal),
        "limit": options.least_characters,
        "issues": len(planned.issues),
        "goal serves": not fault,
    }
    in_time = since is not None and (sprint.closed_at is None or since <= sprint.closed_at)
    if since is not None and since <= planned.start:
        return Pass(message=f"{sprint.name} had a goal that its issues serve when it started", evidence=evidence)
    if since is not None and in_time:
        days = history.working_days(planned.start, since)
        early = days <= options.first_days
        return Breach(
            message=f"{sprint.name} got a goal that its issues serve {days:.1f} working days after its start; "
            f"{'on the first day that is worth 0.8' if early else 'after the first day that is worth 0.3'}.",
            how_to_fix="Write the next sprint's goal before you choose its issues.",
            credit=_FIRST_DAY if early else _LATER,
            repaired=True,
            evidence=evidence,
            at=since,
        )
    is_over = sprint.closed_at is not None
    return Breach(
        message=f"{sprint.name} {'ended' if is_over else 'runs'} with {fault or 'a goal that came after its end'}.",
        how_to_fix="Begin the next planning with one sentence: what will be true for whom when the sprint is over."
        if is_over
        else _how_to_fix(planned, fault, options),
        repair=Repair.NONE if is_over else Repair.PARTIAL,
        evidence=evidence,
        at=planned.start,
    )


def _since(planned: PlannedSprint, options: GoalOptions) -> tuple[datetime | None, str]:
    """Since when all has been as it should be, without a break; None, and what is wrong, when it is not now."""
    goal = planned.sprint.goal
    if fault := _fault_of(goal, options):
        return None, fault
    told = _unbroken((at, not _fault_of(text, options)) for at, text in planned.sprint.goals)
    serving = [_unbroken(_service(issue, planned, options)) for issue in planned.issues if issue.deleted_at is None]
    since = [at for at in serving if at is not None]
    if told is None or not since:
        return None, f"a goal that none of its {len(planned.issues)} issues serves (“{goal.strip()[:60]}”)"
    return max(told, min(since)), ""


def _service(issue: Issue, planned: PlannedSprint, options: GoalOptions) -> Iterator[tuple[datetime, bool]]:
    goal = planned.sprint.goal
    for at, state in issue.states():
        yield at, serves(issue.key, state, goal, label=options.label)


def _unbroken(told: Iterable[tuple[datetime, bool]]) -> datetime | None:
    """Since when something has held, None when it does not hold at the end."""
    since: datetime | None = None
    for at, holds in told:
        since = (since or at) if holds else None
    return since


def _fault_of(goal: str, options: GoalOptions) -> str:
    text = goal.strip()
    if not text:
        return "no goal"
    if is_list_of_keys(text):
        return f"a list of keys for a goal (“{text[:60]}”)"
    if says_nothing(text):
        return f"a goal that could stand over any sprint (“{text[:60]}”)"
    size = length_of(text)
    if size < options.least_characters:
        return f"a goal of {size} characters (“{text}”), {options.least_characters} is the least"
    return ""


def _how_to_fix(planned: PlannedSprint, fault: str, options: GoalOptions) -> str:
    where = f": {planned.sprint.url}" if planned.sprint.url else ""
    if fault.startswith("a goal that"):
        keys = ", ".join(issue.key for issue in planned.issues[:5])
        return f"Put the label {options.label} on the issues that serve it (of {keys}), or say it in their words{where}"
    return f"On the board open “Edit sprint”, and write what will be true for whom when {planned.sprint.name} is over{where}"

"""SP-10: a retrospective ends in something that somebody does."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import CLOSED_SPRINTS, ClosedSprint
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict, Wait

_LATE = 0.5


class RetroOptions(Options):
    """What may be set."""

    label: str = Field(default="retro-action", max_length=60, description="label of what a retrospective resolved")
    days_around: float = Field(default=1, ge=0.5, le=5, description="working days before and after the sprint's end")
    least: int = Field(default=1, ge=1, le=10, description="actions that a retrospective leaves")


@rule(
    code="SP-10",
    name="retro-action",
    about=CLOSED_SPRINTS,
    severity=Severity.INFO,
    target=1.0,
    quota=0,
    options=RetroOptions(),
)
def retro_action(closed: ClosedSprint, history: History, options: RetroOptions) -> Verdict:
    """A retrospective leaves at least one action with an owner and a date. It informs, and costs nothing.

    What it checks
    --------------
    At least one issue with the label `retro-action`, somebody assigned and a due date, created within a working day before or
    after the sprint was closed.

    Why it matters
    --------------
    What everybody agrees on and nobody owns comes up again in the next retrospective, word for word.

    Example
    -------
    Good: “Run the linter before each push”, ada, due on 23 January, label `retro-action`

    Bad: “We should communicate better”

    How to fix
    ----------
    Create one small issue for the one thing that you want to change, give it to somebody, set a date and the label.

    References
    ----------
    - https://agilekip.github.io/site/catalogue-agile-smells
    """
    sprint, since = closed.sprint.name, history.working_days(closed.closed_at, history.now)
    labelled = [issue for issue in closed.issues if _is_action(issue, options)]
    in_time = [issue for issue in labelled if _days_off(issue, closed, history) <= options.days_around]
    whole = [issue for issue in in_time if _is_whole(issue)]
    evidence: Measures = {
        "actions": len(whole),
        "limit": options.least,
        "without owner or date": len(in_time) - len(whole),
    }
    if len(whole) >= options.least:
        return Pass(
            message=f"{sprint} left {', '.join(issue.key for issue in whole[:5])} to be done", evidence=evidence
        )
    if since <= options.days_around and not history.is_over and not in_time:
        return Wait(reason=f"{sprint} was closed {since:.1f} working days ago; its retrospective may still come")
    late = [issue for issue in labelled if _is_whole(issue)]
    if len(late) >= options.least:
        return Breach(
            message=f"{sprint} left {late[-1].key} to be done, {_days_off(late[-1], closed, history):.1f} working days from its "
            f"end; {options.days_around:g} is the limit.",
            how_to_fix="Create the issue while everybody still sits together.",
            credit=_LATE,
            repaired=True,
            evidence=evidence,
            at=closed.closed_at,
        )
    return Breach(
        message=f"{sprint} left {len(whole)} actions with an owner and a date, {options.least} is the least.",
        how_to_fix=f"Give {in_time[0].key} an assignee and a due date: {in_time[0].url}"
        if in_time
        else f"Create an issue for one thing to change, with the label {options.label}, an assignee and a due date.",
        repair=Repair.SAFE if in_time else Repair.PARTIAL,
        evidence=evidence,
        at=closed.closed_at,
    )


def _is_action(issue: Issue, options: RetroOptions) -> bool:
    return not issue.deleted_at and options.label.lower() in {label.lower() for label in issue.state.labels}


def _is_whole(issue: Issue) -> bool:
    return issue.state.assignee is not None and bool(issue.state.due)


def _days_off(issue: Issue, closed: ClosedSprint, history: History) -> float:
    at = issue.created_at
    return history.working_days(min(at, closed.closed_at), max(at, closed.closed_at))

"""SP-05: a sprint promises about what the last ones brought."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from simulator.hygiene.amounts import amount
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import FORECASTS, Forecast
from simulator.model.history import History
from simulator.model.history.tracker import Issue, IssueState
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict


class CommitmentOptions(Options):
    """What may be set."""

    least: float = Field(default=0.7, ge=0, le=1, description="share of the recent velocity that is not too little")
    most: float = Field(default=1.1, ge=1, le=3, description="share of the recent velocity that is not too much")
    first_days: float = Field(default=1, ge=0, le=5, description="working days in which the plan can still be changed")


@rule(
    code="SP-05",
    name="realistic-commitment",
    about=FORECASTS,
    severity=Severity.LOW,
    target=1.0,
    quota=0,
    options=CommitmentOptions(),
)
def realistic_commitment(forecast: Forecast, history: History, options: CommitmentOptions) -> Verdict:
    """A sprint holds 0.7 to 1.1 times what the last three brought on average.

    What it checks
    --------------
    For a sprint that you planned, with at least two closed ones before it: the points in it at the end of its first working day,
    divided by the mean of what the last three completed (issues are counted where nothing is estimated).

    Why it matters
    --------------
    A sprint that is too full is known to fail on its first day; what is left over is planned, explained and begun twice.

    Example
    -------
    Good: 21, 19 and 23 points done so far, 20 points taken in

    Bad: 21, 19 and 23 points done so far, 35 points taken in

    How to fix
    ----------
    Take issues out (or in) on the first day until the sum fits; that earns all of it.

    References
    ----------
    - https://scrumguides.org/scrum-guide.html
    """
    planned, unit = forecast.planned, forecast.unit
    mean = sum(forecast.completed) / len(forecast.completed)
    if mean <= 0:
        return Skip(reason="nothing was completed in the sprints before, which foretells nothing")
    taken = sum(_size(issue, forecast, history, options) for issue in planned.issues)
    share = taken / mean
    low, high = mean * options.least, mean * options.most
    evidence: Measures = {
        f"{unit} taken in": round(taken, 1),
        f"mean {unit} completed": round(mean, 1),
        "share": round(share, 2),
        "least": options.least,
        "most": options.most,
    }
    name, fits = planned.sprint.name, f"{amount(low, unit)} to {amount(high, unit)} fit"
    if options.least - 1e-9 <= share <= options.most + 1e-9:
        return Pass(message=f"{name} holds {amount(taken, unit)}; {fits}", evidence=evidence)
    first_day = (
        planned.sprint.closed_at is None and history.working_days(planned.start, history.now) <= options.first_days
    )
    change = (
        f"out at least {amount(taken - high, unit)}"
        if taken > high
        else f"in at least {amount(low - taken, unit)} more"
    )
    return Breach(
        message=f"{name} holds {amount(taken, unit)}, {share:.2g} times the mean of the last {len(forecast.completed)} sprints "
        f"({amount(mean, unit)}); {fits}.",
        how_to_fix=f"Take {change} today: {planned.sprint.url}".rstrip(": ")
        if first_day
        else f"Plan the next sprint with the mean of the last ones: {amount(mean, unit)}.",
        repair=Repair.SAFE if first_day else Repair.NONE,
        evidence=evidence,
        at=planned.start,
    )


def _size(issue: Issue, forecast: Forecast, history: History, options: CommitmentOptions) -> float:
    """What it adds to the sprint when the plan stands."""
    planned = forecast.planned
    state = _settled(issue, planned.start, history, options)
    gone = issue.deleted_at is not None and history.working_days(planned.start, issue.deleted_at) <= options.first_days
    if state is None or gone or planned.sprint.id not in state.sprints:
        return 0.0
    return (state.points or 0.0) if forecast.unit == "points" else 1.0


def _settled(issue: Issue, start: datetime, history: History, options: CommitmentOptions) -> IssueState | None:
    """Its fields at the end of the first day, None when it did not exist then."""
    told = [
        state for at, state in issue.states() if at <= start or history.working_days(start, at) <= options.first_days
    ]
    return told[-1] if told else None

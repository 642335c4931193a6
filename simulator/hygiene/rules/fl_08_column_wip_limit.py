"""FL-08: the board's limits are kept."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import LIMITED_MOVES, LimitedMove
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict


class ColumnOptions(Options):
    """What may be set."""

    mend_hours: float = Field(default=1, ge=0.1, le=8, description="working hours in which a move back earns all")


@rule(
    code="FL-08",
    name="column-wip-limit",
    about=LIMITED_MOVES,
    severity=Severity.LOW,
    target=0.9,
    quota=0,
    options=ColumnOptions(),
)
def column_wip_limit(move: LimitedMove, history: History, options: ColumnOptions) -> Verdict:
    """Nobody moves an issue into a column that is full.

    What it checks
    --------------
    Each move of an issue into a column of the board with a maximum: with it there are no more issues in the column than that,
    or within a working hour there are no longer.

    Why it matters
    --------------
    Jira only colours a full column; the limit holds because people keep it, and it is there to show where work piles up.

    Example
    -------
    Good: three of three in review; you review one before you add yours

    Bad: the fourth issue is pushed into a column for three

    How to fix
    ----------
    Help to empty the column: review, merge or finish what stands there. Within an hour that earns all.

    References
    ----------
    - https://community.atlassian.com/t5/Jira-Cloud-Admins-articles/Jira-board-limits-are-they-a-good-idea/ba-p/1851938
    - https://kanbanguides.org/english/
    """
    evidence: Measures = {"issues in the column": move.count, "limit": move.limit}
    if move.count <= move.limit:
        return Pass(message=f"{move.key} was number {move.count} of {move.limit} in {move.column}", evidence=evidence)
    end = move.relieved_at or history.now
    hours = history.working_hours(move.at, end)
    if move.relieved_at and hours <= options.mend_hours:
        return Pass(message=f"{move.column} was over its limit for {hours * 60:.0f} minutes only", evidence=evidence)
    can_mend = move.relieved_at is None and hours <= options.mend_hours
    return Breach(
        message=f"{move.key} was moved into {move.column} as number {move.count}, {move.limit} is the limit.",
        how_to_fix=f"Finish or move back one of the {move.count} in {move.column}."
        if move.relieved_at is None
        else "Look at the column's number before you move an issue into it.",
        repair=Repair.SAFE if can_mend else Repair.NONE,
        repaired=move.relieved_at is not None,
        evidence=evidence,
        at=move.at,
    )

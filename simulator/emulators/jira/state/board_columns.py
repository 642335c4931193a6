"""A board as people see it: its columns with their issues, of the active sprints or of the whole filter."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_

from simulator.emulators.jira.state.board_issues import board_query, by_rank, in_sprint, on_board
from simulator.emulators.jira.state.boards import Board
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.search.query import Found, find_page
from simulator.emulators.jira.state.sprints import Sprint, list_sprints

MOST_ISSUES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a board with its issues, by rank, and the limits of how many it should have."""

    name: str
    issues: tuple[Issue, ...]
    least: int | None = None
    most: int | None = None

    @property
    def is_off(self) -> bool:
        """Whether it has fewer or more than it should."""
        count = len(self.issues)
        return (self.least is not None and count < self.least) or (self.most is not None and count > self.most)


def board_columns(context: Context, board: Board) -> tuple[list[Sprint], list[Column]]:
    """The active sprints of a board and its columns. A scrum board without an active sprint has empty columns."""
    active = list_sprints(context, board.id, ["active"]) if board.kind == "scrum" else []
    if board.kind == "scrum" and not active:
        return [], [Column(name=str(column["name"]), issues=()) for column in board.columns]
    shown = [column for column in board.columns if not column.get("backlog")]
    extra = on_board(context) + ([or_(*(in_sprint(sprint.id) for sprint in active))] if active else [])
    query = Found(where=board_query(context, board).where, order=by_rank())
    issues = find_page(context, query, start=0, limit=MOST_ISSUES, extra=extra)
    columns = [
        Column(
            name=str(c["name"]),
            issues=tuple(i for i in issues if i.status_id in c["statuses"]),
            least=c.get("min"),
            most=c.get("max"),
        )
        for c in shown
    ]
    return active, columns

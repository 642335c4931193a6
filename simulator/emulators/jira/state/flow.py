"""A board's cumulative flow: when its issues came into which column.

https://support.atlassian.com/jira-software-cloud/docs/view-and-understand-the-cumulative-flow-diagram/
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.board_issues import board_query, by_rank, on_board
from simulator.emulators.jira.state.boards import Board
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issue_past import read_pasts
from simulator.emulators.jira.state.search.query import Found, find_page

MOST_ISSUES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An issue's way from one column to another; None for no column."""

    at: datetime
    key: str
    column_from: int | None
    column_to: int | None
    status_id: int


def column_moves(context: Context, board: Board) -> list[Move]:
    """The moves of the board's issues, oldest first; of the 2,000 newest ones on a board with more."""
    column_of = {number: place for place, column in enumerate(board.columns) for number in column["statuses"]}
    query = Found(where=board_query(context, board).where, order=(tables.issues.c.id.desc(), *by_rank()))
    issues = find_page(context, query, start=0, limit=MOST_ISSUES, extra=on_board(context))
    moves: list[tuple[datetime, int, Move]] = []
    for past in read_pasts(context, issues):
        key, here = past.issue.key, column_of.get(past.status.first)
        born = past.issue.created_at
        first = Move(at=born, key=key, column_from=None, column_to=here, status_id=past.status.first)
        moves.append((born, 0, first))
        for turn in past.status.turns:
            there = column_of.get(turn.new)
            move = Move(at=turn.at, key=key, column_from=here, column_to=there, status_id=turn.new)
            moves.append((turn.at, turn.history_id, move))
            here = there
    return [move for _, _, move in sorted(moves, key=lambda found: found[:2])]

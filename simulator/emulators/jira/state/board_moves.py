"""Issues put on a board or back into its backlog: by sprints on scrum boards, by their status on kanban boards."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.state.board_issues import board_query
from simulator.emulators.jira.state.boards import Board
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.ranking import check_may_schedule
from simulator.emulators.jira.state.search.query import matching
from simulator.emulators.jira.state.sprints import list_sprints, move_issues
from simulator.emulators.jira.state.transitions import available, transition_issue


def put_on_board(context: Context, board: Board, issues: list[Issue], *, api: str) -> None:
    """Put issues on a board: into the active sprint of a scrum board, out of the backlog of a kanban board.

    Raises BadRequest without an active sprint, or where the workflow does not lead to the board's first column; Forbidden.
    """
    if board.kind == "scrum":
        active = list_sprints(context, board.id, ["active"], limit=1)
        if not active:
            raise BadRequest("The board has no active sprint to move the issues to.")
        move_issues(context, issues, active[0])
        return
    check_may_schedule(context, issues)
    columns = [column["statuses"] for column in board.columns if not column.get("backlog") and column["statuses"]]
    first: list[int] = columns[0] if columns else []
    _let_go(context, [issue for issue in issues if issue.status_id in board.waiting], first, api=api)


def put_in_backlog(context: Context, board: Board, issues: list[Issue], *, api: str) -> None:
    """Put the issues that are on a board into its backlog: out of their open sprints, or into its status on a kanban board.

    Raises BadRequest where the workflow does not lead there; Forbidden.
    """
    shown = set(matching(context, board_query(context, board), [issue.id for issue in issues]))
    there = [issue for issue in issues if issue.id in shown]
    if board.kind == "scrum":
        move_issues(context, there, None)
        return
    check_may_schedule(context, there)
    _let_go(context, [issue for issue in there if issue.status_id not in board.waiting], board.waiting, api=api)


def _let_go(context: Context, issues: Sequence[Issue], statuses: Collection[int], *, api: str) -> None:
    """Let issues take a transition to one of the statuses; none where there is no status."""
    for issue in issues if statuses else ():
        step = next((step for step in available(context, issue) if step.to_status_id in statuses), None)
        if step is None:
            raise BadRequest(f"The issue '{issue.key}' cannot be moved: no transition leads there.")
        transition_issue(context, issue, transition_id=step.id, fields={}, verbs={}, api=api)

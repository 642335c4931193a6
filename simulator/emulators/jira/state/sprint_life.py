"""A sprint's life: future, active, closed, and what becomes of the issues that are not done then."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, exists, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.board_issues import board_query, by_rank, in_sprint
from simulator.emulators.jira.state.board_sprints import sprints_on
from simulator.emulators.jira.state.boards import Board, done_statuses, find_board, remove_board
from simulator.emulators.jira.state.changes import record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.search.query import Found, find_page
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.jira.state.sprints import (
    Sprint,
    check_may_manage,
    check_values,
    find_sprint,
    list_sprints,
    move_issues,
    sprint_change,
    sprints_of,
)
from simulator.emulators.kit.tables import counters

_MOST_CARRIED = 5000
_MOST_NAMED = 5
_MOVES = {"active": "started", "closed": "closed"}  # the webhooks' words
_s = tables.sprints.c
_in = tables.issue_sprints.c


def edit_sprint(context: Context, sprint: Sprint, values: dict[str, Any]) -> Sprint:
    """Change a sprint. `state` active starts it, closed closes it. Raises BadRequest.

    Of a closed sprint only name and goal change; other values are passed over, as Jira does. When a sprint is closed, what is
    not done goes to the sprint `incomplete_to`, or to the backlog without one. An issue keeps its closed sprints.
    """
    board = find_board(context, sprint.board_id)
    check_may_manage(context, board)
    kept = {"name", "goal"} | (set() if sprint.state == "closed" else {"start_at", "end_at", "incomplete_to"})
    changed = {name: value for name, value in values.items() if name in kept}
    state = values.get("state", sprint.state)
    after = {name: getattr(sprint, name) for name in ("name", "goal", "start_at", "end_at")} | changed
    check_values(after)
    if changed.get("incomplete_to") is not None:
        _check_destination(context, sprint, changed["incomplete_to"])
    if state != sprint.state:
        changed |= _next_state(context, board, sprint, state)
    if state != "future" and sprint.state != "closed":
        _check_dates(after)
    if changed:
        _write(context, sprint.id, changed)
    found = find_sprint(context, sprint.id)
    event = "sprint_updated" if state == sprint.state else f"sprint_{_MOVES[state]}"
    context.tell(event, sprint=found, before=sprint)
    if state == "closed" and sprint.state == "active":
        _carry_over(context, board, found)
    return found


def swap_sprints(context: Context, sprint: Sprint, other_id: int) -> None:
    """Let two sprints of a board change places. Raises NotFound."""
    check_may_manage(context, find_board(context, sprint.board_id))
    other = find_sprint(context, other_id, lock=True)
    if other.board_id != sprint.board_id:
        raise NotFound("Sprint does not exist.")
    _write(context, sprint.id, {"position": other.position})
    _write(context, other.id, {"position": sprint.position})


def delete_sprint(context: Context, sprint: Sprint) -> None:
    """Delete a sprint; its issues return to the backlog, with an entry in their history."""
    check_may_manage(context, find_board(context, sprint.board_id))
    _leave(context, sprint)
    context.connection.execute(delete(tables.sprints).where(_s.site == context.site, _s.id == sprint.id))


def delete_board(context: Context, board: Board) -> None:
    """Delete a board with its sprints; filter and issues stay, and the issues' histories tell that they left the sprints."""
    for sprint in list_sprints(context, board.id):
        _leave(context, sprint)
    remove_board(context, board)


def unfinished_issues(context: Context, board: Board, sprint: Sprint) -> list[Issue]:
    """The issues of a sprint on its board outside the last column, by rank; sub-tasks go with their parents."""
    i = tables.issues.c
    types = [kind.id for kind in context.meta.issue_types.values() if not kind.subtask]
    extra = [in_sprint(sprint.id), i.status_id.not_in(done_statuses(context, board)), i.type_id.in_(types)]
    query = Found(where=board_query(context, board).where, order=by_rank())
    return find_page(context, query, start=0, limit=_MOST_CARRIED, extra=extra)


def _leave(context: Context, sprint: Sprint) -> None:
    """Write into the histories of a sprint's issues that they are in it no longer, and tell that it is deleted."""
    i = tables.issues.c
    query = (
        select(_in.issue_id)
        .join_from(tables.issue_sprints, tables.issues, (i.site == _in.site) & (i.id == _in.issue_id))
        .where(_in.site == context.site, _in.sprint_id == sprint.id)
    )
    ids = list(context.connection.execute(query).scalars())
    before = sprints_of(context, ids)
    record(context, {n: [sprint_change(before[n], [s for s in before[n] if s.id != sprint.id])] for n in ids})
    touch_issues(context, ids)
    of = (_in.site == context.site) & (_in.sprint_id == sprint.id)
    context.connection.execute(delete(tables.issue_sprints).where(of))
    context.tell("sprint_deleted", sprint=sprint)


def _carry_over(context: Context, board: Board, sprint: Sprint) -> None:
    target = None if sprint.incomplete_to is None else _open_sprint(context, sprint.incomplete_to)
    if target:
        move_issues(context, unfinished_issues(context, board, sprint), target)


def _open_sprint(context: Context, sprint_id: int) -> Sprint | None:
    """A sprint that still takes issues; None for one that was closed or deleted since."""
    try:
        found = find_sprint(context, sprint_id, lock=True)
    except NotFound:
        return None
    return None if found.state == "closed" else found


def _next_state(context: Context, board: Board, sprint: Sprint, state: str) -> dict[str, Any]:
    history, issue = (_newest(context, thing) for thing in ("history", "issue"))
    if (sprint.state, state) == ("future", "active"):
        if not board.parallel_sprints and sprints_on(context, board, ["active"], limit=1):
            raise BadRequest("Cannot start sprint: another sprint is already active on this board.")
        marks = {"opened_history": history, "opened_issue": issue, "activated_by": context.account.id}
        return marks | {"state": "active", "activated_at": context.now}
    if (sprint.state, state) == ("active", "closed"):
        _check_subtasks(context, board, sprint)
        marks = {"closed_history": history, "closed_issue": issue, "closed_by": context.account.id}
        return marks | {"state": "closed", "completed_at": context.now}
    raise BadRequest(errors={"state": f"A sprint in state '{sprint.state}' cannot be changed to state '{state}'."})


def _newest(context: Context, thing: str) -> int:
    """The newest id of the site's history entries, or of its issues."""
    c = counters.c
    query = select(c.value).where(c.site == context.site, c.name == counter(thing))
    return int(context.connection.execute(query).scalar() or 0)


def _check_dates(values: dict[str, Any]) -> None:
    """Raises BadRequest, by field, for a running sprint without its dates."""
    errors = {}
    if values["start_at"] is None:
        errors["startDate"] = "A sprint must have a start date before it can be started."
    if values["end_at"] is None:
        errors["endDate"] = "A sprint must have an end date before it can be started."
    if errors:
        raise BadRequest(errors=errors)


def _check_subtasks(context: Context, board: Board, sprint: Sprint) -> None:
    """Raises BadRequest when an issue of the sprint is done and a sub-task of it is not.

    https://support.atlassian.com/jira-software-cloud/docs/complete-a-sprint/
    """
    i, done = tables.issues.c, done_statuses(context, board)
    over = done | {status.id for status in context.meta.statuses.values() if status.category == "done"}
    subtasks = [kind.id for kind in context.meta.issue_types.values() if kind.subtask]
    part, whole = tables.issues.alias("part").c, i
    open_part = exists().where(
        part.site == whole.site,
        part.parent_id == whole.id,
        part.type_id.in_(subtasks),
        part.status_id.not_in(over),
    )
    query = select(i.key).where(i.site == context.site, i.status_id.in_(done), in_sprint(sprint.id), open_part)
    keys = list(context.connection.execute(query.order_by(i.rank).limit(_MOST_NAMED)).scalars())
    if keys:
        raise BadRequest(f"The sprint cannot be completed: {', '.join(keys)} is done, but has sub-tasks that are not.")


def _check_destination(context: Context, sprint: Sprint, target_id: int) -> None:
    try:
        target = find_sprint(context, target_id)
    except NotFound:
        raise BadRequest(errors={"incompleteIssuesDestinationId": "Sprint does not exist."}) from None
    if target.state == "closed" or target.id == sprint.id:
        raise BadRequest(
            errors={"incompleteIssuesDestinationId": "Issues can only be moved to future or active sprints"}
        )


def _write(context: Context, sprint_id: int, values: dict[str, Any]) -> None:
    of = (_s.site == context.site) & (_s.id == sprint_id)
    context.connection.execute(update(tables.sprints).where(of).values(**values))

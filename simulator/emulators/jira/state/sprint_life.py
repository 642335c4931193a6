"""A sprint's life: future, active, closed, and what becomes of the issues that are not done then."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.board_issues import in_sprint
from simulator.emulators.jira.state.boards import done_statuses, find_board
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
_MOVES = {"active": "started", "closed": "closed"}  # the webhooks' words
_s = tables.sprints.c
_in = tables.issue_sprints.c


def edit_sprint(context: Context, sprint: Sprint, values: dict[str, Any]) -> Sprint:
    """Change a sprint. `state` active starts it, closed closes it. Raises BadRequest.

    Of a closed sprint only name and goal change; other values are passed over, as Jira does. When a sprint is closed, what is
    not done goes to the sprint `incomplete_to`, or to the backlog without one. An issue keeps its closed sprints.
    """
    check_may_manage(context, find_board(context, sprint.board_id))
    check_values({"name": sprint.name, "start_at": sprint.start_at, "end_at": sprint.end_at} | values)
    state = values.get("state", sprint.state)
    kept = {"name", "goal"} | (set() if sprint.state == "closed" else {"start_at", "end_at", "incomplete_to"})
    changed = {name: value for name, value in values.items() if name in kept}
    if changed.get("incomplete_to") is not None:
        _check_destination(context, sprint, changed["incomplete_to"])
    if state != sprint.state:
        changed |= _next_state(context, sprint, state, values)
    if changed:
        _write(context, sprint.id, changed)
    found = find_sprint(context, sprint.id)
    event = "sprint_updated" if state == sprint.state else f"sprint_{_MOVES[state]}"
    context.tell(event, sprint=found, before=sprint)
    if state == "closed" and sprint.state == "active":
        _carry_over(context, found)
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
    context.tell("sprint_deleted", sprint=sprint)
    context.connection.execute(delete(tables.sprints).where(_s.site == context.site, _s.id == sprint.id))


def unfinished_issues(context: Context, sprint: Sprint) -> list[Issue]:
    """The issues of a sprint outside the last column of its board, by rank; sub-tasks go with their parents."""
    board = find_board(context, sprint.board_id)
    i = tables.issues.c
    types = [kind.id for kind in context.meta.issue_types.values() if not kind.subtask]
    extra = [in_sprint(sprint.id), i.status_id.not_in(done_statuses(context, board)), i.type_id.in_(types)]
    everything = Found(where=None, order=(i.rank.asc(),))
    return find_page(context, everything, start=0, limit=_MOST_CARRIED, extra=extra)


def _carry_over(context: Context, sprint: Sprint) -> None:
    if sprint.incomplete_to is not None:
        target = find_sprint(context, sprint.incomplete_to, lock=True)
        if target.state != "closed":
            move_issues(context, unfinished_issues(context, sprint), target)


def _next_state(context: Context, sprint: Sprint, state: str, values: dict[str, Any]) -> dict[str, Any]:
    history, issue = (_newest(context, thing) for thing in ("history", "issue"))
    if (sprint.state, state) == ("future", "active"):
        _check_start(context, sprint, values)
        marks = {"opened_history": history, "opened_issue": issue, "activated_by": context.account.id}
        return marks | {"state": "active", "activated_at": context.now}
    if (sprint.state, state) == ("active", "closed"):
        marks = {"closed_history": history, "closed_issue": issue, "closed_by": context.account.id}
        return marks | {"state": "closed", "completed_at": context.now}
    raise BadRequest(errors={"state": f"A sprint in state '{sprint.state}' cannot be changed to state '{state}'."})


def _newest(context: Context, thing: str) -> int:
    """The newest id of the site's history entries, or of its issues."""
    c = counters.c
    query = select(c.value).where(c.site == context.site, c.name == counter(thing))
    return int(context.connection.execute(query).scalar() or 0)


def _check_start(context: Context, sprint: Sprint, values: dict[str, Any]) -> None:
    errors = {}
    if (values.get("start_at") or sprint.start_at) is None:
        errors["startDate"] = "A sprint must have a start date before it can be started."
    if (values.get("end_at") or sprint.end_at) is None:
        errors["endDate"] = "A sprint must have an end date before it can be started."
    if errors:
        raise BadRequest(errors=errors)
    board = find_board(context, sprint.board_id)
    if list_sprints(context, board.id, ["active"], limit=1) and not board.parallel_sprints:
        raise BadRequest("Cannot start sprint: another sprint is already active on this board.")


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

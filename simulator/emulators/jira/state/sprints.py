"""Sprints: planned, started, closed; issues in and out of them. An issue is in one open sprint at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.jira.state.boards import Board, find_board
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue, children
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

LONGEST_NAME = 30
"""https://support.atlassian.com/jira-software-cloud/docs/create-a-sprint/"""

_s = tables.sprints.c
_in = tables.issue_sprints.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprint:
    """A sprint; `state` is future, active or closed. `start_at` and `end_at` are as planned."""

    id: int
    board_id: int
    name: str
    goal: str
    state: str
    start_at: datetime | None
    end_at: datetime | None
    created_at: datetime
    activated_at: datetime | None
    completed_at: datetime | None


_COLUMNS = [_s[name] for name in Sprint.__slots__]
_OF_ISSUES = (
    select(_in.issue_id, *_COLUMNS)
    .join_from(tables.issue_sprints, tables.sprints, (_s.site == _in.site) & (_s.id == _in.sprint_id))
    .where(_in.site == bindparam("site"), _in.issue_id.in_(bindparam("ids", expanding=True)))
    .order_by(_s.id)
)


def find_sprint(context: Context, sprint_id: int, *, lock: bool = False) -> Sprint:
    """A sprint by id. Raises NotFound."""
    query = select(*_COLUMNS).where(_s.site == context.site, _s.id == sprint_id)
    row = context.connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None:
        raise NotFound("Sprint does not exist.")
    return Sprint(**row)


def list_sprints(context: Context, board_id: int, states: Sequence[str] = ()) -> list[Sprint]:
    """A board's sprints: closed, active, then future ones, each by id."""
    query = select(*_COLUMNS).where(_s.site == context.site, _s.board_id == board_id).order_by(_s.id)
    found = [Sprint(**row) for row in context.connection.execute(query).mappings()]
    order = {"closed": 0, "active": 1, "future": 2}
    return sorted((s for s in found if not states or s.state in states), key=lambda s: order[s.state])


def create_sprint(context: Context, *, board: Board, values: dict[str, Any]) -> Sprint:
    """Create a future sprint. `values` may hold name, goal, start_at, end_at. Raises BadRequest."""
    if board.kind != "scrum":
        raise BadRequest("The board does not support sprints")
    _check_values(values | {"name": values.get("name") or ""})
    sprint = Sprint(
        id=next_value(context.connection, context.site, counter("sprint")),
        board_id=board.id,
        name=values["name"],
        goal=values.get("goal") or "",
        state="future",
        start_at=values.get("start_at"),
        end_at=values.get("end_at"),
        created_at=context.now,
        activated_at=None,
        completed_at=None,
    )
    row = {name: getattr(sprint, name) for name in Sprint.__slots__}
    context.connection.execute(insert(tables.sprints), {"site": context.site} | row)
    return sprint


def edit_sprint(context: Context, sprint: Sprint, values: dict[str, Any]) -> Sprint:
    """Change a sprint. `state` active starts it, closed closes it: what is not done stays in no open sprint. Raises BadRequest.

    `completed_at` in `values` is taken only while closing. An issue keeps its closed sprints.
    """
    _check_values({"name": sprint.name, "start_at": sprint.start_at, "end_at": sprint.end_at} | values)
    state = values.get("state", sprint.state)
    changed = {name: value for name, value in values.items() if name in {"name", "goal", "start_at", "end_at"}}
    if state != sprint.state:
        changed |= _next_state(context, sprint, state, values)
    if changed:
        of = (_s.site == context.site) & (_s.id == sprint.id)
        context.connection.execute(update(tables.sprints).where(of).values(**changed))
    return find_sprint(context, sprint.id)


def _next_state(context: Context, sprint: Sprint, state: str, values: dict[str, Any]) -> dict[str, Any]:
    if (sprint.state, state) == ("future", "active"):
        _check_start(context, sprint, values)
        return {"state": "active", "activated_at": context.now}
    if (sprint.state, state) == ("active", "closed"):
        return {"state": "closed", "completed_at": values.get("completed_at") or context.now}
    raise BadRequest(errors={"state": f"A sprint in state '{sprint.state}' cannot be changed to state '{state}'."})


def _check_start(context: Context, sprint: Sprint, values: dict[str, Any]) -> None:
    errors = {}
    if (values.get("start_at") or sprint.start_at) is None:
        errors["startDate"] = "A sprint must have a start date before it can be started."
    if (values.get("end_at") or sprint.end_at) is None:
        errors["endDate"] = "A sprint must have an end date before it can be started."
    if errors:
        raise BadRequest(errors=errors)
    board = find_board(context, sprint.board_id)
    if not board.parallel_sprints and list_sprints(context, board.id, ["active"]):
        raise BadRequest("Cannot start sprint: another sprint is already active on this board.")


def _check_values(values: dict[str, Any]) -> None:
    errors = {}
    name = values["name"]
    if not isinstance(name, str) or not name.strip():
        errors["name"] = "The sprint name must not be empty."
    elif len(name) > LONGEST_NAME:
        errors["name"] = f"The sprint name must be shorter than {LONGEST_NAME} characters."
    start, end = values.get("start_at"), values.get("end_at")
    if start and end and start >= end:
        errors["endDate"] = "The start date of a sprint must be before the end date."
    if errors:
        raise BadRequest(errors=errors)


def delete_sprint(context: Context, sprint: Sprint) -> None:
    """Delete a sprint; its issues return to the backlog, with an entry in their history."""
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
    context.connection.execute(delete(tables.sprints).where(_s.site == context.site, _s.id == sprint.id))


def sprints_of(context: Context, issue_ids: Iterable[int]) -> dict[int, list[Sprint]]:
    """The sprints that each issue is or was in, by id."""
    wanted = list(issue_ids)
    found: dict[int, list[Sprint]] = {issue_id: [] for issue_id in wanted}
    for row in context.connection.execute(_OF_ISSUES, {"site": context.site, "ids": wanted}):
        found[row[0]].append(Sprint(**dict(zip(Sprint.__slots__, row[1:], strict=True))))
    return found


def move_issues(context: Context, issues: list[Issue], sprint: Sprint | None) -> None:
    """Put issues and their sub-tasks into a sprint, or into the backlog for None. Raises BadRequest for a closed sprint."""
    if sprint is not None and sprint.state == "closed":
        raise BadRequest("Issues can only be moved to future or active sprints")
    changed = place_issues(context, [*issues, *children(context, [i.id for i in issues], level=-1)], sprint)
    record(context, changed)
    touch_issues(context, [issue_id for issue_id, items in changed.items() if items])


def place_issues(context: Context, issues: list[Issue], sprint: Sprint | None) -> dict[int, list[Change]]:
    """Do the same without a word in the history: returns what to record for each issue."""
    ids = list(dict.fromkeys(issue.id for issue in issues))
    before = sprints_of(context, ids)
    after = {n: [s for s in before[n] if s.state == "closed"] + ([sprint] if sprint else []) for n in ids}
    moved = [n for n in ids if [s.id for s in before[n]] != [s.id for s in after[n]]]
    open_ids = {s.id for n in moved for s in before[n] if s.state != "closed"}
    if open_ids:
        leaving = (_in.site == context.site) & _in.issue_id.in_(moved) & _in.sprint_id.in_(open_ids)
        context.connection.execute(delete(tables.issue_sprints).where(leaving))
    if sprint and moved:
        rows = [{"site": context.site, "issue_id": n, "sprint_id": sprint.id} for n in moved]
        context.connection.execute(insert(tables.issue_sprints), rows)
    return {n: [sprint_change(before[n], after[n])] for n in moved}


def sprint_change(before: list[Sprint], after: list[Sprint]) -> Change:
    """The history item for other sprints: ids and names as comma lists, as Jira writes them."""
    return Change(
        field="Sprint",
        field_id=SPRINT,
        field_type="custom",
        from_value=", ".join(str(s.id) for s in before),
        from_text=", ".join(s.name for s in before),
        to_value=", ".join(str(s.id) for s in after),
        to_text=", ".join(s.name for s in after),
    )

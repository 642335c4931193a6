"""Sprints and the issues in and out of them. An issue is in one open sprint at most. `sprint_life` starts and closes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, Forbidden, NotFound
from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.jira.state.board_projects import require_on_board
from simulator.emulators.jira.state.boards import Board, read_boards
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue, children
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

LONGEST_NAME = 30
"""https://support.atlassian.com/jira-software-cloud/docs/create-a-sprint/"""
LONGEST_GOAL = 5000
NOT_FOR_SUBTASKS = (
    "Issue {}is a subtask and subtasks cannot be associated to a sprint. "
    "It's associated to the same sprint as its parent."
)
STATES = ("closed", "active", "future")

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
    position: int = 0
    incomplete_to: int | None = None
    activated_by: int | None = None
    closed_by: int | None = None
    opened_history: int | None = None
    opened_issue: int | None = None
    closed_history: int | None = None
    closed_issue: int | None = None


_COLUMNS = [_s[name] for name in Sprint.__slots__]
_OF_ISSUES = (
    select(_in.issue_id, *_COLUMNS)
    .join_from(tables.issue_sprints, tables.sprints, (_s.site == _in.site) & (_s.id == _in.sprint_id))
    .where(_in.site == bindparam("site"), _in.issue_id.in_(bindparam("ids", expanding=True)))
)


def find_sprint(context: Context, sprint_id: int, *, lock: bool = False) -> Sprint:
    """A sprint by id. Raises NotFound, also to those who see neither its board nor any of its issues."""
    query = select(*_COLUMNS).where(_s.site == context.site, _s.id == sprint_id)
    row = context.connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None or not _is_visible(context, Sprint(**row)):
        raise NotFound("Sprint does not exist.")
    return Sprint(**row)


def _is_visible(context: Context, sprint: Sprint) -> bool:
    if read_boards(context, tables.boards.c.id == sprint.board_id):
        return True
    i = tables.issues.c
    query = select(i.id).join_from(tables.issues, tables.issue_sprints, (i.site == _in.site) & (i.id == _in.issue_id))
    query = query.where(_in.site == context.site, _in.sprint_id == sprint.id)
    seen = query.where(i.project_id.not_in(sorted(context.meta.hidden))).limit(1)
    return context.connection.execute(seen).first() is not None


def list_sprints(
    context: Context, board_id: int, states: Sequence[str] = (), *, start: int = 0, limit: int | None = None
) -> list[Sprint]:
    """A board's sprints: closed, active, then future ones, each in the order that the board gives them."""
    order = case({state: place for place, state in enumerate(STATES)}, value=_s.state)
    query = select(*_COLUMNS).where(_s.site == context.site, _s.board_id == board_id)
    if states:
        query = query.where(_s.state.in_(states))
    query = query.order_by(order, _s.position, _s.id).offset(start).limit(limit)
    return [Sprint(**row) for row in context.connection.execute(query).mappings()]


def closed_last(context: Context, board_id: int, *, limit: int) -> list[Sprint]:
    """A board's closed sprints, the one that was closed last first."""
    query = select(*_COLUMNS).where(_s.site == context.site, _s.board_id == board_id, _s.state == "closed")
    query = query.order_by(_s.completed_at.desc(), _s.id.desc()).limit(limit)
    return [Sprint(**row) for row in context.connection.execute(query).mappings()]


def create_sprint(context: Context, *, board: Board, values: dict[str, Any]) -> Sprint:
    """Create a future sprint. `values` may hold name, goal, start_at, end_at. Raises BadRequest."""
    if board.kind != "scrum":
        raise BadRequest("The board does not support sprints")
    check_may_manage(context, board)
    check_values(values | {"name": values.get("name") or ""})
    sprint_id = next_value(context.connection, context.site, counter("sprint"))
    sprint = Sprint(
        id=sprint_id,
        board_id=board.id,
        name=values["name"],
        goal=values.get("goal") or "",
        state="future",
        start_at=values.get("start_at"),
        end_at=values.get("end_at"),
        created_at=context.now,
        activated_at=None,
        completed_at=None,
        position=sprint_id,
        incomplete_to=values.get("incomplete_to"),
    )
    row = {name: getattr(sprint, name) for name in Sprint.__slots__}
    context.connection.execute(insert(tables.sprints), {"site": context.site} | row)
    context.tell("sprint_created", sprint=sprint)
    return sprint


def check_may_manage(context: Context, board: Board) -> None:
    """Raises Forbidden when the caller may not plan, start and close the sprints of a board."""
    for permission in ("MANAGE_SPRINTS_PERMISSION", "SCHEDULE_ISSUES"):  # both: support.atlassian.com, manage sprints
        require_on_board(context, board, permission)


def may_manage(context: Context, board: Board) -> bool:
    """Whether the caller may."""
    try:
        check_may_manage(context, board)
    except Forbidden:
        return False
    return True


def check_may_move(context: Context, issues: Iterable[Issue]) -> None:
    """Raises Forbidden when the caller may not put one of the issues into a sprint or take it out: that edits its field too.

    https://support.atlassian.com/jira-cloud-administration/docs/use-manage-sprints-permission-for-advanced-cases/
    """
    for issue in issues:
        for permission in ("SCHEDULE_ISSUES", "EDIT_ISSUES"):
            require(context, permission, issue=issue)


def check_values(values: dict[str, Any]) -> None:
    """Raises BadRequest, by field, for a name or dates that a sprint cannot have."""
    errors = {}
    name = values["name"]
    if not isinstance(name, str) or not name.strip():
        errors["name"] = "The sprint name must not be empty."
    elif len(name) > LONGEST_NAME:
        errors["name"] = f"The sprint name must be shorter than {LONGEST_NAME} characters."
    if len(values.get("goal") or "") > LONGEST_GOAL:
        errors["goal"] = f"The sprint goal must be shorter than {LONGEST_GOAL} characters."
    start, end = values.get("start_at"), values.get("end_at")
    if start and end and start >= end:
        errors["endDate"] = "The start date of a sprint must be before the end date."
    if errors:
        raise BadRequest(errors=errors)


def sprints_of(context: Context, issue_ids: Iterable[int]) -> dict[int, list[Sprint]]:
    """The sprints that each issue is or was in, by id."""
    wanted = list(issue_ids)
    found: dict[int, list[Sprint]] = {issue_id: [] for issue_id in wanted}
    for row in context.connection.execute(_OF_ISSUES, {"site": context.site, "ids": wanted}):
        found[row[0]].append(Sprint(**dict(zip(Sprint.__slots__, row[1:], strict=True))))
    for sprints in found.values():
        sprints.sort(key=lambda sprint: sprint.id)
    return found


def move_issues(context: Context, issues: list[Issue], sprint: Sprint | None) -> None:
    """Put issues and their sub-tasks into a sprint, or into the backlog for None. Raises BadRequest, Forbidden.

    A closed sprint takes none, and a sub-task goes with its parent only.
    """
    check_may_move(context, issues)
    if sprint is not None and sprint.state == "closed":
        raise BadRequest("Issues can only be moved to future or active sprints")
    alone = [issue for issue in issues if context.meta.issue_types[issue.type_id].subtask] if sprint else []
    if alone:
        raise BadRequest(NOT_FOR_SUBTASKS.format(f"'{alone[0].key}' "))
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

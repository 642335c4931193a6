"""Boards: a filter, columns and a place. Scrum boards have sprints, kanban boards do not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, func, insert, or_, select, update
from sqlalchemy.engine import RowMapping

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.filter_shares import visible
from simulator.emulators.jira.state.filters import create_filter, find_filter
from simulator.emulators.jira.state.setup import counter, status_ids, status_names
from simulator.emulators.kit.database import next_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A board with its filter's query."""

    id: int
    name: str
    kind: str
    filter_id: int
    jql: str
    project_id: int | None
    owner_id: int
    columns: list[dict[str, Any]]
    parallel_sprints: bool
    shared: bool  # its filter, by itself

    @property
    def private(self) -> bool:
        """Whether nobody but its owner sees it."""
        return self.project_id is None and not self.shared

    @property
    def shown(self) -> set[int]:
        """The statuses that have a column."""
        return {number for column in self.columns for number in column["statuses"]}

    @property
    def waiting(self) -> set[int]:
        """The statuses of a kanban board's backlog: those of its first column, where that is one."""
        return set(self.columns[0]["statuses"]) if self.columns and self.columns[0].get("backlog") else set()


def create_project_board(
    connection: Connection, *, site: str, project_id: int, key: str, kind: str, owner_id: int
) -> int:
    """Create the board that a software project begins with, and its filter."""
    filter_id = create_filter(
        connection,
        site=site,
        name=f"Filter for {key} board",
        jql=_first_query(key),
        owner_id=owner_id,
        description="",
    )
    return _insert(
        connection,
        site=site,
        name=f"{key} board",
        kind=kind,
        filter_id=filter_id,
        project_id=project_id,
        owner_id=owner_id,
        columns=default_columns(kind),
    )


def rename_in_filters(connection: Connection, *, site: str, old: str, new: str) -> None:
    """Let the boards that a project began with go on when it has another key."""
    f = tables.filters.c
    own = (f.site == site) & (f.jql == _first_query(old))
    connection.execute(update(tables.filters).where(own).values(jql=_first_query(new)))


def _first_query(key: str) -> str:
    return f"project = {key} ORDER BY Rank ASC"


def create_board(context: Context, *, name: str, kind: str, filter_id: int, project_id: int | None) -> Board:
    """Create a board over an existing filter. Raises BadRequest."""
    if kind not in ("scrum", "kanban"):
        raise BadRequest(errors={"type": f"The board type '{kind}' is not valid."})
    if not 1 <= len(name) < 255:
        raise BadRequest(errors={"name": "The board name must be between 1 and 254 characters long."})
    try:
        find_filter(context, filter_id)
    except NotFound:
        raise BadRequest(
            errors={"filterId": "The filter does not exist or you do not have permission to see it."}
        ) from None
    board_id = _insert(
        context.connection,
        site=context.site,
        name=name,
        kind=kind,
        filter_id=filter_id,
        project_id=project_id,
        owner_id=context.account.id,
        columns=default_columns(kind),
    )
    board = find_board(context, board_id)
    context.tell("board_created", board=board)
    return board


def find_board(context: Context, board_id: int) -> Board:
    """A board by id that the caller may see: one whose filter is shared with the caller. Raises NotFound."""
    row = context.connection.execute(_select(context).where(tables.boards.c.id == board_id)).mappings().first()
    if row is None:
        raise NotFound("Board does not exist or you do not have permission to see it.")
    return _board(row)


def read_boards(
    context: Context,
    *conditions: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]] = (),
    start: int = 0,
    limit: int | None = None,
) -> list[Board]:
    """A page of the boards that fulfil conditions and that the caller may see, by id where nothing orders them."""
    query = _select(context).where(*conditions).order_by(*order, tables.boards.c.id).offset(start).limit(limit)
    return [_board(row) for row in context.connection.execute(query).mappings()]


def count_boards(context: Context, *conditions: ColumnElement[bool]) -> int:
    """How many boards fulfil conditions and may be seen."""
    query = select(func.count()).select_from(_select(context).where(*conditions).subquery())
    return int(context.connection.execute(query).scalar_one())


def remove_board(context: Context, board: Board) -> None:
    """Delete a board; its filter and issues stay. What its sprints leave behind is told by `sprint_life`."""
    context.tell("board_deleted", board=board)
    b = tables.boards.c
    context.connection.execute(delete(tables.boards).where(b.site == context.site, b.id == board.id))


def done_statuses(context: Context, board: Board) -> set[int]:
    """The statuses that mean done on a board: those of its last column, as Jira's reports have it."""
    if not board.columns:
        return {status.id for status in context.meta.statuses.values() if status.category == "done"}
    return set(board.columns[-1]["statuses"])


def default_columns(kind: str) -> list[dict[str, Any]]:
    """A column for each status of a new project; on kanban boards before them the backlog, which has no status yet.

    https://community.developer.atlassian.com/t/additional-backlog-column-returned-from-api/58269
    """
    names = status_names()
    backlog: list[dict[str, Any]] = [{"name": "Backlog", "statuses": [], "backlog": True}]
    columns = [{"name": names[status_id], "statuses": [status_id]} for status_id in status_ids()]
    return backlog + columns if kind == "kanban" else columns


def _insert(connection: Connection, *, site: str, columns: list[dict[str, Any]], **values: Any) -> int:
    board_id = next_value(connection, site, counter("board"))
    row = {"site": site, "id": board_id, "columns": json.dumps(columns), "parallel_sprints": False, **values}
    connection.execute(insert(tables.boards), row)
    return board_id


def _select(context: Context) -> Any:  # Any: SQLAlchemy's Select of many columns
    b, f, shares = tables.boards.c, tables.filters.c, tables.filter_shares.c
    shared = exists().where(shares.site == f.site, shares.filter_id == f.id).correlate(tables.filters)
    recycled = sorted(context.meta.recycled)
    present = [or_(b.project_id.is_(None), b.project_id.not_in(recycled))] if recycled else []
    return (
        select(*[column for column in b if column.name != "site"], f.jql, shared.label("shared"))
        .join_from(tables.boards, tables.filters, (f.site == b.site) & (f.id == b.filter_id))
        .where(b.site == context.site, visible(context), *present)
    )


def _board(row: RowMapping) -> Board:
    return Board(**{**row, "columns": json.loads(row["columns"])})

"""Boards: a filter, columns and a place. Scrum boards have sprints, kanban boards do not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select
from sqlalchemy.engine import RowMapping

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.context import Context
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


def create_project_board(
    connection: Connection, *, site: str, project_id: int, key: str, kind: str, owner_id: int
) -> int:
    """Create the board that a software project begins with, and its filter."""
    filter_id = create_filter(
        connection,
        site=site,
        name=f"Filter for {key} board",
        jql=f"project = {key} ORDER BY Rank ASC",
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
        columns=default_columns(),
    )


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
        columns=default_columns(),
    )
    board = find_board(context, board_id)
    context.tell("board_created", board=board)
    return board


def find_board(context: Context, board_id: int) -> Board:
    """A board by id. Raises NotFound."""
    b = tables.boards.c
    row = context.connection.execute(_select(context.site).where(b.id == board_id)).mappings().first()
    if row is None or row["project_id"] in context.meta.hidden:
        raise NotFound("Board does not exist or you do not have permission to see it.")
    return _board(row)


def list_boards(
    context: Context,
    *,
    kind: str | None = None,
    name: str | None = None,
    project_id: int | None = None,
    filter_id: int | None = None,
    start: int = 0,
    limit: int | None = None,
) -> list[Board]:
    """Boards that match and that the caller may see, by id."""
    wanted = _matching(context, kind, name, project_id, filter_id)
    query = _select(context.site).where(*wanted).order_by(tables.boards.c.id).offset(start).limit(limit)
    return [_board(row) for row in context.connection.execute(query).mappings()]


def count_boards(
    context: Context,
    *,
    kind: str | None = None,
    name: str | None = None,
    project_id: int | None = None,
    filter_id: int | None = None,
) -> int:
    """How many boards match that the caller may see."""
    b = tables.boards.c
    wanted = _matching(context, kind, name, project_id, filter_id)
    query = select(func.count()).select_from(tables.boards).where(b.site == context.site, *wanted)
    return int(context.connection.execute(query).scalar_one())


def _matching(
    context: Context, kind: str | None, name: str | None, project_id: int | None, filter_id: int | None
) -> list[ColumnElement[bool]]:
    b = tables.boards.c
    wanted: list[ColumnElement[bool]] = []
    if kind:
        wanted.append(b.kind.in_(kind.split(",")))
    if name:
        wanted.append(func.lower(b.name).contains(name.lower(), autoescape=True))
    if project_id is not None:
        wanted.append(b.project_id == project_id)
    if filter_id is not None:
        wanted.append(b.filter_id == filter_id)
    if context.meta.hidden:
        wanted.append(or_(b.project_id.is_(None), b.project_id.not_in(context.meta.hidden)))
    return wanted


def delete_board(context: Context, board_id: int) -> None:
    """Delete a board with its sprints; its filter and issues stay. Raises NotFound."""
    context.tell("board_deleted", board=find_board(context, board_id))
    b = tables.boards.c
    context.connection.execute(delete(tables.boards).where(b.site == context.site, b.id == board_id))


def done_statuses(context: Context, board: Board) -> set[int]:
    """The statuses that mean done on a board: those of its last column, as Jira's reports have it."""
    if not board.columns:
        return {status.id for status in context.meta.statuses.values() if status.category == "done"}
    return set(board.columns[-1]["statuses"])


def default_columns() -> list[dict[str, Any]]:
    """A column for each status of a new project."""
    names = status_names()
    return [{"name": names[status_id], "statuses": [status_id]} for status_id in status_ids()]


def _insert(connection: Connection, *, site: str, columns: list[dict[str, Any]], **values: Any) -> int:
    board_id = next_value(connection, site, counter("board"))
    row = {"site": site, "id": board_id, "columns": json.dumps(columns), "parallel_sprints": False, **values}
    connection.execute(insert(tables.boards), row)
    return board_id


def _select(site: str) -> Any:  # Any: SQLAlchemy's Select of many columns
    b, f = tables.boards.c, tables.filters.c
    return (
        select(*[column for column in b if column.name != "site"], f.jql)
        .join_from(tables.boards, tables.filters, (f.site == b.site) & (f.id == b.filter_id))
        .where(b.site == site)
    )


def _board(row: RowMapping) -> Board:
    return Board(**{**row, "columns": json.loads(row["columns"])})

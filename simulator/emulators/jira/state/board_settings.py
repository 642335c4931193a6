"""What can be set on a board: its columns with their limits, quick filters, properties; and who may set it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import delete, func, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, Forbidden, NotFound
from simulator.emulators.jira.state.boards import Board
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.permissions import may

MOST_COLUMNS = 50
MOST_PROPERTIES = 200
LONGEST_KEY = 255
LONGEST_VALUE = 32_768
_LONGEST_NAME = 255
_GREATEST_LIMIT = 1_000_000

_q = tables.quick_filters.c
_p = tables.board_properties.c


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickFilter:
    """A narrower view of a board."""

    id: int
    board_id: int
    name: str
    jql: str
    description: str
    position: int


def may_configure(context: Context, board: Board) -> bool:
    """Whether the caller may change a board: its owner, and those who administer its project."""
    if context.account.id == board.owner_id or context.account.admin:
        return True
    return board.project_id is not None and may(context, "ADMINISTER_PROJECTS", project_id=board.project_id)


def check_may_configure(context: Context, board: Board) -> None:
    """Raises Forbidden where the caller may not."""
    if not may_configure(context, board):
        raise Forbidden("You do not have permission to edit this board.")


def set_columns(context: Context, board: Board, columns: Sequence[dict[str, Any]]) -> None:
    """Give a board other columns: `name`, `statuses` (ids), and `min` and `max` where there are limits.

    The first one of a kanban board may be its `backlog`. Raises BadRequest for none, an unknown status, one in two columns,
    limits that contradict one another, or another column that is to be the backlog.
    """
    check_may_configure(context, board)
    if not 1 <= len(columns) <= MOST_COLUMNS:
        raise BadRequest(errors={"mappedColumns": f"A board has between 1 and {MOST_COLUMNS} columns."})
    if any(column.get("backlog") and (place or board.kind != "kanban") for place, column in enumerate(columns)):
        raise BadRequest(errors={"isKanPlanColumn": "Only the first column of a kanban board can be its backlog."})
    used: set[int] = set()
    for column in columns:
        _check_column(context, column, used)
        used |= set(column["statuses"])
    b = tables.boards.c
    of = (b.site == context.site) & (b.id == board.id)
    context.connection.execute(update(tables.boards).where(of).values(columns=json.dumps(list(columns))))
    context.tell("board_configuration_changed", board=replace(board, columns=list(columns)))


def _check_column(context: Context, column: dict[str, Any], used: set[int]) -> None:
    errors = {}
    if not 1 <= len(column["name"].strip()) <= _LONGEST_NAME:
        errors["name"] = "The column name must not be empty."
    statuses = column["statuses"]
    if any(number not in context.meta.statuses for number in statuses):
        errors["mappedStatuses"] = "The status does not exist."
    elif len(set(statuses)) < len(statuses) or used & set(statuses):
        errors["mappedStatuses"] = "A status can be mapped to one column only."
    low, high = column.get("min"), column.get("max")
    if any(limit is not None and not 0 <= limit <= _GREATEST_LIMIT for limit in (low, high)):
        errors["max"] = "The limits of a column must be positive numbers."
    elif low is not None and high is not None and low > high:
        errors["max"] = "The maximum must not be less than the minimum."
    if errors:
        raise BadRequest(errors=errors)


def quick_filters(context: Context, board: Board, *, start: int, limit: int) -> tuple[list[QuickFilter], int]:
    """A page of a board's quick filters in their order, and how many there are."""
    of = (_q.site == context.site) & (_q.board_id == board.id)
    count = context.connection.execute(select(func.count()).where(of)).scalar_one()
    query = select(*(_q[name] for name in QuickFilter.__slots__)).where(of).order_by(_q.position, _q.id)
    rows = context.connection.execute(query.offset(start).limit(limit)).mappings()
    return [QuickFilter(**row) for row in rows], count


def find_quick_filter(context: Context, board: Board, filter_id: int) -> QuickFilter:
    """A quick filter of a board. Raises NotFound."""
    of = (_q.site == context.site) & (_q.board_id == board.id) & (_q.id == filter_id)
    row = context.connection.execute(select(*(_q[name] for name in QuickFilter.__slots__)).where(of)).mappings().first()
    if row is None:
        raise NotFound("Quick filter does not exist.")
    return QuickFilter(**row)


def property_keys(context: Context, board: Board) -> list[str]:
    """The keys of a board's properties."""
    query = select(_p.key).where(_p.site == context.site, _p.board_id == board.id).order_by(_p.key)
    return list(context.connection.execute(query).scalars())


def find_property(context: Context, board: Board, key: str) -> Any:  # Any: whatever JSON was kept
    """A property's value. Raises NotFound."""
    of = (_p.site == context.site) & (_p.board_id == board.id) & (_p.key == key)
    kept = context.connection.execute(select(_p.value).where(of)).scalar()
    if kept is None:
        raise NotFound(f"The property {key} does not exist.")
    return orjson.loads(kept)


def set_property(context: Context, board: Board, key: str, value: object) -> bool:
    """Keep a value; returns whether the property is new. Raises BadRequest for a long key or value, or for too many."""
    check_may_configure(context, board)
    try:
        text = orjson.dumps(value).decode()
    except TypeError as exc:  # a number beyond 64 bits, half a character
        raise BadRequest("The property value is not valid JSON.") from exc
    if not 1 <= len(key) <= LONGEST_KEY or len(text) > LONGEST_VALUE:
        raise BadRequest("The property key or value is too long.")
    known = property_keys(context, board)
    if key in known:
        of = (_p.site == context.site) & (_p.board_id == board.id) & (_p.key == key)
        context.connection.execute(update(tables.board_properties).where(of).values(value=text))
        return False
    if len(known) >= MOST_PROPERTIES:
        raise BadRequest(f"A board has at most {MOST_PROPERTIES} properties.")
    row = {"site": context.site, "board_id": board.id, "key": key, "value": text}
    context.connection.execute(insert(tables.board_properties), row)
    return True


def delete_property(context: Context, board: Board, key: str) -> None:
    """Remove a property. Raises NotFound."""
    check_may_configure(context, board)
    find_property(context, board, key)
    of = (_p.site == context.site) & (_p.board_id == board.id) & (_p.key == key)
    context.connection.execute(delete(tables.board_properties).where(of))

"""Pages of what a query finds, each beginning after the last issue of the one before: what changes between them moves none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import COLUMNS, Issue
from simulator.emulators.jira.state.search.order import Key
from simulator.emulators.jira.state.search.query import Found, conditions
from simulator.emulators.kit.tables import Instant

_i = tables.issues.c
_BIGGEST = 2**63
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ended: the last issue and its values in the query's order, as JSON has them."""

    values: tuple[Any, ...]
    issue_id: int


class BadMark(ValueError):
    """A mark that does not fit the query's order."""


def find_after(context: Context, found: Found, *, mark: Mark | None, limit: int) -> tuple[list[Issue], Mark | None]:
    """The issues after a mark, from the beginning without one, and the mark of the next page, None when there is none.

    Newest first where the query has no order. Raises BadMark.
    """
    query = select(*COLUMNS, *(key.column.label(f"key_{n}") for n, key in enumerate(found.keys)))
    query = query.where(*conditions(context, found))
    if mark is not None:
        query = query.where(_after(found.keys, _read(found.keys, mark), mark.issue_id))
    rows = context.connection.execute(query.order_by(*found.order, _i.id.desc()).limit(limit + 1)).all()
    issues = [Issue(**dict(zip(Issue.__slots__, row, strict=False))) for row in rows[:limit]]
    if len(rows) <= limit:
        return issues, None
    last = rows[limit - 1][len(COLUMNS) :]
    return issues, Mark(tuple(v.isoformat() if isinstance(v, date) else v for v in last), issues[-1].id)


def _after(keys: Sequence[Key], values: Sequence[Any], issue_id: int) -> ColumnElement[bool]:
    """What comes after a row, empty values being last in each column and the newest issue first among equals."""
    ways: list[ColumnElement[bool]] = []
    same: list[ColumnElement[bool]] = []
    for key, value in zip(keys, values, strict=True):
        column = key.column
        if value is None:
            same.append(column.is_(None))
            continue
        beyond = column < value if key.descending else column > value
        ways.append(and_(*same, or_(beyond, column.is_(None)) if key.has_empty else beyond))
        same.append(column == value)
    return or_(*ways, and_(*same, _i.id < issue_id))


def _read(keys: Sequence[Key], mark: Mark) -> list[Any]:
    if len(mark.values) != len(keys) or not -_BIGGEST < mark.issue_id < _BIGGEST:
        raise BadMark
    return [_value(key.column, value) for key, value in zip(keys, mark.values, strict=True)]


def _value(column: ColumnElement[Any], value: Any) -> Any:
    kind = datetime if isinstance(column.type, Instant) else column.type.python_type
    if value is None:
        return None
    if isinstance(value, str) and (len(value) > _LONGEST or "\0" in value):
        raise BadMark
    if kind in (datetime, date) and isinstance(value, str):
        return _instant(kind, value)
    number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _BIGGEST
    if (kind is str and isinstance(value, str)) or (kind is not str and number):
        return value
    raise BadMark


def _instant(kind: type, text: str) -> datetime | date:
    try:
        found: datetime | date = kind.fromisoformat(text)  # type: ignore[attr-defined]  # datetime or date
    except ValueError as exc:
        raise BadMark from exc
    if isinstance(found, datetime) and found.tzinfo is None:
        raise BadMark
    return found

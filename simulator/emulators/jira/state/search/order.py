"""What queries are ordered by: for each field its columns and its own direction. Empty values come last, as in Jira."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, String, case, func, select, type_coerce

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Sort
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.catalogue import find_term
from simulator.emulators.jira.state.search.rows import priority_position
from simulator.emulators.kit.tables import accounts

_i = tables.issues.c


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order."""

    column: ColumnElement[Any]
    descending: bool = False

    def clause(self) -> ColumnElement[Any]:
        """What ORDER BY takes. Where nothing is empty that is not mentioned, so that an index serves."""
        ordered = self.column.desc() if self.descending else self.column.asc()
        return ordered.nulls_last() if self.has_empty else ordered

    @property
    def has_empty(self) -> bool:
        """Whether the column may be empty."""
        return not isinstance(self.column, Column) or bool(self.column.nullable)


def keys_of(context: Context, sort: Sort) -> list[Key]:
    """The columns of one sort. Raises JqlError."""
    found = ORDERS.get(sort.field.name.lower())
    if found is None:
        find_term(sort.field)
        raise JqlError(f"Not able to sort using field '{sort.field.name}'.")
    columns, own = found
    descending = (sort.direction or own) == "desc"
    return [Key(column, descending) for column in columns(context)]


def _position(things: dict[int, Any], column: ColumnElement[Any]) -> ColumnElement[Any]:
    if not things:
        return column
    return type_coerce(case({number: thing.position for number, thing in things.items()}, value=column), Integer)


def _folded(context: Context, text: ColumnElement[Any]) -> ColumnElement[Any]:
    """A text to order by, without regard to case; the same order whatever the database's language is."""
    folded = func.lower(text, type_=String)
    return folded if context.connection.dialect.name == "sqlite" else folded.collate("C")


def _name_of(context: Context, column: ColumnElement[Any]) -> ColumnElement[Any]:
    a = accounts.c
    query = select(_folded(context, a.name)).where(a.site == context.site, a.id == column)
    return query.scalar_subquery()


def _project_key(context: Context) -> ColumnElement[Any]:
    keys = {project.id: project.key for project in context.meta.projects.values()}
    return type_coerce(case(keys, value=_i.project_id), String) if keys else _i.project_id


def _latest_sprint() -> ColumnElement[Any]:
    s = tables.issue_sprints.c
    return select(func.max(s.sprint_id)).where(s.site == _i.site, s.issue_id == _i.id).scalar_subquery()


Columns = Callable[[Context], list[ColumnElement[Any]]]


def _key(context: Context) -> list[ColumnElement[Any]]:
    return [_project_key(context), _i.number]


ORDERS: dict[str, tuple[Columns, str]] = {  # name: (what it sorts by, its own direction)
    **dict.fromkeys(("key", "issuekey", "issue", "id"), (_key, "asc")),
    "project": (lambda c: [_project_key(c)], "asc"),
    "priority": (lambda c: [type_coerce(priority_position(c), Integer)], "desc"),
    "status": (lambda c: [_position(c.meta.statuses, _i.status_id)], "asc"),
    **dict.fromkeys(("issuetype", "type"), (lambda c: [_position(c.meta.issue_types, _i.type_id)], "asc")),
    "resolution": (lambda c: [_position(c.meta.resolutions, _i.resolution_id)], "asc"),
    "assignee": (lambda c: [_name_of(c, _i.assignee_id)], "asc"),
    "reporter": (lambda c: [_name_of(c, _i.reporter_id)], "asc"),
    "creator": (lambda c: [_name_of(c, _i.creator_id)], "asc"),
    **dict.fromkeys(("sprint", "cf[10020]"), (lambda _c: [_latest_sprint()], "asc")),
    **dict.fromkeys(("rank", "cf[10019]"), (lambda _c: [_i.rank], "asc")),
    **dict.fromkeys(("created", "createddate"), (lambda _c: [_i.created_at], "desc")),
    **dict.fromkeys(("updated", "updateddate"), (lambda _c: [_i.updated_at], "desc")),
    **dict.fromkeys(("resolutiondate", "resolved"), (lambda _c: [_i.resolved_at], "desc")),
    "statuscategorychangeddate": (lambda _c: [_i.status_changed_at], "desc"),
    **dict.fromkeys(("duedate", "due"), (lambda _c: [_i.due_on], "asc")),
    "summary": (lambda c: [_folded(c, _i.summary)], "asc"),
    "parent": (lambda _c: [_i.parent_id], "asc"),
    **dict.fromkeys(("story points", "cf[10016]"), (lambda _c: [_i.points], "asc")),
}
"""By lower-case names."""

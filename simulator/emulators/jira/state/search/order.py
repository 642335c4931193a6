"""What queries are ordered by: for each field its columns and its own direction. Empty values come last, as in Jira."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Float, Integer, String, Table, case, cast, func, null, select, type_coerce

from simulator.emulators.jira import tables
from simulator.emulators.jira.custom_types import type_of
from simulator.emulators.jira.fields import FieldSpec
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Sort, field_name
from simulator.emulators.jira.state.configuration import CATEGORIES
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.catalogue import find_term
from simulator.emulators.jira.state.search.custom_terms import find_custom, raw_value
from simulator.emulators.jira.state.search.folding import folded
from simulator.emulators.jira.state.search.rows import number_of, priority_position
from simulator.emulators.jira.state.search.viewed import viewed_at
from simulator.emulators.jira.state.search.work import ORIGINAL, RATIO, REMAINING, SPENT
from simulator.emulators.kit.tables import accounts

_i = tables.issues.c
_SORTED_BY = 255

Columns = Callable[[Context], list[ColumnElement[Any]]]


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
    spec = find_custom(context, sort.field)
    columns, own = _of_custom(spec) if spec else ORDERS.get(sort.field.name.lower(), (None, ""))
    if columns is None or sort.field.properties:
        if spec is None:
            find_term(sort.field)
        raise JqlError(f"Not able to sort using field '{field_name(sort.field)}'.")
    descending = (sort.direction or own) == "desc"
    return [Key(column, descending) for column in columns(context)]


def can_sort(spec: FieldSpec) -> bool:
    """Whether queries can be ordered by a field of the site."""
    return _of_custom(spec)[0] is not None


def _of_custom(spec: FieldSpec) -> tuple[Columns | None, str]:
    """How a field of the site is sorted by; documents and options cannot be sorted by."""
    raw = raw_value(spec)
    if "option" in (spec.kind, spec.items) or spec.items == "user" or type_of(spec) == "textarea":
        return None, ""
    if spec.kind == "number":
        return lambda _c: [cast(raw, Float)], "asc"
    if spec.kind == "user":
        return lambda c: [_name_of(c, cast(raw, Integer))], "asc"
    return lambda c: [folded(c, raw)], "desc" if spec.kind in ("date", "datetime") else "asc"


def _position(things: dict[int, Any], column: ColumnElement[Any]) -> ColumnElement[Any]:
    if not things:
        return column
    return type_coerce(case({number: thing.position for number, thing in things.items()}, value=column), Integer)


def _name_of(context: Context, column: ColumnElement[Any]) -> ColumnElement[Any]:
    a = accounts.c
    query = select(folded(context, a.name)).where(a.site == context.site, a.id == column)
    return query.scalar_subquery()


def _project_key(context: Context) -> ColumnElement[Any]:
    keys = {project.id: project.key for project in context.meta.projects.values()}
    return type_coerce(case(keys, value=_i.project_id), String) if keys else _i.project_id


def _latest_sprint() -> ColumnElement[Any]:
    s = tables.issue_sprints.c
    return select(func.max(s.sprint_id)).where(s.site == _i.site, s.issue_id == _i.id).scalar_subquery()


def _first_name(context: Context, table: Table, name: ColumnElement[Any], *joined: ColumnElement[bool]) -> Any:
    """The first by name of what an issue has."""
    own = (table.c.site == _i.site, table.c.issue_id == _i.id, *joined)
    return select(func.min(folded(context, name))).where(*own).correlate(tables.issues).scalar_subquery()


def _component(context: Context) -> ColumnElement[Any]:
    of, component = tables.issue_components.c, tables.components.c
    joined = (component.site == of.site, component.id == of.component_id)
    return type_coerce(_first_name(context, tables.issue_components, component.name, *joined), String)


def _version(context: Context, field: str) -> ColumnElement[Any]:
    """The place of the earliest of an issue's versions in its project."""
    of = tables.issue_versions.c
    places = {version.id: version.position for version in context.meta.versions.values()}
    if not places:
        return cast(null(), Integer)  # a bare NULL is no order to PostgreSQL
    own = (of.site == _i.site, of.issue_id == _i.id, of.field == field)
    query = select(func.min(type_coerce(case(places, value=of.version_id), Integer))).where(*own)
    return query.correlate(tables.issues).scalar_subquery()


def _beginning(context: Context, words: ColumnElement[Any]) -> ColumnElement[Any]:
    """Of a long text its beginning, which the mark of a page keeps; of none nothing."""
    return func.nullif(folded(context, func.substr(words, 1, _SORTED_BY)), "", type_=String)


def _category(context: Context) -> ColumnElement[Any]:
    order = list(CATEGORIES)
    places = {status.id: order.index(status.category) for status in context.meta.statuses.values()}
    return type_coerce(case(places, value=_i.status_id), Integer)


def _level(context: Context) -> ColumnElement[Any]:
    levels = {kind.id: kind.level for kind in context.meta.issue_types.values()}
    return type_coerce(case(levels, value=_i.type_id), Integer)


def _key(context: Context) -> list[ColumnElement[Any]]:
    return [_project_key(context), _i.number]


ORDERS: dict[str, tuple[Columns, str]] = {  # name: (what it sorts by, its own direction)
    **dict.fromkeys(("key", "issuekey", "issue", "id", "workitemkey", "workitem"), (_key, "asc")),
    "project": (lambda c: [_project_key(c)], "asc"),
    "priority": (lambda c: [type_coerce(priority_position(c), Integer)], "desc"),
    "status": (lambda c: [_position(c.meta.statuses, _i.status_id)], "asc"),
    **dict.fromkeys(("issuetype", "type", "worktype"), (lambda c: [_position(c.meta.issue_types, _i.type_id)], "asc")),
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
    "summary": (lambda c: [folded(c, _i.summary)], "asc"),
    **dict.fromkeys(("parent", "epic link", "cf[10014]"), (lambda _c: [_i.parent_id], "asc")),
    "statuscategory": (lambda c: [_category(c)], "asc"),
    "hierarchylevel": (lambda c: [_level(c)], "desc"),
    "labels": (lambda c: [type_coerce(_first_name(c, tables.labels, tables.labels.c.label), String)], "asc"),
    "component": (lambda c: [_component(c)], "asc"),
    "fixversion": (lambda c: [_version(c, "fixVersions")], "asc"),
    "affectedversion": (lambda c: [_version(c, "versions")], "asc"),
    "votes": (lambda _c: [number_of(tables.votes)], "desc"),
    "watchers": (lambda _c: [number_of(tables.watchers)], "desc"),
    "lastviewed": (lambda c: [viewed_at(c)], "desc"),
    "environment": (lambda c: [_beginning(c, _i.environment_words)], "asc"),
    "description": (lambda c: [_beginning(c, _i.description_words)], "asc"),
    **dict.fromkeys(("originalestimate", "timeoriginalestimate"), (lambda _c: [ORIGINAL], "desc")),
    **dict.fromkeys(("remainingestimate", "timeestimate"), (lambda _c: [REMAINING], "desc")),
    "timespent": (lambda _c: [SPENT], "desc"),
    "workratio": (lambda _c: [RATIO], "desc"),
    **dict.fromkeys(("story points", "cf[10016]"), (lambda _c: [_i.points], "asc")),
}
"""By lower-case names."""

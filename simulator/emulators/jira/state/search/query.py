"""A query as SQL: its condition, its order, and pages of the issues it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.parser import parse
from simulator.emulators.jira.jql.tree import And, Changed, Clause, Compare, Not, Or, Query, Sort, Was
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import COLUMNS, Issue
from simulator.emulators.jira.state.search.catalogue import find_term
from simulator.emulators.jira.state.search.history import compile_changed, compile_was
from simulator.emulators.jira.state.search.rows import priority_position
from simulator.emulators.jira.state.search.terms import Condition
from simulator.emulators.kit.tables import accounts

_i = tables.issues.c
_INVERSE = {
    "=": "!=",
    "<": ">=",
    ">": "<=",
    "~": "!~",
    "in": "not in",
    "is": "is not",
    "was": "was not",
    "was in": "was not in",
}
_INVERSE |= {after: before for before, after in _INVERSE.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A compiled query: a condition and an order over the issues' table."""

    where: Condition | None
    order: tuple[ColumnElement[Any], ...]

    @property
    def bounded(self) -> bool:
        """Whether the query restricts anything at all."""
        return self.where is not None


def compile_jql(context: Context, text: str) -> Found:
    """A query compiled. Raises JqlError with every fault found."""
    return compile_query(context, parse(text))


def compile_query(context: Context, query: Query) -> Found:
    """A parsed query compiled. Raises JqlError with every fault found."""
    faults: list[str] = []
    where = _compile(context, query.where, faults) if query.where else None
    order: list[ColumnElement[Any]] = []
    for sort in query.order:
        try:
            order += _sort(context, sort)
        except JqlError as exc:
            faults += exc.messages
    if faults:
        raise JqlError(*dict.fromkeys(faults))
    return Found(where=where, order=tuple(order))


def both(base: Found, more: Found) -> Found:
    """What both queries allow, in the order of the second where it has one."""
    wheres = [one.where for one in (base, more) if one.where is not None]
    return Found(where=and_(*wheres) if wheres else None, order=more.order or base.order)


def find_page(
    context: Context, found: Found, *, start: int, limit: int, extra: Sequence[Condition] = ()
) -> list[Issue]:
    """A page of the issues that a query finds, within `extra` conditions; newest first where the query has no order."""
    query = select(*COLUMNS).where(*_conditions(context, found, extra))
    query = query.order_by(*found.order, _i.id.desc()).offset(start).limit(limit)
    return [Issue(**row) for row in context.connection.execute(query).mappings()]


def count(context: Context, found: Found, *, extra: Sequence[Condition] = ()) -> int:
    """How many issues a query finds."""
    query = select(func.count()).select_from(tables.issues).where(*_conditions(context, found, extra))
    return int(context.connection.execute(query).scalar_one())


def matching(context: Context, found: Found, issue_ids: Sequence[int]) -> list[int]:
    """Which of these issues a query finds, by id."""
    query = select(_i.id).where(*_conditions(context, found, ()), _i.id.in_(issue_ids)).order_by(_i.id)
    return list(context.connection.execute(query).scalars())


def _conditions(context: Context, found: Found, extra: Sequence[Condition]) -> list[Condition]:
    own = [] if found.where is None else [found.where]
    return [_i.site == context.site, *own, *extra]


def _compile(context: Context, clause: Clause, faults: list[str]) -> Condition:
    match clause:
        case And(clauses):
            return and_(*[_compile(context, inner, faults) for inner in clauses])
        case Or(clauses):
            return or_(*[_compile(context, inner, faults) for inner in clauses])
        case Not(inner):
            return _compile_not(context, inner, faults)
    try:
        return _terminal(context, clause)
    except JqlError as exc:
        faults += exc.messages
        return _i.id.is_not(None)


def _terminal(context: Context, clause: Compare | Was | Changed) -> Condition:
    match clause:
        case Compare(field, operator, operand):
            return find_term(field.name).compile(context, operator, operand)
        case Was():
            return compile_was(context, clause)
    return compile_changed(context, clause)


def _compile_not(context: Context, clause: Clause, faults: list[str]) -> Condition:
    """The opposite, brought down to the operators, as Jira does: `not a = b` is `a != b`, which an empty field does not fit."""
    match clause:
        case Not(inner):
            return _compile(context, inner, faults)
        case And(clauses):
            return _compile(context, Or(tuple(Not(inner) for inner in clauses)), faults)
        case Or(clauses):
            return _compile(context, And(tuple(Not(inner) for inner in clauses)), faults)
        case Compare(field, operator, operand):
            return _compile(context, Compare(field, _INVERSE[operator], operand), faults)
        case Was(field, operator, operand, predicates):
            return _compile(context, Was(field, _INVERSE[operator], operand, predicates), faults)
    return ~_compile(context, clause, faults)


# --- order ------------------------------------------------------------------------------------------------------------


def _position(things: dict[int, Any], column: ColumnElement[Any]) -> ColumnElement[Any]:
    if not things:
        return column
    return case({number: thing.position for number, thing in things.items()}, value=column)


def _name_of(context: Context, column: ColumnElement[Any]) -> ColumnElement[Any]:
    a = accounts.c
    return select(func.lower(a.name)).where(a.site == context.site, a.id == column).scalar_subquery()


def _project_key(context: Context) -> ColumnElement[Any]:
    keys = {project.id: project.key for project in context.meta.projects.values()}
    return case(keys, value=_i.project_id) if keys else _i.project_id


def _latest_sprint() -> ColumnElement[Any]:
    s = tables.issue_sprints.c
    return select(func.max(s.sprint_id)).where(s.site == _i.site, s.issue_id == _i.id).scalar_subquery()


Columns = Callable[[Context], list[ColumnElement[Any]]]


def _key(context: Context) -> list[ColumnElement[Any]]:
    return [_project_key(context), _i.number]


_ORDERS: dict[str, tuple[Columns, str]] = {
    # name: (what it sorts by, its own direction)
    **dict.fromkeys(("key", "issuekey", "issue", "id"), (_key, "asc")),
    "project": (lambda c: [_project_key(c)], "asc"),
    "priority": (lambda c: [priority_position(c)], "desc"),
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
    "summary": (lambda _c: [func.lower(_i.summary)], "asc"),
    "parent": (lambda _c: [_i.parent_id], "asc"),
    **dict.fromkeys(("story points", "cf[10016]"), (lambda _c: [_i.points], "asc")),
}


def _sort(context: Context, sort: Sort) -> list[ColumnElement[Any]]:
    found = _ORDERS.get(sort.field.name.lower())
    if found is None:
        find_term(sort.field.name)
        raise JqlError(f"Not able to sort using field '{sort.field.name}'.")
    columns, own = found
    descending = (sort.direction or own) == "desc"
    return [c.desc().nulls_last() if descending else c.asc().nulls_last() for c in columns(context)]

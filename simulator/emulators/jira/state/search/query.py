"""A query as SQL: its condition, its order, and pages of the issues it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.parser import parse
from simulator.emulators.jira.jql.tree import And, Changed, Clause, Compare, Items, Not, Or, Query, Was, field_name
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import COLUMNS, Issue
from simulator.emulators.jira.state.search import saved
from simulator.emulators.jira.state.search.catalogue import find_term
from simulator.emulators.jira.state.search.custom_terms import custom_term
from simulator.emulators.jira.state.search.history import compile_changed, compile_was
from simulator.emulators.jira.state.search.order import Key, keys_of
from simulator.emulators.jira.state.search.terms import Condition

_i = tables.issues.c
MOST_NESTED = 20
MOST_CLAUSES = 500
MOST_VALUES = 10_000
MOST_SORTS = 20
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
    """A compiled query: a condition and an order over the issues' table. `keys` are the order's columns."""

    where: Condition | None
    order: tuple[ColumnElement[Any], ...]
    keys: tuple[Key, ...] = ()

    @property
    def bounded(self) -> bool:
        """Whether the query restricts anything at all."""
        return self.where is not None


def compile_jql(context: Context, text: str) -> Found:
    """A query compiled. Raises JqlError with every fault found."""
    return compile_query(context, parse(text))


def compile_query(context: Context, query: Query) -> Found:
    """A parsed query compiled. Raises JqlError with every fault found."""
    compiler = _Compiler(context)
    where = compiler.clause(query.where) if query.where else None
    keys: list[Key] = []
    sorts = list({field_name(sort.field).lower(): sort for sort in reversed(query.order)}.values())[::-1]
    if len(sorts) > MOST_SORTS:
        raise JqlError(f"The JQL query is ordered by more than {MOST_SORTS} fields.")
    for sort in sorts:  # what is named again orders nothing more
        try:
            keys += keys_of(context, sort)
        except JqlError as exc:
            compiler.faults += exc.messages
    if compiler.faults:
        raise JqlError(*dict.fromkeys(compiler.faults))
    return Found(where=where, order=tuple(key.clause() for key in keys), keys=tuple(keys))


def both(base: Found, more: Found) -> Found:
    """What both queries allow, in the order of the second where it has one."""
    wheres = [one.where for one in (base, more) if one.where is not None]
    ordered = more if more.order else base
    return Found(where=and_(*wheres) if wheres else None, order=ordered.order, keys=ordered.keys)


def find_page(
    context: Context, found: Found, *, start: int, limit: int, extra: Sequence[Condition] = ()
) -> list[Issue]:
    """A page of the issues that a query finds, within `extra` conditions; newest first where the query has no order."""
    query = select(*COLUMNS).where(*conditions(context, found, extra))
    query = query.order_by(*found.order, _i.id.desc()).offset(start).limit(limit)
    return [Issue(**row) for row in context.connection.execute(query).mappings()]


def count(context: Context, found: Found, *, extra: Sequence[Condition] = ()) -> int:
    """How many issues a query finds."""
    query = select(func.count()).select_from(tables.issues).where(*conditions(context, found, extra))
    return int(context.connection.execute(query).scalar_one())


def matching(context: Context, found: Found, issue_ids: Sequence[int]) -> list[int]:
    """Which of these issues a query finds, by id."""
    query = select(_i.id).where(*conditions(context, found, ()), _i.id.in_(issue_ids)).order_by(_i.id)
    return list(context.connection.execute(query).scalars())


def conditions(context: Context, found: Found, extra: Sequence[Condition] = ()) -> list[Condition]:
    """All that an issue must fulfil to be found: also that the caller may see it and its project is not archived."""
    archived = {number for number, project in context.meta.projects.items() if project.archived_at is not None}
    hidden = archived | context.meta.hidden
    seen = [_i.project_id.not_in(sorted(hidden))] if hidden else []
    own = [] if found.where is None else [found.where]
    return [_i.site == context.site, *seen, *own, *extra]


class _TooMuch(JqlError):
    """A query that nothing more is compiled of."""


class _Compiler:
    """Compiles clauses, saved filters in them included, and gathers the faults. Compiles so many saved filters at most."""

    def __init__(self, context: Context) -> None:
        self.faults: list[str] = []
        self._context = context
        self._filters: list[int] = []  # those that are being compiled, the outermost first
        self._expanded = self._depth = self._clauses = self._values = 0

    def clause(self, clause: Clause) -> Condition:
        match clause:
            case And(clauses):
                return and_(*self._inner(clauses))
            case Or(clauses):
                return or_(*self._inner(clauses))
            case Not(inner):
                return self._opposite(inner)
        self._count(clause)
        try:
            return self._terminal(clause)
        except _TooMuch:
            raise
        except JqlError as exc:
            self.faults += exc.messages
            return _i.id.is_not(None)

    def _inner(self, clauses: Sequence[Clause]) -> list[Condition]:
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise _TooMuch(f"The JQL query is nested too deep: more than {MOST_NESTED} levels.")
        found = [self.clause(inner) for inner in clauses]
        self._depth -= 1
        return found

    def _count(self, clause: Compare | Was | Changed) -> None:
        """What databases take at most in a statement is not asked of them: saved filters add up."""
        operand = None if isinstance(clause, Changed) else clause.operand
        self._clauses += 1
        self._values += len(operand.operands) if isinstance(operand, Items) else 1
        if self._clauses > MOST_CLAUSES or self._values > MOST_VALUES:
            raise _TooMuch(
                f"The JQL query has, with its saved filters, more than {MOST_CLAUSES} clauses or {MOST_VALUES} values."
            )

    def _terminal(self, clause: Compare | Was | Changed) -> Condition:
        match clause:
            case Compare(field, operator, operand) if saved.is_filter(field):
                filters = saved.find_filters(self._context, operator, operand)
                found = or_(*[self._saved(one) for one in filters])
                return ~found if operator in ("!=", "not in") else found
            case Compare(field, operator, operand):
                term = custom_term(self._context, field) or find_term(field)
                return term.compile(self._context, operator, operand)
            case Was():
                return compile_was(self._context, clause)
        return compile_changed(self._context, clause)

    def _saved(self, filter_: saved.Saved) -> Condition:
        self._expanded += 1
        saved.check_depth(filter_, self._filters, self._expanded)
        where = parse(filter_.jql).where
        if where is None:
            return _i.id.is_not(None)
        self._filters.append(filter_.id)
        try:
            return self.clause(where)
        finally:
            self._filters.pop()

    def _opposite(self, clause: Clause) -> Condition:
        """Brought down to the operators, as Jira does: `not a = b` is `a != b`, which an empty field does not fit."""
        match clause:
            case Not(inner):
                return self.clause(inner)
            case And(clauses):
                return self.clause(Or(tuple(Not(inner) for inner in clauses)))
            case Or(clauses):
                return self.clause(And(tuple(Not(inner) for inner in clauses)))
            case Compare(field, operator, operand):
                return self.clause(Compare(field, _INVERSE[operator], operand))
            case Was(field, operator, operand, predicates):
                return self.clause(Was(field, _INVERSE[operator], operand, predicates))
        return ~self.clause(clause)

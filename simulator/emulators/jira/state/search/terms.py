"""The fields that a query can ask about, and what each operator means for them in SQL.

`!=` and `not in` leave out issues whose field is empty, as in Jira:
https://support.atlassian.com/jira-software-cloud/docs/jql-operators/
"""

from __future__ import annotations

import math
import operator as op
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from simulator.emulators.jira.jql.dates import zone_of
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Empty, Items, Operand, Value
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.full_text import Matches
from simulator.emulators.jira.state.search.operands import Call, Resolve, Wanted, gives_list, instant, shown, wanted
from simulator.emulators.jira.state.search.words import read_words

Condition = ColumnElement[bool]
EQUALITY = ("=", "!=", "in", "not in", "is", "is not")
ORDERING = ("<", "<=", ">", ">=")
TEXT = ("~", "!~")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(ABC):
    """A field: its operators and how a clause becomes a condition. `name` is how error messages call it."""

    name: str
    operators: tuple[str, ...]

    def compile(self, context: Context, operator: str, operand: Operand) -> Condition:
        """The condition of a clause. Raises JqlError."""
        if operator not in self.operators:
            raise JqlError(f"The operator '{operator}' is not supported by the '{self.name}' field.")
        if operator in ("is", "is not") and not isinstance(operand, Empty):
            raise JqlError(f"The operator '{operator}' requires 'EMPTY' or 'NULL' on the field '{self.name}'.")
        check_list(self.name, operator, operand)
        if isinstance(operand, Empty) and operator in ORDERING:
            raise JqlError(f"The operator '{operator}' does not support the value 'EMPTY' for the field '{self.name}'.")
        return self.condition(context, operator, operand)

    @abstractmethod
    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        """The condition, operator and operand being of a fitting kind."""


def check_list(field_name: str, operator: str, operand: Operand) -> None:
    """Raises JqlError for a list where an operator takes one value, or for one value where it takes a list."""
    wanted_list = operator.removeprefix("was ").removeprefix("not ") == "in"
    is_list = gives_list(operand)
    if is_list is not None and is_list != wanted_list:
        kind = "list" if is_list else "non-list"
        raise JqlError(
            f"Operator '{operator}' does not support the {kind} value '{shown(operand)}' for field '{field_name}'."
        )


def negative(operator: str) -> bool:
    """Whether an operator asks for the opposite."""
    return operator in ("!=", "not in", "is not", "!~")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnTerm(Term):
    """A field with one value, kept in a column as an id."""

    column: ColumnElement[Any]
    resolve: Resolve
    functions: Mapping[str, Call] = field(default_factory=dict)
    ranked: Callable[[Context], ColumnElement[Any]] | None = None  # what < and > compare
    rank_of: Callable[[Context, Any], Any] | None = None

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        asked = wanted(context, self.name, operand, resolve=self.resolve, functions=dict(self.functions))
        if operator in ORDERING:
            return self._ordered(context, operator, asked)
        if negative(operator):
            return and_(self.column.is_not(None), *(not_(choice) for choice in self._choices(asked)))
        return self.holds(context, asked)

    def holds(self, _context: Context, asked: Wanted) -> Condition:
        """Whether an issue has what is asked."""
        return or_(false(), *self._choices(asked), self.column.is_(None) if asked.empty else false())

    def _choices(self, asked: Wanted) -> list[Condition]:
        some: list[Condition] = [self.column.in_(asked.ids)] if asked.ids else []
        return some + [self.column.in_(query) for query in asked.subqueries]

    def _ordered(self, context: Context, operator: str, asked: Wanted) -> Condition:
        if self.ranked is None or self.rank_of is None or len(asked.ids) != 1:
            raise JqlError(f"The operator '{operator}' is not supported by the '{self.name}' field.")
        return compared(operator, self.ranked(context), self.rank_of(context, asked.ids[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyTerm(Term):
    """A field with any number of values, kept in rows of their own. `has` says that an issue has one of what is asked."""

    has: Callable[[Context, Wanted], Condition]
    has_any: Callable[[Context], Condition]
    resolve: Resolve
    functions: Mapping[str, Call] = field(default_factory=dict)

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        asked = wanted(context, self.name, operand, resolve=self.resolve, functions=dict(self.functions))
        if negative(operator):
            some = asked.ids or asked.subqueries
            return and_(self.has_any(context), not_(self.has(context, asked)) if some else true())
        return self.holds(context, asked)

    def holds(self, context: Context, asked: Wanted) -> Condition:
        """Whether an issue has what is asked."""
        choices = [self.has(context, asked)] if asked.ids or asked.subqueries else []
        if asked.empty:
            choices.append(not_(self.has_any(context)))
        return or_(false(), *choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTerm(Term):
    """A number, or none."""

    column: ColumnElement[Any]

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        if operator in ORDERING:
            (number,) = _numbers(context, self.name, operand).ids or (None,)
            return false() if number is None else compared(operator, self.column, number)
        asked = _numbers(context, self.name, operand)
        if negative(operator):
            return and_(self.column.is_not(None), self.column.not_in(asked.ids))
        return or_(self.column.in_(asked.ids), self.column.is_(None) if asked.empty else false())


def _numbers(context: Context, name: str, operand: Operand) -> Wanted:
    def read(_context: Context, _field: str, text: str) -> list[float]:
        try:
            number = float(text)
        except ValueError:
            raise JqlError(f"The value '{text}' is not a valid number for the field '{name}'.") from None
        if not math.isfinite(number):
            raise JqlError(f"The value '{text}' is not a valid number for the field '{name}'.")
        return [number]

    return wanted(context, name, operand, resolve=read)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstantTerm(Term):
    """An instant, or none. With `whole_days` the column is a day in the caller's time zone."""

    column: ColumnElement[Any]
    whole_days: bool = False

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        if isinstance(operand, Empty):
            return self.column.is_not(None) if negative(operator) else self.column.is_(None)
        if operator in ("in", "not in"):
            inner = operand.operands if isinstance(operand, Items) else (operand,)
            parts = [self.condition(context, "!=" if operator == "not in" else "=", item) for item in inner]
            return and_(*parts) if operator == "not in" else or_(*parts)
        return compared(operator, self.column, self.kept(context, instant(context, self.name, operand)))

    def kept(self, context: Context, moment: datetime) -> Any:
        """What the column holds for an instant."""
        return moment.astimezone(zone_of(context.account.time_zone)).date() if self.whole_days else moment


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTerm(Term):
    """Text: `~` finds words by their stems; a quoted phrase in the value finds them in a row; a star ends a beginning."""

    matches: Matches
    emptiness: Condition | None = None

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        if isinstance(operand, Empty):
            if self.emptiness is None:
                raise JqlError(f"The operator '{operator}' is not supported by the '{self.name}' field.")
            return not_(self.emptiness) if negative(operator) else self.emptiness
        if not isinstance(operand, Value):
            raise JqlError(f"The field '{self.name}' expects a text.")
        found = self.matches(context, read_words(operand.text, self.name))
        return not_(found) if negative(operator) else found


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyTerm(Term):
    """A field that no issue has a value in."""

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        def refuse(_context: Context, field_name: str, value: str) -> list[Any]:
            raise JqlError(f"The value '{value}' does not exist for the field '{field_name}'.")

        asked = wanted(context, self.name, operand, resolve=refuse)
        return true() if asked.empty and not negative(operator) else false()


_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "=": op.eq,
    "!=": op.ne,
    "<": op.lt,
    "<=": op.le,
    ">": op.gt,
    ">=": op.ge,
}


def compared(operator: str, left: ColumnElement[Any], right: Any) -> Condition:
    """A comparison; an empty left side never fits."""
    found: Condition = _COMPARISONS[operator](left, right)
    return found


def day_bounds(moment: datetime, zone_name: str) -> tuple[datetime, datetime]:
    """The first instant of the day that the moment is in, and that of the next."""
    midnight = moment.astimezone(zone_of(zone_name)).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        return midnight.astimezone(UTC), (midnight + timedelta(days=1)).astimezone(UTC)
    except OverflowError:
        raise JqlError(f"The date {moment.date()} is out of range.") from None

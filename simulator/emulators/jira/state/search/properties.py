"""`issue.property[key].path` in queries: values that programs keep on issues, compared as texts, by size as numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Float, Text, and_, case, cast, exists, func, not_, or_
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from simulator.emulators.jira import tables
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Empty, Field, Items, Operand, Value, field_name
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.terms import EQUALITY, ORDERING, TEXT, Condition, Term, compared, negative

ENTITY = "issue.property"
LONGEST_PATH = 20

_i = tables.issues.c
_p = tables.properties.c
_NUMBER = r"^-?[0-9]{1,300}([.][0-9]{1,300})?([eE][+-]?[0-9]{1,2})?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyTerm(Term):
    """One value of one property."""

    key: str
    path: tuple[str, ...]

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        if isinstance(operand, Empty):
            return not_(self._has(context, None)) if not negative(operator) else self._has(context, None)
        texts = self._texts(operand)
        if operator in ORDERING:
            return self._ordered(context, operator, texts)
        value = self._value(context)
        if operator in TEXT:
            found = self._has(context, or_(*(func.lower(value).contains(t.lower(), autoescape=True) for t in texts)))
            return and_(self._has(context, None), not_(found)) if negative(operator) else found
        found = self._has(context, value.in_(texts))
        return and_(self._has(context, None), not_(found)) if negative(operator) else found

    def _texts(self, operand: Operand) -> list[str]:
        items = operand.operands if isinstance(operand, Items) else (operand,)
        if not all(isinstance(item, Value) for item in items):
            raise JqlError(f"The field '{self.name}' expects a value.")
        return [item.text for item in items if isinstance(item, Value)]

    def _ordered(self, context: Context, operator: str, texts: list[str]) -> Condition:
        try:
            number = float(texts[0])
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise JqlError(f"The value '{texts[0]}' is not a valid number for the field '{self.name}'.")
        return self._has(context, compared(operator, self._number(context), number))

    def _has(self, context: Context, more: Condition | None) -> Condition:
        """Whether the issue has the value, and it fulfils the condition."""
        asked = self._value(context).is_not(None) if more is None else more
        return (
            exists().where(_p.site == _i.site, _p.issue_id == _i.id, _p.key == self.key, asked).correlate(tables.issues)
        )

    def _value(self, context: Context) -> ColumnElement[Any]:
        """The value as a text; null where the property has no such path."""
        if context.connection.dialect.name != "sqlite":
            return cast(_p.value, JSONB).op("#>>")(cast(list(self.path), ARRAY(Text)))
        path = self._sqlite_path()
        kind = func.json_type(_p.value, path)
        words = {"true": "true", "false": "false"}
        return case(words, value=kind, else_=cast(func.json_extract(_p.value, path), Text))

    def _number(self, context: Context) -> ColumnElement[Any]:
        """The value as a number; null where it is none."""
        if context.connection.dialect.name == "sqlite":
            path = self._sqlite_path()
            return case((func.json_type(_p.value, path).in_(("integer", "real")), func.json_extract(_p.value, path)))
        value = self._value(context)
        return case((value.op("~")(_NUMBER), cast(value, Float)))

    def _sqlite_path(self) -> str:
        return "$" + "".join(f'."{step}"' for step in self.path)


def property_term(field: Field) -> Term:
    """The term of `issue.property[key].path`. Raises JqlError for another shape."""
    name = field_name(field)
    if len(field.properties) != 1:
        raise JqlError(f"Field '{name}' does not exist or you do not have permission to view it.")
    (one,) = field.properties
    path = tuple(one.path.split(".")) if one.path else ()
    if len(path) > LONGEST_PATH or any(not step or '"' in step for step in path):
        raise JqlError(f"The path '{one.path[:100]}' of the property '{one.key[:100]}' is invalid.")
    return PropertyTerm(name=name, operators=EQUALITY + ORDERING + TEXT, key=one.key, path=path)

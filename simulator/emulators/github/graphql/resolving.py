"""The one resolver of all fields: a field is the attribute of its view with the same name in snake case.

Connections get a `window` in place of their four bounds. A query that takes too long is given up.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo, InlineFragmentNode, get_named_type

from simulator.emulators.github.graphql.connections import read_window
from simulator.emulators.github.graphql.problems import Problem

PATIENCE_S = 10.0
"""Seconds after which a query is given up: docs.github.com/en/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api"""

_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
TOO_LONG = (
    "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug."
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a query may still take; handed to graphql-core as its context."""

    until_s: float

    @classmethod
    def begin(cls) -> Patience:
        """The patience of a query that begins now."""
        return cls(time.monotonic() + PATIENCE_S)

    def check(self) -> None:
        """Raise Problem when there is none left."""
        if time.monotonic() > self.until_s:
            raise Problem("TIMEOUT", TOO_LONG)


@lru_cache(maxsize=2048)
def snake(name: str) -> str:
    """`commitOID` as `commit_oid`."""
    return _HUMPS.sub("_", name).lower()


def resolve(source: Any, info: GraphQLResolveInfo[Patience], /, **arguments: Any) -> Any:
    """The value of a field. Arguments have their names in snake case already: see `schema.py`."""
    info.context.check()
    value = getattr(source, snake(info.field_name))
    if get_named_type(info.return_type).name.endswith("Connection"):
        window, others = read_window(arguments, info.field_name, shows_nodes=lambda: _shows_nodes(info))
        return value(window, **others)
    return value(**arguments) if callable(value) else value


def type_of(value: Any, _info: GraphQLResolveInfo[Patience], _abstract: Any) -> str:
    """The name of a view's type, where a field gives an interface or a union."""
    name: str = value.typename
    return name


def _shows_nodes(info: GraphQLResolveInfo[Patience]) -> bool:
    names: set[str] = set()
    waiting = [node.selection_set for node in info.field_nodes]
    while waiting:
        selected = waiting.pop()
        for each in selected.selections if selected else ():
            if isinstance(each, FieldNode):
                names.add(each.name.value)
            elif isinstance(each, FragmentSpreadNode):
                waiting.append(info.fragments[each.name.value].selection_set)
            elif isinstance(each, InlineFragmentNode):
                waiting.append(each.selection_set)
    return not names.isdisjoint({"nodes", "edges"})

"""A query's tree as one SQL condition, with the meaning of words and qualifiers given from outside."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, true

from simulator.emulators.github.state.search.query import All, Either, Node, Not, Qualifier, Text

Leaf = Callable[[Text | Qualifier], ColumnElement[bool]]

SCOPES = ("repo", "user", "org")
"""Qualifiers that name places. Several of them side by side are alternatives, as nothing lies in two places."""


def condition(node: Node, leaf: Leaf) -> ColumnElement[bool]:
    """The condition of a tree. What a leaf leaves unknown (NULL) counts as false when it is negated."""
    match node:
        case Not(part):
            return not_(func.coalesce(condition(part, leaf), false()))
        case Either(parts):
            return or_(*(condition(part, leaf) for part in parts))
        case All(parts):
            places = [condition(part, leaf) for part in parts if _is_place(part)]
            others = [condition(part, leaf) for part in parts if not _is_place(part)]
            return and_(true(), *([or_(*places)] if places else []), *others)
        case _:
            return leaf(node)


def _is_place(part: Node) -> bool:
    return isinstance(part, Qualifier) and part.name in SCOPES

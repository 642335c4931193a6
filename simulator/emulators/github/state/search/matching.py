"""A query's tree asked of one thing at a time, for what lies in git and not in the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from simulator.emulators.github.state.search.conditions import SCOPES
from simulator.emulators.github.state.search.query import All, Either, Node, Not, Qualifier, Text
from simulator.emulators.github.state.search.words import pattern_of

Asked = Callable[[Text | Qualifier], bool]


def holds(node: Node, asked: Asked) -> bool:
    """Whether a tree is true, with the truth of words and qualifiers given from outside."""
    match node:
        case Not(part):
            return not holds(part, asked)
        case Either(parts):
            return any(holds(part, asked) for part in parts)
        case All(parts):
            places = [part for part in parts if isinstance(part, Qualifier) and part.name in SCOPES]
            if places and not any(holds(part, asked) for part in places):
                return False
            return all(holds(part, asked) for part in parts if part not in places)
        case _:
            return asked(node)


def in_text(words: str, text: str) -> bool:
    """Whether a text has these words one after another, whatever their case; never, when there are none."""
    pattern = _compiled(words)
    return pattern is not None and pattern.search(text) is not None


@lru_cache(maxsize=256)
def _compiled(words: str) -> re.Pattern[str] | None:
    pattern = pattern_of(words)
    return None if pattern is None else re.compile(pattern)

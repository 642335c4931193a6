"""The patterns that workflows filter branches, tags and paths with. Pure.

`*` stops at a slash, `**` does not, `?` and `+` repeat the letter before, `[a-z]` is one of some letters, `!` in front takes back
what earlier patterns matched.
Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from simulator.emulators.github import expressions
from simulator.emulators.github.expressions import Expression, literal

_TOKEN = re.compile(
    r"(?P<deep>\*\*)|(?P<star>\*)|(?P<repeat>[?+])|(?P<set>\[[A-Za-z0-9-]+\])|\\(?P<quoted>.)|(?P<plain>.)", re.S
)


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Whether the last pattern that has something to say about a name says yes."""
    wanted = False
    for pattern in patterns:
        negated = pattern.startswith("!")
        expression = _compiled(pattern[1:] if negated else pattern)
        if expression is not None and expression.is_all_of(name):
            wanted = not negated
    return wanted


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Expression | None:
    parts: list[str] = []
    for token in _TOKEN.finditer(pattern):
        if token["deep"]:
            parts.append(".*")
        elif token["star"]:
            parts.append("[^/]*")
        elif token["repeat"]:
            parts.append(token["repeat"] if _can_be_repeated(parts) else literal(token["repeat"]))
        else:
            parts.append(token["set"] or literal(token["quoted"] or token["plain"]))
    return expressions.of_glob("".join(parts))


def _can_be_repeated(parts: list[str]) -> bool:
    return bool(parts) and parts[-1] not in {".*", "[^/]*", "?", "+"}

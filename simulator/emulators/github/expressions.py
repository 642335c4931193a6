"""Regular expressions that people write, in rulesets and as globs: RE2's, which look at a text once, however they are written.

By default `^` and `$` are the ends of the whole text; `(?m)` makes them those of lines. There are no lookarounds.
Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/creating-rulesets-for-a-repository#using-regular-expressions-for-commit-metadata
"""

from __future__ import annotations

import functools
from typing import Any

import re2

_OF_RULES = 8 * 1024 * 1024  # what RE2 has by default
_OF_GLOBS = 256 * 1024

literal = re2.escape
"""An expression that finds just this text."""


class BadExpression(ValueError):
    """Not a regular expression that GitHub takes."""


@functools.lru_cache(maxsize=64)
def compiled(pattern: str) -> Expression:
    """A ruleset's expression. Raises BadExpression for what RE2 does not know, and for what it would need more than 8 MiB for."""
    return Expression(pattern, memory=_OF_RULES)


def of_glob(pattern: str) -> Expression | None:
    """An expression that a glob was translated to; None when it cannot be one, such as a range that runs backwards."""
    try:
        return Expression(f"(?s){pattern}", memory=_OF_GLOBS)
    except BadExpression:
        return None


class Expression:
    """A compiled expression. What it is asked takes time in proportion to the text."""

    def __init__(self, pattern: str, *, memory: int) -> None:
        options = re2.Options()
        options.max_mem, options.log_errors = memory, False
        try:
            self._machine: Any = re2.compile(pattern, options)  # Any: the package has no types
        except (re2.error, UnicodeEncodeError) as exc:
            raise BadExpression(pattern) from exc

    def is_in(self, text: str) -> bool:
        """Whether it is found anywhere in a text."""
        return self._machine.search(_bytes(text)) is not None

    def is_all_of(self, text: str) -> bool:
        """Whether it describes a text from its beginning to its end."""
        return self._machine.fullmatch(_bytes(text)) is not None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # names that git has need not be UTF-8

"""Regular expressions that authors write: RE2's, which look at a text once, however they are written.

A pack comes from somebody else; with Python's own engine one expression could keep a run busy for ever. There are no lookarounds
and no back-references. Source: https://github.com/google/re2/wiki/Syntax
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2

from simulator.scenario.values import Unreadable


def check_expression(pattern: str) -> str:
    """The pattern itself. Raises Unreadable when it is no expression of RE2's."""
    try:
        _machine(pattern)
    except (re2.error, UnicodeEncodeError) as exc:
        hint = "RE2's syntax: no lookarounds, no back-references; \\ before . ( ) [ ]"
        raise Unreadable(f"`{pattern}` is not a regular expression: {_reason(exc)}", hint) from exc
    return pattern


def finds(pattern: str, text: str) -> bool:
    """Whether an expression is found anywhere in a text."""
    return _machine(pattern).search(text.encode(errors="replace").decode()) is not None


@lru_cache(maxsize=512)
def _machine(pattern: str) -> Any:  # the package has no types
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else ""
    return reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)

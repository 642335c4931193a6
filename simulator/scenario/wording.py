"""What is said about a value of the wrong shape: plain words, the place, and the nearest right thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from simulator.errors import Problem
from simulator.scenario.source import Source, Spot

_QUOTED = re.compile(r"'([^']*)'|\b([0-9]+)\b")
_FEW = 6
_SAID_ELSEWHERE = frozenset({"extra_forbidden"})  # shape.py finds unknown keys, with the keys that are known
_TAGGED_LISTS = frozenset({"events", "do"})


def nearest(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A hint with the known name that is nearest to a word; else the names, or some of them."""
    names = list(known)
    folded = {name.lower(): name for name in names}
    close = get_close_matches(str(word).lower(), list(folded), n=1, cutoff=0.55)
    if close:
        return f"did you mean `{folded[close[0]]}`?"
    if 0 < len(names) <= 12:
        return "there are: " + ", ".join(f"`{name}`" for name in names)
    if names and not otherwise:
        return f"there are {len(names)}: " + ", ".join(f"`{name}`" for name in names[:_FEW]) + ", …"
    return otherwise


def problems_of(error: ValidationError, source: Source, spot: Spot = ()) -> list[Problem]:
    """The problems that a validation error means, at their places; `spot` is where the validated value lies."""
    details = error.errors(include_url=False)
    return [_problem(detail, source, spot) for detail in details if not _is_echo(detail)]


def _is_echo(detail: Any) -> bool:
    """Whether it is said elsewhere already, or follows from another fault: a list is short of the items that are wrong."""
    short_of_wrong_items = detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]
    return detail["type"] in _SAID_ELSEWHERE or short_of_wrong_items


def _problem(detail: Any, source: Source, base: Spot) -> Problem:
    spot, rest, at_key = _spot(source, base + tuple(detail["loc"]))
    name = _called(base + tuple(part for part in detail["loc"] if part != "[key]") if rest else spot)
    message, hint = words_of_fault(detail, name)
    return source.problem(spot, message, hint, at_key=at_key)


def _spot(source: Source, path: Spot) -> tuple[Spot, Spot, bool]:
    """The longest existing part of a path (names of union members left out), the rest, and whether a key is meant."""
    at_key = bool(path) and path[-1] == "[key]"
    spot: Spot = ()
    node: Any = source.value
    for place, step in enumerate(path):
        if len(spot) >= 2 and spot[-2] in _TAGGED_LISTS and isinstance(step, str) and _is_tag(step, node):
            continue
        if not _leads_on(node, step):
            return spot, path[place:], at_key
        node = node[step]
        spot = (*spot, step)
    return spot, (), at_key


def _leads_on(node: Any, step: str | int) -> bool:
    return step in node if isinstance(node, dict) else isinstance(node, list) and step in range(len(node))


def _is_tag(step: str, node: Any) -> bool:
    return isinstance(node, dict) and step in (node.get("type"), node.get("do"))


def _called(path: Spot) -> str:
    """What a value is called: its key, or whose item it is."""
    words = [step for step in path if isinstance(step, str)]
    if not words:
        return "the scenario"
    return f"`{words[-1]}`" if isinstance(path[-1], str) else f"an item of `{words[-1]}`"


def words_of_fault(detail: Any, name: str) -> tuple[str, str]:
    """What is wrong by one detail of a validation error, and what to do; `name` is what the value is called."""
    kind, given, ctx = detail["type"], detail.get("input"), detail.get("ctx") or {}
    if isinstance(given, str) and f"string_{kind}" in _LIMITS:  # how a limit is told that was set on a checked text
        kind = f"string_{kind}"
    if kind == "missing":
        return f"{name} is missing", "add it here"
    if kind == "value_error":
        error = ctx["error"]
        return str(error), getattr(error, "hint", "")
    if kind in _SHAPES:
        wanted, hint = _SHAPES[kind]
        return f"{name} must be {wanted}, not {_described(given)}", hint
    if kind in _LIMITS:
        return f"{name} {_LIMITS[kind].format(**ctx)}", _TO_FIT.get(kind, "")
    return _choices(kind, given, ctx, name) or (f"{name}: {detail['msg'].lower()}", "")


def _choices(kind: str, given: Any, ctx: Any, name: str) -> tuple[str, str] | None:
    if kind == "literal_error":
        return f"{name} cannot be {_described(given)}", nearest(str(given), _names_in(ctx["expected"]))
    if kind == "union_tag_invalid":
        word = "event type" if ctx["discriminator"] == "'type'" else "act"
        hint = nearest(ctx["tag"], _names_in(ctx["expected_tags"]), otherwise="`sprintdojo scenario schema` lists them")
        return f"there is no {word} `{ctx['tag']}`", hint
    if kind == "union_tag_not_found":
        key = ctx["discriminator"].strip("'")
        return f"`{key}` is missing", "it says what this is"
    return None


def _names_in(expected: str) -> list[str]:
    return [quoted or number for quoted, number in _QUOTED.findall(expected)]


def _described(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list):
        return "a list"
    return f"`{str(value)[:60]}`" if isinstance(value, str) else f"the number {value}"


_SHAPES = {
    "string_type": ("text", "put it in quotes"),
    "int_type": ("a whole number", "write it in digits: 5"),
    "int_parsing": ("a whole number", "write it in digits: 5"),
    "int_from_float": ("a whole number", "write it in digits: 5"),
    "float_type": ("a number", "write it in digits: 0.5"),
    "float_parsing": ("a number", "write it in digits: 0.5"),
    "finite_number": ("a number", "write it in digits: 0.5"),
    "bool_type": ("true or false", "write one of the two, without quotes"),
    "bool_parsing": ("true or false", "write one of the two, without quotes"),
    "tuple_type": ("a list", "write its items below, each after `- `, or between [ and ]"),
    "list_type": ("a list", "write its items below, each after `- `, or between [ and ]"),
    "dict_type": ("keys and values", "write them below, indented, as `key: value`"),
    "model_type": ("keys and values", "write them below, indented, as `key: value`"),
    "model_attributes_type": ("keys and values", "write them below, indented, as `key: value`"),
    "union_tag_type": ("keys and values", "write them below, indented, as `key: value`"),
}
_LIMITS = {
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "too_short": "needs at least {min_length} of them",
    "too_long": "has {actual_length} items, more than {max_length}",
    "string_too_short": "must not be empty",
    "string_too_long": "is longer than {max_length} characters",
}
_TO_FIT = {
    "greater_than_equal": "choose a larger number",
    "less_than_equal": "choose a smaller number",
    "too_short": "add one, or leave the key out where it may be missing",
    "too_long": "take some out",
    "string_too_short": "write something",
    "string_too_long": "say it in fewer words",
}

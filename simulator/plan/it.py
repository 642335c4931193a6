"""What `it` means in the acts of an event: the thing that met its condition.

Pure. An act about something that is not known, such as the issue of a pull request that names none, is left out.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from simulator.model.actions import Action
from simulator.model.code import FileChange

_PLACEHOLDER = re.compile(r"\{(pull|issue|branch|person):it\}")
_BRANCHES = frozenset({"branch", "base"})
_KINDS = (("IssueRef", "issue", "="), ("PullRef", "pull", "#"), ("SeatId", "person", ""))
IT = "it"

A = TypeVar("A", bound=Action)


def with_it(action: A, about: Mapping[str, str]) -> A:
    """The action with `it` and `{pull:it}`, `{issue:it}`, `{branch:it}`, `{person:it}` put as what it is about."""
    changes = {field.name: _field(field, getattr(action, field.name), about) for field in dataclasses.fields(action)}
    return dataclasses.replace(action, **changes)


def is_about_nothing(action: Action) -> bool:
    """Whether an action still speaks of an `it` that is not known."""
    fields = ((field, getattr(action, field.name)) for field in dataclasses.fields(action))
    return any(_names_it(field, value) or _PLACEHOLDER.search(repr(value)) for field, value in fields)


def _names_it(field: dataclasses.Field[Any], value: Any) -> bool:
    meant = field.name in _BRANCHES or any(name in str(field.type) for name, _, _ in _KINDS)
    return meant and (value == IT or (isinstance(value, tuple) and IT in value))


def _field(field: dataclasses.Field[Any], value: Any, about: Mapping[str, str]) -> Any:
    if field.name in _BRANCHES and value == IT:
        return about.get("branch", value)
    for type_name, kind, mark in _KINDS:
        if type_name in str(field.type) and kind in about:
            value = _named(value, f"{mark}{about[kind]}")
    return _filled(value, about)


def _named(value: Any, name: str) -> Any:
    if isinstance(value, tuple):
        return tuple(name if item == IT else item for item in value)
    return name if value == IT else value


def _filled(value: Any, about: Mapping[str, str]) -> Any:  # Any: the fields of actions are of many types
    if type(value) is str:
        return _PLACEHOLDER.sub(lambda match: _word(match, about), value)
    if isinstance(value, tuple):
        return tuple(_filled(item, about) for item in value)
    if isinstance(value, Mapping):
        return {name: _filled(item, about) for name, item in value.items()}
    if isinstance(value, FileChange):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return dataclasses.replace(value, **{name: _filled(getattr(value, name), about) for name in names})
    return value


def _word(match: re.Match[str], about: Mapping[str, str]) -> str:
    name = about.get(match[1])
    if name is None:
        return match[0]
    return f"{{person:{name}}}" if match[1] == "person" else name

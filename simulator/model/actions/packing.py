"""Actions as JSON values and back, so that an agenda can rest in a database."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from simulator.model.actions import asking, in_the_run, on_code, on_issues, on_pulls, setting_up
from simulator.model.actions.action import Action


@cache
def _all_actions() -> dict[str, type[Action]]:
    # From the modules and not from __subclasses__, which also lists the classes that `slots=True` replaced.
    return {
        name: kind
        for module in (setting_up, on_issues, on_code, on_pulls, in_the_run, asking)
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, Action)
    }


def pack(action: Action) -> dict[str, Any]:
    """The action as JSON values, with its class name under `do`."""
    return {
        "do": type(action).__name__,
        **{f.name: _plain(getattr(action, f.name)) for f in dataclasses.fields(action)},
    }


def unpack(packed: Mapping[str, Any]) -> Action:
    """The action that `pack` made these values of. Raises KeyError for an unknown kind, TypeError for wrong fields."""
    kind = _all_actions()[packed["do"]]
    return typing.cast(Action, _rebuild(kind, {name: value for name, value in packed.items() if name != "do"}))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def _rebuild(annotation: Any, value: Any) -> Any:
    if value is None:
        return None
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return _rebuild(next(a for a in arguments if a is not type(None)), value)
    if origin is tuple:
        return tuple(_rebuild(arguments[0], item) for item in value)
    if origin is not None and issubclass(origin, Mapping):
        return {name: _rebuild(arguments[1], item) for name, item in value.items()}
    if isinstance(annotation, typing.NewType):
        return value
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        hints = typing.get_type_hints(annotation)
        return annotation(**{name: _rebuild(hints[name], item) for name, item in value.items()})
    if annotation is datetime:
        return datetime.fromisoformat(value)
    return annotation(value) if isinstance(annotation, type) and issubclass(annotation, StrEnum) else value

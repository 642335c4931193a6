"""All event types: a new file here or among the moments with a class derived from Event is a new type."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import get_args

from simulator.scenario import events, moments
from simulator.scenario.events.event import Event


@cache
def event_types() -> dict[str, type[Event]]:
    """Event classes by the name that `type:` gives, sorted by name; bases without a type of their own are none."""
    for package in (events, moments):
        for module in pkgutil.iter_modules(package.__path__):
            if module.name != "registry":
                importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(sorted((type_name(kind), kind) for kind in _below(Event) if "type" in kind.model_fields))


def type_name(kind: type[Event]) -> str:
    """The name of an event type, as `type:` gives it."""
    return str(get_args(kind.model_fields["type"].annotation)[0])


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)

"""All event types, found by looking into this folder: a new file with a class derived from Event is a new type."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import get_args

from simulator.scenario import events
from simulator.scenario.events.event import Event

_NOT_TYPES = frozenset({"event", "registry"})


@cache
def event_types() -> dict[str, type[Event]]:
    """Event classes by the name that `type:` gives, sorted by name."""
    for module in pkgutil.iter_modules(events.__path__):
        if module.name not in _NOT_TYPES:
            importlib.import_module(f"{events.__name__}.{module.name}")
    return dict(sorted((type_name(kind), kind) for kind in Event.__subclasses__()))


def type_name(kind: type[Event]) -> str:
    """The name of an event type, as `type:` gives it."""
    return str(get_args(kind.model_fields["type"].annotation)[0])

"""A seed with more in it: what a test adds may name the people and organizations that are there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.emulators.kit.seed import Seed, seed_of


def extended(seed: Seed, more: Any) -> Seed:  # Any: what YAML or JSON hold
    """The seed with further users, organizations, repositories, projects. Raises SeedError."""
    if not isinstance(more, Mapping):
        return seed_of(more)
    return seed_of(_together(seed.model_dump(mode="json"), more))


def _together(present: Mapping[str, Any], more: Mapping[Any, Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = dict(present)
    for key, value in more.items():
        there = found.get(key)
        if isinstance(there, dict) and isinstance(value, Mapping):
            found[key] = _together(there, value)
        elif isinstance(there, list) and isinstance(value, list):
            found[key] = [*there, *value]
        else:
            found[key] = value
    return found

"""Addresses of an emulated run's own site, led to where the server listens now. Pure.

Facts and scorecards keep the address at which they were seen; after a restart on another port nobody would answer there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulator.model.facts import Fact
from simulator.model.keys import RunId


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """Where the site of a run is now."""

    base_url: str
    run: RunId

    def in_facts(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """Facts with their addresses led to the site."""
        return tuple(self._in_fact(fact) for fact in facts)

    def in_json(self, value: Any) -> Any:  # Any: JSON
        """JSON values with every address of the site led to it, those inside texts too."""
        if isinstance(value, str):
            return self._led(value)
        if isinstance(value, Mapping):
            return {key: self.in_json(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.in_json(inner) for inner in value]
        return value

    def _in_fact(self, fact: Fact) -> Fact:
        """The fact itself where nothing is to change: a run's page asks for thousands at a time."""
        led = fact.url if fact.url.startswith(f"{self.base_url}/") else self._led(fact.url)
        return fact if led == fact.url else replace(fact, url=led)

    def _led(self, text: str) -> str:
        if "/sites/" not in text:
            return text
        where = rf"https?://[^/\s]+/sites/{re.escape(self.run)}(?=/)"
        return re.sub(where, lambda _: f"{self.base_url}/sites/{self.run}", text)

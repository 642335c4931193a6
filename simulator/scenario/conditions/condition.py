"""The base of all conditions, and what it means that one is met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from simulator.scenario.part import Part
from simulator.scenario.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One way in which a condition is met, `since` a simulated instant.

    An instant after now means: it will be met then, if nothing changes (an issue that stays where it is for two hours).
    `about` names what met it: pull → number, issue → key, branch → name, person → seat.
    """

    since: datetime
    about: Mapping[str, str] = field(default_factory=dict)


class Condition(Part):
    """Base of all conditions. Pure: the same view gives the same matches."""

    def matches(self, view: View) -> Iterator[Match]:
        """Everything that meets the condition, or will if nothing changes; nothing when it is not met."""
        raise NotImplementedError

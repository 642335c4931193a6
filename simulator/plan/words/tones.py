"""How the words of one occasion are kept: by the tone in which they are said."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.scenario.people import Tone


@dataclass(frozen=True, slots=True)
class Sayings:
    """Ways to say one thing; `{…}` fields are filled in. A tone without ways of its own borrows those of `warm`."""

    warm: tuple[str, ...]
    terse: tuple[str, ...] = ()
    formal: tuple[str, ...] = ()

    def of(self, tone: Tone) -> tuple[str, ...]:
        """The ways of a tone."""
        return {"warm": self.warm, "terse": self.terse, "formal": self.formal}[tone] or self.warm

    def every(self) -> tuple[str, ...]:
        """All ways in all tones, for somebody who has used up their own."""
        return (*self.warm, *self.terse, *self.formal)

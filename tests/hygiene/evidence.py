"""A piece of evidence, as the tests of the score give it."""

from __future__ import annotations

from simulator.hygiene.tally import Evidence


def a_piece(code: str, subject: str, item: str, mass: float, credit: float) -> Evidence:
    """How one subject did by one rule."""
    return Evidence(rule=code, subject=f"{subject} of {item}", item=item, mass=mass, credit=credit)

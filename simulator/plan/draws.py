"""What chance decides in a story: lengths of time, choices among options. The streams are those of model/chance.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from simulator.model.chance import rng

__all__ = ["drawn_length", "pick", "rng"]

Choice = TypeVar("Choice")


def drawn_length(shortest: timedelta, longest: timedelta, seed: int, *key: str) -> timedelta:
    """A length of time between two bounds, to the minute, drawn for this question."""
    minutes = int((longest - shortest).total_seconds() // 60)
    return shortest + timedelta(minutes=rng(seed, *key).randint(0, max(0, minutes)))


def pick(options: Sequence[Choice], seed: int, *key: str) -> Choice:
    """One of some options, drawn for this question."""
    return rng(seed, *key).choice(options)

"""Chance, made repeatable: one random stream for each question that chance decides.

Refuses to keep state. The same seed and key give the same draws in every process and on every machine, and a new question
changes no other one's answer.
"""

from __future__ import annotations

import random  # noqa: TID251 - the one place
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import TypeVar

Choice = TypeVar("Choice")


def rng(seed: int, *key: str) -> random.Random:
    """The random stream of one question, such as `rng(seed, "review", "3", "0")`.

    Streams of different keys are independent; parts of a key are kept apart, so ("ab", "c") is not ("a", "bc").
    """
    digest = sha256(b"\x1f".join(part.encode() for part in (str(seed), *key))).digest()
    return random.Random(int.from_bytes(digest, "big"))  # noqa: S311 - a story, not a secret


def drawn_length(shortest: timedelta, longest: timedelta, seed: int, *key: str) -> timedelta:
    """A length of time between two bounds, to the minute, drawn for this question."""
    minutes = int((longest - shortest).total_seconds() // 60)
    return shortest + timedelta(minutes=rng(seed, *key).randint(0, max(0, minutes)))


def pick(options: Sequence[Choice], seed: int, *key: str) -> Choice:
    """One of some options, drawn for this question."""
    return rng(seed, *key).choice(options)

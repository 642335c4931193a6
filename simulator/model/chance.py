"""Chance, made repeatable: one random stream for each question that chance decides.

Refuses to keep state. The same seed and key give the same stream in every process and on every machine, and a new question
changes no other one's answer.
"""

from __future__ import annotations

import random  # noqa: TID251 - the one place
from hashlib import sha256


def rng(seed: int, *key: str) -> random.Random:
    """The random stream of one question, such as `rng(seed, "review", "3", "0")`.

    Streams of different keys are independent; parts of a key are kept apart, so ("ab", "c") is not ("a", "bc").
    """
    digest = sha256(b"\x1f".join(part.encode() for part in (str(seed), *key))).digest()
    return random.Random(int.from_bytes(digest, "big"))  # noqa: S311 - a story, not a secret

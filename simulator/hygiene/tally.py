"""Evidence by rule and work item: what each piece takes from its item's credit. Pure, and knows neither weights nor time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One judged subject: its work item, its mass (lines, points, or 1) and the credit it earned, 0 to 1."""

    rule: str
    subject: str
    item: str
    mass: float
    credit: float
    open: bool = False


class Tally:
    """One rule's evidence by work item, and what each piece takes from its item's credit: all that does not hang on time.

    `before`, the tally of the same rule over other evidence, spares the work on items in which nothing is different.
    """

    def __init__(self, pieces: Iterable[Evidence], before: Tally | None = None) -> None:
        self.items: dict[str, list[Evidence]] = {}
        for piece in once(pieces):
            self.items.setdefault(piece.item, []).append(piece)
        known = before.items if before else {}
        self.shares: dict[str, Mapping[str, float]] = {
            item: before.shares[item] if before and known.get(item) == of_item else dict(_lacking(of_item))
            for item, of_item in self.items.items()
        }
        self.lacking = math.fsum(share for shares in self.shares.values() for share in shares.values())
        self.is_open = any(piece.open for of_item in self.items.values() for piece in of_item)

    def lacks(self) -> Iterator[tuple[str, float]]:
        """Each subject that takes something, with how much, in the order of their names."""
        return iter(sorted((s, share) for shares in self.shares.values() for s, share in shares.items() if share > 0))


def once(pieces: Iterable[Evidence]) -> Iterable[Evidence]:
    """A subject counts once, with its lowest credit; what weighs nothing does not count."""
    once: dict[str, Evidence] = {}
    for piece in pieces:
        if piece.mass > 0:
            known = once.setdefault(piece.subject, piece)
            if known is not piece and _key(piece) < _key(known):
                once[piece.subject] = piece
    return once.values()


def _lacking(pieces: Sequence[Evidence]) -> Iterator[tuple[str, float]]:
    """Each subject of one item with what it takes from the item's credit."""
    if all(piece.credit == 1.0 for piece in pieces):
        return
    mass = math.fsum(piece.mass for piece in pieces)
    for piece in pieces:
        yield piece.subject, (1.0 - piece.credit) * piece.mass / mass


NO_TALLY = Tally(())
"""Of a rule without evidence."""


def _key(piece: Evidence) -> tuple[float, str, float, bool]:
    return piece.credit, piece.item, piece.mass, not piece.open

"""Evidence by rule and work item: what each piece takes from its item's credit. Pure, and knows neither weights nor time."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from simulator.model.record import brief


@brief
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
        self.told: Any = None  # Any: what a score has made of it, for the next one
        self._counted = counted = once(pieces)
        self.items = {piece.item for piece in counted}
        self.is_open = any(piece.open for piece in counted)
        lacking = {piece.item for piece in counted if piece.credit != 1.0}
        self._lacking_items: dict[str, list[Evidence]] = {}
        for piece in counted if lacking else ():
            if piece.item in lacking:
                self._lacking_items.setdefault(piece.item, []).append(piece)
        known = before._lacking_items if before else {}
        self.shares: dict[str, Mapping[str, float]] = {
            item: before.shares[item] if before and known.get(item) == of_item else dict(_lacking(of_item))
            for item, of_item in self._lacking_items.items()
        }
        self.lacking = math.fsum(share for shares in self.shares.values() for share in shares.values())

    def with_more(self, pieces: Sequence[Evidence]) -> Tally:
        """The tally with more evidence: the same as of all of it, for the work that the items of these pieces make."""
        more = once(pieces)
        if not {piece.subject for piece in self._counted}.isdisjoint(piece.subject for piece in more):
            return Tally([*self._counted, *more], self)
        whole = Tally.__new__(Tally)
        whole.told = None
        whole._counted = [*self._counted, *more]
        whole.items = self.items | {piece.item for piece in more}
        whole.is_open = self.is_open or any(piece.open for piece in more)
        changed = {piece.item for piece in more if piece.credit != 1.0 or piece.item in self._lacking_items}
        of_items: dict[str, list[Evidence]] = {}
        for piece in whole._counted if changed else ():
            if piece.item in changed:
                of_items.setdefault(piece.item, []).append(piece)
        whole._lacking_items = {**self._lacking_items, **of_items}
        whole.shares = {**self.shares, **{item: dict(_lacking(of_item)) for item, of_item in of_items.items()}}
        whole.lacking = math.fsum(share for shares in whole.shares.values() for share in shares.values())
        return whole

    def lacks(self) -> Iterator[tuple[str, float]]:
        """Each subject that takes something, with how much, in the order of their names."""
        return iter(sorted((s, share) for shares in self.shares.values() for s, share in shares.items() if share > 0))


def once(pieces: Iterable[Evidence]) -> Collection[Evidence]:
    """A subject counts once, with its lowest credit; what weighs nothing does not count."""
    weighing = [piece for piece in pieces if piece.mass > 0]
    once = {piece.subject: piece for piece in weighing}
    if len(once) == len(weighing):
        return weighing
    for piece in weighing:
        if _key(piece) < _key(once[piece.subject]):
            once[piece.subject] = piece
    return once.values()


def _lacking(pieces: Sequence[Evidence]) -> Iterator[tuple[str, float]]:
    """Each subject of one item with what it takes from the item's credit."""
    mass = math.fsum(piece.mass for piece in pieces)
    for piece in pieces:
        yield piece.subject, (1.0 - piece.credit) * piece.mass / mass


NO_TALLY = Tally(())
"""Of a rule without evidence."""


def _key(piece: Evidence) -> tuple[float, str, float, bool]:
    return piece.credit, piece.item, piece.mass, not piece.open

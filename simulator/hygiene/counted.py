"""One rule's judgements that count for some seats: what they lack, and what a card shows of them first.

Refuses to judge, and to know what a rule weighs. What is counted once is counted again only when it may come out otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_

from simulator.hygiene.judgement import Judgement
from simulator.hygiene.tally import Tally
from simulator.hygiene.waivers import Waiver, Waivers
from simulator.model.hygiene import Finding, NotAvailable, Pass, Skip
from simulator.model.keys import SeatId

Place = tuple[float, bool, int, str, str]
Made = tuple[Judgement, Finding, Place]
Ranks = Sequence[tuple[tuple[float, bool], Sequence[Judgement]]]
"""Judgements by what they cost (less than 0, what costs most first) and whether they are no breaches."""
_FEW = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """For whom is counted. Who has not begun has shown nothing, whatever others gave them."""

    seats: frozenset[SeatId]
    has_begun: bool
    waivers: Waivers

    @property
    def excused(self) -> tuple[Waiver, ...]:
        """All waivers, to be compared."""
        return self.waivers.all


@dataclass(slots=True, kw_only=True, eq=False)
class Counted:
    """A rule's judgements for some seats. `waived`: how many work items have no other evidence than what is waived, or
    only such as could not be judged, because the service does not tell or the rule itself failed: none of it is expected.

    `graver` is what may cost points, was not available or failed; `made` are the findings that were made of judgements, by
    these judgements' ids, with their places on a card. `ranked` is what is graver by what it costs, with those costs.
    """

    judged: Sequence[Judgement]
    whose: Whose
    tally: Tally
    waived: int
    mine: Sequence[Judgement]
    graver: Sequence[Judgement]
    passed: Sequence[Judgement]
    skipped: Sequence[Judgement]
    made: dict[int, Made] = field(default_factory=dict)
    ranked: tuple[Mapping[str, float], Ranks] | None = None

    @classmethod
    def of(cls, judged: Sequence[Judgement], whose: Whose, *, before: Counted | None = None) -> Counted:
        """Count a rule's judgements; `before`, what was counted of it last, is given back where nothing is different."""
        if before is not None and before.judged is judged and _same(before.whose, whose):
            return before
        if before is not None and _goes_on(before, judged, whose):
            return before._with_more(judged)
        mine = [one for one in judged if not whose.seats.isdisjoint(one.opportunity.seats)]
        pieces, waived = whose.waivers.evidence(mine if whose.has_begun else ())
        graver, passed, skipped = _sorted_out(mine)
        return cls(
            judged=judged,
            whose=whose,
            tally=Tally(pieces, before.tally if before else None),
            waived=waived + (_not_judged(graver, mine) if whose.has_begun else 0),
            mine=mine,
            graver=graver,
            passed=passed,
            skipped=skipped,
            made=_still(before, mine) if before and _same(before.whose, whose) else {},
        )

    def _with_more(self, judged: Sequence[Judgement]) -> Counted:
        """What is counted with judgements behind those that were counted."""
        whose, more = self.whose, judged[len(self.judged) :]
        more = [one for one in more if not whose.seats.isdisjoint(one.opportunity.seats)]
        pieces = [one.evidence for one in more if one.evidence] if whose.has_begun else []
        graver, passed, skipped = ([*old, *new] for old, new in zip(self._parts, _sorted_out(more), strict=True))
        mine = [*self.mine, *more]
        return Counted(
            judged=judged,
            whose=whose,
            tally=self.tally.with_more(pieces) if pieces else self.tally,
            waived=_not_judged(graver, mine) if whose.has_begun else 0,
            mine=mine,
            graver=graver,
            passed=passed,
            skipped=skipped,
            made=_still(self, mine),
        )

    @property
    def _parts(self) -> tuple[Sequence[Judgement], Sequence[Judgement], Sequence[Judgement]]:
        return self.graver, self.passed, self.skipped


def _goes_on(before: Counted, judged: Sequence[Judgement], whose: Whose) -> bool:
    """Whether there is only more behind what was counted, and nothing that a waiver could change."""
    if whose.excused or not _same(before.whose, whose) or len(judged) <= len(before.judged):
        return False
    return all(map(is_, before.judged, judged))


def _sorted_out(mine: Iterable[Judgement]) -> tuple[list[Judgement], list[Judgement], list[Judgement]]:
    """What may cost points, was not available or failed; what passed in full; what was not judged."""
    graver: list[Judgement] = []
    passed: list[Judgement] = []
    skipped: list[Judgement] = []
    for one in mine:
        if isinstance(one.verdict, Pass) and one.verdict.credit >= 1.0:
            passed.append(one)
        else:
            (skipped if isinstance(one.verdict, Skip) else graver).append(one)
    return graver, passed, skipped


def _not_judged(graver: Sequence[Judgement], mine: Sequence[Judgement]) -> int:
    """How many work items cannot be judged at all."""
    failed = {one.opportunity.item for one in graver if one.verdict is None or isinstance(one.verdict, NotAvailable)}
    return len(failed - {one.opportunity.item for one in mine if one.evidence is not None}) if failed else 0


def _same(one: Whose, other: Whose) -> bool:
    return one.seats == other.seats and one.has_begun == other.has_begun and one.excused == other.excused


def _still(before: Counted, mine: Sequence[Judgement]) -> dict[int, Made]:
    """The findings that were made of judgements, those that do not stand any more among them until they are too many.

    An id is one's own only while what it names is kept: so each is kept beside its finding.
    """
    if len(before.made) <= 2 * len(mine) + _FEW:
        return before.made
    return {id(one): before.made[id(one)] for one in mine if id(one) in before.made}

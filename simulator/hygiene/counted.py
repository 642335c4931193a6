"""One rule's judgements that count for some seats: what they lack, and what a card shows of them first.

Refuses to judge, and to know what a rule weighs. What is counted once is counted again only when it may come out otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.hygiene.judging import Judgement
from simulator.hygiene.tally import Tally
from simulator.hygiene.waivers import Waiver, Waivers
from simulator.model.hygiene import Finding, NotAvailable, Pass, Skip
from simulator.model.keys import SeatId


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """A rule's judgements for some seats. `waived`: how many work items have no other evidence than what is waived, or
    only such as could not be judged, because the service does not tell or the rule itself failed: none of it is expected.

    `graver` is what may cost points, was not available or failed; `made` are the findings that were made of judgements.
    """

    judged: Sequence[Judgement]
    whose: Whose
    tally: Tally
    waived: int
    mine: Sequence[Judgement]
    graver: Sequence[Judgement]
    passed: Sequence[Judgement]
    skipped: Sequence[Judgement]
    made: dict[int, Finding] = field(default_factory=dict)

    @classmethod
    def of(cls, judged: Sequence[Judgement], whose: Whose, *, before: Counted | None = None) -> Counted:
        """Count a rule's judgements; `before`, what was counted of it last, is given back where nothing is different."""
        if before is not None and before.judged is judged and _same(before.whose, whose):
            return before
        mine = [one for one in judged if not whose.seats.isdisjoint(one.opportunity.seats)]
        pieces, waived = whose.waivers.evidence(mine if whose.has_begun else ())
        skipped = [one for one in mine if isinstance(one.verdict, Skip)]
        passed = [one for one in mine if isinstance(one.verdict, Pass) and one.verdict.credit >= 1.0]
        rest = {id(one) for one in (*skipped, *passed)}
        return cls(
            judged=judged,
            whose=whose,
            tally=Tally(pieces, before.tally if before else None),
            waived=waived + (_not_judged(mine) if whose.has_begun else 0),
            mine=mine,
            graver=[one for one in mine if id(one) not in rest],
            passed=passed,
            skipped=skipped,
            made=_still(before, mine) if before and _same(before.whose, whose) else {},
        )


def _not_judged(mine: Sequence[Judgement]) -> int:
    """How many work items cannot be judged at all."""
    failed = {one.opportunity.item for one in mine if one.verdict is None or isinstance(one.verdict, NotAvailable)}
    return len(failed - {one.opportunity.item for one in mine if one.evidence is not None}) if failed else 0


def _same(one: Whose, other: Whose) -> bool:
    return one.seats == other.seats and one.has_begun == other.has_begun and one.excused == other.excused


def _still(before: Counted, mine: Sequence[Judgement]) -> dict[int, Finding]:
    """The findings that were made of judgements which still stand. An id is one's own only while what it names is kept."""
    kept = {id(one) for one in before.mine}
    return {id(one): before.made[id(one)] for one in mine if id(one) in kept and id(one) in before.made}

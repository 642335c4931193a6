"""Waivers: breaches that cost nothing, because the scenario or a second person says so, with a reason.

What a waived finding lost is taken out of the evidence: a breach without credit altogether, of any other that part of its mass.
What is expected of its rule is less by the work items that have no evidence left. So a waiver never lowers a score, and never
scores better than clean work, which would have been evidence. Refuses to say who may waive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from simulator.hygiene.judgement import Judgement
from simulator.hygiene.tally import Evidence, once
from simulator.model.hygiene import Breach, UnusedWaiver, Waived


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Waives the breaches of a rule on a subject, or with `is_pattern` on all subjects that it matches: `branch:release/*`."""

    rule: str
    subject: str
    waived: Waived
    is_pattern: bool = False


class Waivers:
    """All waivers of a run; an exact one goes before a pattern, an earlier one before a later one."""

    def __init__(self, waivers: Iterable[Waiver] = ()) -> None:
        self.all = tuple(waivers)
        self._exact: dict[tuple[str, str], Waiver] = {}
        self._patterns: defaultdict[str, list[Waiver]] = defaultdict(list)
        for waiver in self.all:
            self._exact.setdefault((waiver.rule, waiver.subject), waiver)
            if waiver.is_pattern:
                self._patterns[waiver.rule].append(waiver)

    def on(self, judgement: Judgement) -> Waiver | None:
        """What waives a judgement. What has full credit needs no waiver; patterns are for breaches only."""
        if not self.all or judgement.evidence is None:
            return None
        rule, subject = judgement.rule.code, judgement.opportunity.name
        is_breach = isinstance(judgement.verdict, Breach)
        exact = self._exact.get((rule, subject)) if is_breach or judgement.evidence.credit < 1 else None
        patterns = self._patterns.get(rule, ()) if is_breach else ()
        return exact or next((one for one in patterns if fnmatchcase(subject, one.subject)), None)

    def evidence(self, judgements: Sequence[Judgement]) -> tuple[Iterable[Evidence], int]:
        """The evidence of some judgements of one rule that is left, and how many work items have none left by waivers."""
        pieces = (judgement.evidence for judgement in judgements if judgement.evidence)
        waived = {judgement.opportunity.name for judgement in judgements if self.on(judgement)} if self.all else ()
        if not waived:
            return pieces, 0
        every = list(once(pieces))
        left = [_earned(piece) if piece.subject in waived else piece for piece in every]
        left = [piece for piece in left if piece.mass > 0]
        return left, len({piece.item for piece in every} - {piece.item for piece in left})

    def unused(self, judged: Mapping[str, Sequence[Judgement]]) -> tuple[UnusedWaiver, ...]:
        """The waivers that no breach needs."""
        rules = {waiver.rule for waiver in self.all}
        used = {id(self.on(judgement)) for rule in rules for judgement in judged.get(rule, ())}
        return tuple(
            UnusedWaiver(rule=one.rule, subject=one.subject, reason=one.waived.reason, by=one.waived.by)
            for one in self.all
            if id(one) not in used
        )


def _earned(piece: Evidence) -> Evidence:
    """What is left of waived evidence: as much as earned its credit."""
    return replace(piece, mass=piece.mass * piece.credit, credit=1.0, open=False)


NO_WAIVERS = Waivers()

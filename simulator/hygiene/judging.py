"""The verdicts of rules on everything in a history, found again only where something they rest on has changed.

Refuses to add anything up. What comes of a history does not depend on the histories that were judged before it.
"""

from __future__ import annotations

import logging
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.hygiene.rule import Rule
from simulator.hygiene.subjects import Opportunity, Place, Source
from simulator.hygiene.tally import Evidence
from simulator.hygiene.watched import Note, changed, watch
from simulator.model.history import History
from simulator.model.hygiene import Breach, Pass, Verdict

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A rule's verdict on an opportunity; None when the rule itself failed."""

    rule: Rule
    opportunity: Opportunity[Any]  # Any: each kind has its own subject type
    verdict: Verdict | None
    evidence: Evidence | None
    """What counts of it; None for what was not judged."""


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """All verdicts on what was found in one thing, by place and rule, and what was read of the history for them."""

    thing: Any  # Any: what the source holds
    notes: Mapping[Note, None]
    verdicts: Mapping[tuple[int, str], Sequence[Judgement]]


class Judge:
    """Judges one history after another under the same rules. One for each run; not for several threads at once."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._before: History | None = None
        self._cells: dict[Source, dict[Hashable, _Cell]] = {}
        self._readers: dict[Note, set[_Cell]] = {}
        places: dict[Source, dict[int, tuple[Place[Any], list[Rule]]]] = {}
        for rule in self.rules:
            for place in rule.about.places:
                _, there = places.setdefault(place.source, {}).setdefault(id(place), (place, []))
                there.append(rule)
        self._places = {source: tuple(known.values()) for source, known in places.items()}

    def judge(self, history: History) -> dict[str, list[Judgement]]:
        """The verdicts of all rules, by their codes, on everything that they are about, whoever did it."""
        stale = self._stale(history)
        for source in self._places:
            known = self._cells.get(source, {})
            now: dict[Hashable, _Cell] = {}
            for key, thing in source.things(history):
                cell = known.pop(key, None)
                if cell is None or cell in stale or not (cell.thing is thing or cell.thing == thing):
                    self._forget(cell)
                    cell = self._judged(source, thing, history)
                now[key] = cell
            for gone in known.values():
                self._forget(gone)
            self._cells[source] = now
        self._before = history
        return {
            rule.code: [
                judgement
                for place in rule.about.places
                for cell in self._cells[place.source].values()
                for judgement in cell.verdicts.get((id(place), rule.code), ())
            ]
            for rule in self.rules
        }

    def _stale(self, history: History) -> set[_Cell]:
        """The cells that rest on something that this history tells otherwise than the one before."""
        if self._before is None:
            return set()
        return {cell for note in changed(self._readers, self._before, history) for cell in self._readers[note]}

    def _judged(self, source: Source, thing: Any, history: History) -> _Cell:
        watched, notes = watch(history)
        verdicts: dict[tuple[int, str], list[Judgement]] = {}
        for place, rules in self._places[source]:
            for opportunity in place.find(thing, watched):
                if opportunity.mass > 0:
                    for rule in rules:
                        there = verdicts.setdefault((id(place), rule.code), [])
                        there.append(_judgement(rule, opportunity, watched))
        cell = _Cell(thing, notes, verdicts)
        for note in notes:
            self._readers.setdefault(note, set()).add(cell)
        return cell

    def _forget(self, cell: _Cell | None) -> None:
        for note in cell.notes if cell else ():
            self._readers[note].discard(cell)
            if not self._readers[note]:
                del self._readers[note]


def _judgement(rule: Rule, opportunity: Opportunity[Any], history: History) -> Judgement:
    verdict = _verdict_on(rule, opportunity, history)
    evidence = None
    if isinstance(verdict, Pass | Breach):
        evidence = Evidence(
            rule=rule.code,
            subject=opportunity.name,
            item=opportunity.item,
            mass=opportunity.mass,
            credit=min(1.0, max(0.0, verdict.credit)),
            open=isinstance(verdict, Breach) and not verdict.repaired,
        )
    return Judgement(rule=rule, opportunity=opportunity, verdict=verdict, evidence=evidence)


def _verdict_on(rule: Rule, opportunity: Opportunity[Any], history: History) -> Verdict | None:
    """A rule's verdict on one opportunity; None, and a line in the log, when the rule itself fails."""
    try:
        return rule(opportunity.subject, history)
    except Exception:
        # A rule may come from elsewhere: its fault must cost neither the page nor the learner.
        logger.exception("rule %s failed on %s", rule.code, opportunity.name)
        return None

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
from simulator.hygiene.watched import Freshness, Note, watch
from simulator.model.history import History
from simulator.model.hygiene import Verdict

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A rule's verdict on an opportunity; None when the rule itself failed."""

    rule: Rule
    opportunity: Opportunity[Any]  # Any: each kind has its own subject type
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class _Cell:
    """All verdicts on what was found in one thing, by place and rule, and what they rest on."""

    thing: Any  # Any: what the source holds
    notes: list[Note]
    verdicts: Mapping[tuple[int, str], Sequence[Judgement]]


class Judge:
    """Judges one history after another under the same rules. One for each run; not for several threads at once."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._cells: dict[Source, dict[Hashable, _Cell]] = {}
        places: dict[Source, dict[int, tuple[Place[Any], list[Rule]]]] = {}
        for rule in self.rules:
            for place in rule.about.places:
                _, there = places.setdefault(place.source, {}).setdefault(id(place), (place, []))
                there.append(rule)
        self._places = {source: tuple(known.values()) for source, known in places.items()}

    def judge(self, history: History) -> tuple[Judgement, ...]:
        """The verdicts of all rules, rule by rule, on everything that they are about, whoever did it."""
        fresh = Freshness(history)
        for source, places in self._places.items():
            before = self._cells.get(source, {})
            self._cells[source] = {
                key: self._cell(thing, places, history, before.get(key), fresh) for key, thing in source.things(history)
            }
        return tuple(
            judgement
            for rule in self.rules
            for place in rule.about.places
            for cell in self._cells[place.source].values()
            for judgement in cell.verdicts.get((id(place), rule.code), ())
        )

    def _cell(
        self,
        thing: Any,
        places: Sequence[tuple[Place[Any], Sequence[Rule]]],
        history: History,
        before: _Cell | None,
        fresh: Freshness,
    ) -> _Cell:
        if before is not None and (before.thing is thing or before.thing == thing) and fresh.holds(before.notes):
            return before
        watched, notes = watch(history)
        verdicts: dict[tuple[int, str], list[Judgement]] = {}
        for place, rules in places:
            for opportunity in place.find(thing, watched):
                if opportunity.mass > 0:
                    for rule in rules:
                        judged = Judgement(
                            rule=rule, opportunity=opportunity, verdict=verdict_on(rule, opportunity, watched)
                        )
                        verdicts.setdefault((id(place), rule.code), []).append(judged)
        return _Cell(thing, notes, verdicts)


def verdict_on(rule: Rule, opportunity: Opportunity[Any], history: History) -> Verdict | None:
    """A rule's verdict on one opportunity; None, and a line in the log, when the rule itself fails."""
    try:
        return rule(opportunity.subject, history)
    except Exception:
        # A rule may come from elsewhere: its fault must cost neither the page nor the learner.
        logger.exception("rule %s failed on %s", rule.code, opportunity.name)
        return None

"""The verdicts of rules on everything in a history, found again only where something they rest on has changed.

Refuses to add anything up. What comes of a history does not depend on the histories that were judged before it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from simulator.hygiene.rule import Rule
from simulator.hygiene.subjects import Opportunity, Place, Source
from simulator.hygiene.tally import Evidence
from simulator.hygiene.watched import Note, changed, watch
from simulator.model.history import History
from simulator.model.hygiene import Breach, Pass, Verdict
from simulator.model.keys import SeatId

logger = logging.getLogger(__name__)
_WHOLE = frozenset({Source.HISTORY, Source.PEOPLE, Source.SPRINTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A rule's verdict on an opportunity; None when the rule itself failed."""

    rule: Rule
    opportunity: Opportunity[Any]  # Any: each kind has its own subject type; it may be that of an earlier history
    verdict: Verdict | None
    evidence: Evidence | None
    """What counts of it; None for what was not judged."""


@dataclass(slots=True, eq=False)
class _Given:
    """The judgement of one rule, and what was read of the history for it."""

    judgement: Judgement
    notes: Sequence[Note]
    found: _Found


@dataclass(slots=True, eq=False)
class _Found:
    """An opportunity and what was given on it, by rule."""

    opportunity: Opportunity[Any]
    given: dict[str, _Given] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Cell:
    """What was found in one thing, place by place, and what was read of the history to find it."""

    thing: Any  # Any: what the source holds
    places: Sequence[_Place]
    found: list[list[_Found]]
    notes: Sequence[Note] = ()


@dataclass(slots=True, eq=False)
class _Place:
    """A place and the rules that look there."""

    place: Place[Any]
    rules: list[Rule] = field(default_factory=list)


class Judge:
    """Judges one history after another under the same rules. One for each run; not for several threads at once."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._before: History | None = None
        self._readers: dict[Note, set[_Cell | _Given]] = {}
        self._places: dict[Source, dict[int, _Place]] = {}
        for rule in self.rules:
            for place in rule.about.places:
                self._places.setdefault(place.source, {}).setdefault(id(place), _Place(place)).rules.append(rule)
        self._cells: dict[Source, dict[tuple[Hashable, int], _Cell]] = {source: {} for source in self._places}
        self._by_rule: dict[str, tuple[Judgement, ...]] = {rule.code: () for rule in self.rules}
        self._different: set[str] = set()
        self._humans: frozenset[SeatId] = frozenset()
        self._failed: set[str] = set()

    def judge(self, history: History) -> dict[str, tuple[Judgement, ...]]:
        """The verdicts of all rules, by their codes, on everything that they are about and a human had a hand in.

        A rule of which nothing is different has the very tuple of the time before.
        """
        self._different.clear()
        self._humans = frozenset(person.seat for person in history.roster.humans())
        stale = self._stale(history)
        to_find = {cell: None for source in self._cells for cell in self._new(source, history)}
        to_find.update((reader, None) for reader in stale if isinstance(reader, _Cell) and reader.notes)
        for cell in to_find:
            self._find(cell, history)
        for reader in stale:
            if isinstance(reader, _Given) and reader.notes:
                self._give(reader.found, reader.judgement.rule, history)
        for code in self._different:
            self._by_rule[code] = tuple(self._judgements(code))
        self._before = history
        return dict(self._by_rule)

    def _stale(self, history: History) -> set[_Cell | _Given]:
        """Whatever rests on something that this history tells otherwise than the one before."""
        if self._before is None:
            return set()
        history.take_over(self._before)
        return {reader for note in changed(self._readers, self._before, history) for reader in self._readers[note]}

    def _new(self, source: Source, history: History) -> Iterator[_Cell]:
        """The cells of things that are new or another; those of things that are gone are left."""
        known, now = self._cells[source], {}
        order, groups = tuple(known), self._groups(source)
        for key, thing in source.things(history):
            for number, places in enumerate(groups):
                cell = known.pop((key, number), None)
                if cell is None:
                    cell = _Cell(thing, places, [[] for _ in places])
                    yield cell
                elif not (cell.thing is thing or cell.thing == thing):
                    cell.thing = thing
                    yield cell
                now[key, number] = cell
        for gone in known.values():
            self._leave(gone)
            for found in chain.from_iterable(gone.found):
                self._let_go(found)
        self._cells[source] = now
        if not _keeps_order(order, now):
            self._different.update(rule.code for places in groups for place in places for rule in place.rules)

    def _groups(self, source: Source) -> Sequence[Sequence[_Place]]:
        """The places that are looked at together: all in a small thing, each by itself where a thing is the whole sprint."""
        places = tuple(self._places[source].values())
        return tuple((place,) for place in places) if source in _WHOLE else (places,)

    def _find(self, cell: _Cell, history: History) -> None:
        """Look again at all places in one thing; what was given on the same opportunity stays."""
        self._leave(cell)
        watched, notes = watch(history)
        again = [self._find_at(place, cell, number, history=watched) for number, place in enumerate(cell.places)]
        cell.notes = tuple(notes)
        self._note(cell)
        for place, found, others in zip(cell.places, cell.found, again, strict=True):
            for one in found:
                for rule in place.rules:
                    if rule.code not in one.given or one in others:
                        self._give(one, rule, history)

    def _find_at(self, place: _Place, cell: _Cell, number: int, *, history: History) -> list[_Found]:
        """Look at one place in a thing. Those that are another opportunity than before, under the same name."""
        before = {found.opportunity.name: found for found in cell.found[number]}
        now: list[_Found] = []
        again: list[_Found] = []
        for opportunity in place.place.find(cell.thing, history):
            if opportunity.mass > 0 and not self._humans.isdisjoint(opportunity.seats):
                found = before.pop(opportunity.name, None) or _Found(opportunity)
                if found.opportunity != opportunity:
                    found.opportunity = opportunity
                    again.append(found)
                now.append(found)
        cell.found[number] = now
        for left in before.values():
            self._let_go(left)
        return again

    def _give(self, found: _Found, rule: Rule, history: History) -> None:
        before = found.given.get(rule.code)
        watched, notes = watch(history)
        judgement = _judgement(rule, found.opportunity, self._verdict_on(rule, found.opportunity, watched))
        if before is not None:
            self._leave(before)
            if _says_the_same(before.judgement, judgement):
                judgement = before.judgement
        if before is None or judgement is not before.judgement:
            self._different.add(rule.code)
        given = found.given[rule.code] = _Given(judgement, tuple(notes), found)
        self._note(given)

    def _verdict_on(self, rule: Rule, opportunity: Opportunity[Any], history: History) -> Verdict | None:
        """A rule's verdict on one opportunity; None when the rule itself fails, which the log tells once of each rule."""
        try:
            return rule(opportunity.subject, history)
        except Exception:
            # A rule may come from elsewhere: its fault must cost neither the page nor the learner.
            if rule.code not in self._failed:
                self._failed.add(rule.code)
                logger.exception("rule %s failed on %s; it costs nobody points", rule.code, opportunity.name)
            return None

    def _judgements(self, code: str) -> Iterator[Judgement]:
        """Those of one rule, in the order of its places, their things and what was found in them."""
        rule = next(rule for rule in self.rules if rule.code == code)
        for place in rule.about.places:
            number = list(self._places[place.source]).index(id(place))
            group, column = (number, 0) if place.source in _WHOLE else (0, number)
            for (_, of), cell in self._cells[place.source].items():
                if of == group:
                    for found in cell.found[column]:
                        yield found.given[code].judgement

    def _note(self, reader: _Cell | _Given) -> None:
        for note in reader.notes:
            if note in self._readers:
                self._readers[note].add(reader)
            else:
                self._readers[note] = {reader}

    def _leave(self, reader: _Cell | _Given) -> None:
        for note in reader.notes:
            readers = self._readers[note]
            readers.discard(reader)
            if not readers:
                del self._readers[note]
        reader.notes = ()

    def _let_go(self, found: _Found) -> None:
        for given in found.given.values():
            self._leave(given)
            self._different.add(given.judgement.rule.code)


def _keeps_order(before: Iterable[Hashable], now: Collection[Hashable]) -> bool:
    """Whether what is still there comes in the order of before."""
    known = dict.fromkeys(before)
    still = (key for key in known if key in now)
    return all(key == next(still) for key in now if key in known)


def _says_the_same(one: Judgement, other: Judgement) -> bool:
    """Whether two judgements come to the same for everybody who reads them: all but the subject itself."""
    mine, its = one.opportunity, other.opportunity
    return one.verdict == other.verdict and (
        (mine.name, mine.url, mine.item, mine.mass, mine.seats, mine.at)
        == (its.name, its.url, its.item, its.mass, its.seats, its.at)
    )


def _judgement(rule: Rule, opportunity: Opportunity[Any], verdict: Verdict | None) -> Judgement:
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

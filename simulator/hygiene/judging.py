"""The verdicts of rules on everything in a history, found again only where something they rest on has changed.

Refuses to add anything up. What comes of a history does not depend on the histories that were judged before it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import eq
from typing import Any

from simulator.hygiene.cells import Cell, Found, PlaceOfRules, columns_of, groups_of, keeps_order
from simulator.hygiene.judgement import Judgement, judgement_of, says_the_same
from simulator.hygiene.readers import Readers
from simulator.hygiene.rule import Rule
from simulator.hygiene.subjects import Opportunity, Source
from simulator.hygiene.watched import Note, have_one_frame, watch
from simulator.model.history import History
from simulator.model.hygiene import Verdict
from simulator.model.keys import SeatId

logger = logging.getLogger(__name__)
_Reader = Cell | tuple[Found, int]
"""Who read something: the search in a thing, or the rule of that number in its place, judging what was found."""
_NONE: Sequence[Found] = ()


class Judge:
    """Judges one history after another under the same rules. One for each run; not for several threads at once."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._failed: set[str] = set()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._before: History | None = None
        self._groups = groups_of(self.rules)
        self._columns = columns_of(self._groups)
        self._readers: Readers[_Reader] = Readers()
        self._due: set[tuple[Found, int]] = set()
        self._by_rule: dict[str, tuple[Judgement, ...]] = {rule.code: () for rule in self.rules}
        self._different: set[str] = set()
        self._said_more: set[str] = set()
        self._at_end: set[Cell] = set()  # things that came behind all others of their group
        self._humans: frozenset[SeatId] = frozenset()

    def judge(self, history: History) -> dict[str, tuple[Judgement, ...]]:
        """The verdicts of all rules, by their codes, on everything that they are about and a human had a hand in.

        A rule of which nothing is different has the very tuple of the time before.
        """
        if self._before is not None and not have_one_frame(self._before, history):
            self._begin_anew()
        for changing in (self._different, self._said_more, self._at_end):
            changing.clear()
        self._humans = frozenset(person.seat for person in history.roster.humans())
        stale = self._stale(history)
        self._due = {reader for reader in stale if isinstance(reader, tuple)}
        to_find = {cell: None for source in self._groups for cell in self._new(source, history)}
        to_find.update((reader, None) for reader in stale if isinstance(reader, Cell) and reader.notes)
        watched, notes = watch(history)
        for cell in to_find:
            self._find(cell, watched, notes)
        for found, number in tuple(self._due):
            self._give(found, number, found.judgements[number].rule, watched, notes)
        for code in self._different | self._said_more:
            self._by_rule[code] = self._told(code)
        self._before = history
        return dict(self._by_rule)

    def _stale(self, history: History) -> set[_Reader]:
        """Whatever rests on something that this history tells otherwise than the one before."""
        if self._before is None:
            return set()
        history.take_over(self._before)
        if not self._readers.are_kept:
            self._readers.begin(self._everybody())
        return self._readers.of_what_differs(self._before, history)

    def _new(self, source: Source, history: History) -> Iterator[Cell]:
        """The cells of things that are new or another; those of things that are gone are left."""
        if self._before is not None and source.is_the_same(self._before, history):
            return
        things = dict(source.things(history))
        for group in self._groups[source]:
            known, group.cells = group.cells, {}
            new: list[Cell] = []
            for key, thing in things.items():
                cell = known.get(key)
                if cell is None:
                    cell = Cell(thing, group.places, [_NONE] * len(group.places))
                    new.append(cell)
                    yield cell
                elif cell.thing is not thing:
                    before, cell.thing = cell.thing, thing
                    if before != thing:
                        yield cell
                group.cells[key] = cell
            for gone in known.keys() - group.cells.keys():
                self._close(known[gone])
            if len(known) + len(new) == len(group.cells) and all(map(eq, known, group.cells)):
                self._at_end.update(new)
            elif not keeps_order(known, group.cells):
                self._different.update(rule.code for place in group.places for rule in place.rules)

    def _find(self, cell: Cell, watched: History, notes: dict[Note, None]) -> None:
        """Look again at all places in one thing; what was given on the same opportunity stays."""
        self._readers.leave(cell, cell.notes)
        others: list[Found] = []
        if any(cell.found):
            cell.found = [
                self._found(place.place.find(cell.thing, watched), before, others)
                for place, before in zip(cell.places, cell.found, strict=True)
            ]
        else:
            self._find_first(cell, watched)
        cell.notes = tuple(notes)
        notes.clear()
        self._readers.add(cell, cell.notes)
        for place, found in zip(cell.places, cell.found, strict=True):
            for one in found:
                if not one.judgements:
                    self._begin(one, place, watched, notes)
                    self._say(one, place, at_end=cell in self._at_end)
                elif one in others:
                    for number, rule in enumerate(place.rules):
                        self._give(one, number, rule, watched, notes)

    def _find_first(self, cell: Cell, watched: History) -> None:
        """Look at all places in a thing in which nothing was found before."""
        thing, humans = cell.thing, self._humans
        cell.found = []
        for place in cell.places:
            now: list[Found] = []
            for opportunity in place.place.find(thing, watched):
                if opportunity.mass > 0 and not humans.isdisjoint(opportunity.seats):
                    now.append(Found(opportunity))  # noqa: PERF401 - a comprehension is a call each time
            cell.found.append(now or _NONE)

    def _found(
        self, opportunities: Iterable[Opportunity[Any]], before: Sequence[Found], others: list[Found]
    ) -> Sequence[Found]:
        """What is found in one place. Those that are another opportunity than before, under the same name, go to `others`."""
        known = {one.opportunity.name: one for one in before} if before else {}
        now: list[Found] = []
        for opportunity in opportunities:
            if opportunity.mass > 0 and not self._humans.isdisjoint(opportunity.seats):
                one = known.pop(opportunity.name, None)
                if one is None:
                    one = Found(opportunity)
                elif one.opportunity != opportunity:
                    one.opportunity = opportunity
                    others.append(one)
                now.append(one)
        for left in known.values():
            self._let_go(left)
        return now or _NONE

    def _begin(self, found: Found, place: PlaceOfRules, watched: History, notes: dict[Note, None]) -> None:
        """Judge for the first time what was found."""
        opportunity = found.opportunity
        for rule in place.rules:
            found.judgements.append(judgement_of(rule, opportunity, self._verdict_on(rule, opportunity, watched)))
            found.notes.append(tuple(notes))
            notes.clear()
        if self._readers.are_kept:
            for number, read in enumerate(found.notes):
                self._readers.add((found, number), read)

    def _say(self, found: Found, place: PlaceOfRules, *, at_end: bool) -> None:
        """What was judged for the first time is more than before, and where it stands behind all else, nothing but more."""
        if not at_end:
            self._different.update([rule.code for rule in place.rules])
            return
        for rule, judgement, said in zip(place.rules, found.judgements, place.said, strict=True):
            said.append(judgement)
            self._said_more.add(rule.code)

    def _give(self, found: Found, number: int, rule: Rule, watched: History, notes: dict[Note, None]) -> None:
        """Judge again by one rule what was found. What says the same as before stays what it was."""
        judgement = judgement_of(rule, found.opportunity, self._verdict_on(rule, found.opportunity, watched))
        read = tuple(notes)
        notes.clear()
        self._readers.leave((found, number), found.notes[number])
        self._readers.add((found, number), read)
        self._due.discard((found, number))
        found.notes[number] = read
        if not says_the_same(found.judgements[number], judgement):
            found.judgements[number] = judgement
            self._different.add(rule.code)

    def _verdict_on(self, rule: Rule, opportunity: Opportunity[Any], history: History) -> Verdict | None:
        """A rule's verdict on one opportunity; None when the rule itself fails, which the log tells once of each rule."""
        try:
            return rule.judge(opportunity.subject, history, rule.options)
        except Exception:
            # A rule may come from elsewhere: its fault must cost neither the page nor the learner.
            if rule.code not in self._failed:
                self._failed.add(rule.code)
                logger.exception("rule %s failed on %s; it costs nobody points", rule.code, opportunity.name)
            return None

    def _told(self, code: str) -> tuple[Judgement, ...]:
        """Those of one rule; where there is only more in its only place, or nothing was there before, what was and that."""
        before = self._by_rule[code]
        said = [group.places[column].said[number] for group, column, number in self._columns[code]]
        is_more = code not in self._different and (len(said) == 1 or not before)
        now = (*before, *chain.from_iterable(said)) if is_more else self._judgements(code)
        for some in said:
            some.clear()
        return now

    def _judgements(self, code: str) -> tuple[Judgement, ...]:
        """Those of one rule, in the order of its places, their things and what was found in them."""
        every: list[Judgement] = []
        for group, column, number in self._columns[code]:
            found_there = chain.from_iterable([cell.found[column] for cell in group.cells.values()])
            every += [found.judgements[number] for found in found_there]
        return tuple(every)

    def _everybody(self) -> Iterator[tuple[_Reader, tuple[Note, ...]]]:
        """All who read something, with what they read."""
        for groups in self._groups.values():
            for group in groups:
                for cell in group.cells.values():
                    yield cell, cell.notes
                    for found in chain.from_iterable(cell.found):
                        for number, notes in enumerate(found.notes):
                            yield (found, number), notes

    def _close(self, cell: Cell) -> None:
        """Leave a thing that is gone, with all that was found in it."""
        self._readers.leave(cell, cell.notes)
        cell.notes = ()
        for found in chain.from_iterable(cell.found):
            self._let_go(found)

    def _let_go(self, found: Found) -> None:
        for number, judgement in enumerate(found.judgements):
            self._readers.leave((found, number), found.notes[number])
            self._due.discard((found, number))
            self._different.add(judgement.rule.code)

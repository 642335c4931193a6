"""What a judge keeps: in each thing what was found there, and what each rule said of it.

Refuses to judge. Places are looked at together where a thing is small, and each by itself where a thing is the whole sprint.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import eq
from typing import Any

from simulator.hygiene.judgement import Judgement
from simulator.hygiene.rule import Rule
from simulator.hygiene.subjects import Opportunity, Place, Source
from simulator.hygiene.watched import Note

_WHOLE = frozenset({Source.HISTORY, Source.PEOPLE, Source.SPRINTS})


@dataclass(slots=True, eq=False)
class Found:
    """An opportunity, and by the rules of its place what was judged of it and what was read of the history for that."""

    opportunity: Opportunity[Any]
    judgements: list[Judgement] = field(default_factory=list)
    notes: list[tuple[Note, ...]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Cell:
    """What was found in one thing, place by place, and what was read of the history to find it."""

    thing: Any  # Any: what the source holds
    places: Sequence[PlaceOfRules]
    found: list[Sequence[Found]]
    notes: tuple[Note, ...] = ()


@dataclass(slots=True, eq=False)
class PlaceOfRules:
    """A place and the rules that look there, and by rule what each has said there of things that came behind all others."""

    place: Place[Any]
    rules: list[Rule] = field(default_factory=list)
    said: list[list[Judgement]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Group:
    """Places that are looked at together in each thing of a source, and what was found there, thing by thing."""

    places: Sequence[PlaceOfRules]
    cells: dict[Hashable, Cell] = field(default_factory=dict)


def groups_of(rules: Iterable[Rule]) -> Mapping[Source, Sequence[Group]]:
    """The places of some rules as they are looked at together: all in a small thing, each by itself where a thing is the whole
    sprint.
    """
    places: dict[Source, dict[int, PlaceOfRules]] = {}
    for rule in rules:
        for place in rule.about.places:
            looked_at = places.setdefault(place.source, {}).setdefault(id(place), PlaceOfRules(place))
            looked_at.rules.append(rule)
            looked_at.said.append([])
    return {
        source: [Group((place,)) for place in of_it.values()] if source in _WHOLE else [Group(tuple(of_it.values()))]
        for source, of_it in places.items()
    }


def columns_of(groups: Mapping[Source, Sequence[Group]]) -> Mapping[str, Sequence[tuple[Group, int, int]]]:
    """Rule → where its judgements are, in the order of its places: the group, the place's number in it, the rule's in that."""
    where: dict[tuple[str, int], tuple[Group, int, int]] = {}
    rules: dict[str, Rule] = {}
    for group in chain.from_iterable(groups.values()):
        for column, place in enumerate(group.places):
            for number, rule in enumerate(place.rules):
                where[rule.code, id(place.place)] = group, column, number
                rules[rule.code] = rule
    return {code: [where[code, id(place)] for place in rule.about.places] for code, rule in rules.items()}


def keeps_order(before: Iterable[Hashable], now: Mapping[Hashable, object]) -> bool:
    """Whether what is still there comes in the order of before."""
    if all(map(eq, before, now)):
        return True
    known = dict.fromkeys(before)
    still = (key for key in known if key in now)
    return all(key == next(still) for key in now if key in known)

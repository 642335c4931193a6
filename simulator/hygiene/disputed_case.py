"""A disputed verdict as a case for its rule's case file: the facts that it rests on and no others, with nobody's names in them.

People, addresses and the repository get other names first; then facts, and details of facts, are left out as long as the rule
says the very same without them. What remains is what the judgement rests on. Refuses to say who is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.hygiene.case_facts import CaseFact, CaseFacts, CasePerson, email_of, name_of, told_of
from simulator.hygiene.judging import Judge
from simulator.hygiene.rule import Rule
from simulator.model.facts import Fact
from simulator.model.hygiene import Breach, Pass, Verdict
from simulator.model.keys import SeatId
from simulator.model.people import Person, Roster

LEARNER = "ada"
_HUMANS = (LEARNER, "ben", "cleo", "dora", "emil", "fay", "gus", "hanna", "ivo", "jana")
_TEAMMATES = ("rita", "tom", "uma", "vito", "wanda", "xaver", "yara", "zeno")
_ADDRESS = re.compile(r"https?://[^/\s\"'<>()]+(?:/sites/[^/\s\"'<>()]+)?(?:/(?:github|jira)(?=/))?")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PLACE = "https://work.example"
_OUR_MAIL = "@example.com"
_MOST_TRIES = 600
_FEW = 10
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What is disputed: a rule's word on a subject, by the facts of a run; `frame` has its calendar and bounds.

    `places` are names of owner and repository, with what they are called in the case.
    """

    rule: Rule
    subject: str
    learner: SeatId
    roster: Roster
    frame: CaseFacts
    facts: Sequence[Fact]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Word:
    """What is to stay the same."""

    verdict: Verdict
    mass: float
    item: str
    url: str


def disputed_case(disputed: Disputed, *, instants: Iterable[datetime], name: str, right: str) -> dict[str, Any] | None:
    """The case as plain values, expecting the outcome that is `right` (pass or skip).

    `instants` (simulated) are tried in turn: as things stood then. None when the facts lead to the verdict at none of them.
    """
    renaming = _Renaming(disputed)
    people = {renaming.seats[one.seat]: CasePerson(kind=one.kind, role=one.role) for one in disputed.roster}
    told, subject = tuple(map(renaming.fact, told_of(disputed.facts))), renaming.text(disputed.subject)
    frames = (disputed.frame.model_copy(update={"people": people, "told": told, "now": now}) for now in instants)
    words = ((frame, _word_on(frame, disputed.rule, subject)) for frame in frames)
    frame, wanted = next((found for found in words if found[1]), (disputed.frame, None))
    if wanted is None:
        return None
    tries = iter(range(_MOST_TRIES))

    def holds(told: Sequence[CaseFact]) -> bool:
        tried = frame.model_copy(update={"told": tuple(told)})
        return next(tries, None) is not None and _word_on(tried, disputed.rule, subject) == wanted

    told = tuple(_lean(_fewer(frame.told, holds), holds))
    return {
        "name": renaming.text(" ".join(name.split()))[:_LONGEST_NAME],
        "facts": frame.model_copy(update={"told": told}).model_dump(mode="json", exclude_defaults=True),
        "subject": subject,
        "expect": {"outcome": right},
    }


def _word_on(frame: CaseFacts, rule: Rule, subject: str) -> _Word | None:
    """What the rule says of the subject by these facts; None when it says nothing, or the facts tell no history."""
    try:
        judged = Judge([rule]).judge(frame.history())[rule.code]
    except Exception:  # facts without what a history needs of them: one try among many
        return None
    for one in judged:
        if (
            one.opportunity.name == subject
            and isinstance(one.verdict, Pass | Breach)
            and LEARNER in one.opportunity.seats
        ):
            return _Word(one.verdict, one.opportunity.mass, one.opportunity.item, one.opportunity.url)
    return None


# --- less and less ----------------------------------------------------------------------------------------------------


def _fewer(told: Sequence[CaseFact], holds: Callable[[Sequence[CaseFact]], bool]) -> list[CaseFact]:
    """As few facts as will do: halves, quarters and so on are left out as long as it holds.

    Source: Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002 (https://doi.org/10.1109/32.988498)
    """
    left, parts = list(told), 2
    while len(left) > 1:
        size = -(-len(left) // parts)
        without = ([*left[:start], *left[start + size :]] for start in range(0, len(left), size))
        found = next((some for some in without if holds(some)), None)
        if found is not None:
            left, parts = found, max(parts - 1, 2)
        elif size == 1:
            break
        else:
            parts = min(len(left), parts * 2)
    return left


def _lean(told: Sequence[CaseFact], holds: Callable[[Sequence[CaseFact]], bool]) -> list[CaseFact]:
    """The same facts with as little in them as will do."""
    left = list(told)
    for number, fact in enumerate(told):
        for part in ("recorded_at", "url", *sorted(fact.detail)):
            for leaner in _leaner(left[number], part):
                if holds([*left[:number], leaner, *left[number + 1 :]]):
                    left[number] = leaner
                    break
    return left


def _leaner(fact: CaseFact, part: str) -> Iterator[CaseFact]:
    """The fact with less of one part, the least first."""
    if part in ("recorded_at", "url"):
        nothing: dict[str, Any] = {"recorded_at": None, "url": ""}
        yield fact.model_copy(update={part: nothing[part]})
        return
    others = {key: value for key, value in fact.detail.items() if key != part}
    yield fact.model_copy(update={"detail": others})
    for value in _less_of(fact.detail[part]):
        yield fact.model_copy(update={"detail": {**fact.detail, part: value}})


def _less_of(value: Any) -> Iterator[Any]:  # Any: JSON values
    if isinstance(value, str) and value:
        yield ""
        yield value.partition("\n")[0]
    elif isinstance(value, list) and value:
        yield []
        yield [_without_text(item) for item in value]
        yield from ([item] for item in value[:_FEW])


def _without_text(item: Any) -> Any:  # Any: JSON values
    """A file of a diff without its patch, a remark without its body."""
    if not isinstance(item, Mapping):
        return item
    return {key: value for key, value in item.items() if key not in ("patch", "body")}


# --- other names ------------------------------------------------------------------------------------------------------


class _Renaming:
    """Other names for people and places, all at once, so that a new name is never taken for an old one."""

    def __init__(self, disputed: Disputed) -> None:
        humans = sorted(disputed.roster.humans(), key=lambda person: person.seat != disputed.learner)
        others = [person for person in disputed.roster if person not in humans]
        self.seats = dict(_numbered(humans, _HUMANS)) | dict(_numbered(others, _TEAMMATES))
        known = dict(disputed.places)
        for person in disputed.roster:
            known |= _known_as(person, self.seats[person.seat])
        longest_first = sorted((name for name in known if name), key=len, reverse=True)
        self._known = known
        self._names = re.compile("|".join(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])" for name in longest_first))

    def text(self, text: str) -> str:
        """A text with the other names."""
        placed = _ADDRESS.sub(_PLACE, text)
        renamed = self._names.sub(lambda found: self._known[found[0]], placed)
        return _EMAIL.sub(lambda found: found[0] if found[0].endswith(_OUR_MAIL) else f"somebody{_OUR_MAIL}", renamed)

    def fact(self, fact: CaseFact) -> CaseFact:
        """A fact with the other names."""
        by = self.seats.get(SeatId(fact.by), fact.by) if fact.by else None
        words = {"subject": self.text(fact.subject), "url": self.text(fact.url)}
        return fact.model_copy(update={"by": by, **words, "detail": self._below(fact.detail)})

    def _below(self, value: Any) -> Any:  # Any: JSON values
        if isinstance(value, Mapping):
            return {key: self._below(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._below(item) for item in value]
        return self.text(value) if isinstance(value, str) else value


def _numbered(people: Sequence[Person], names: Sequence[str]) -> Iterator[tuple[SeatId, str]]:
    for number, person in enumerate(people):
        again = number // len(names)
        yield person.seat, f"{names[number % len(names)]}{again + 1 if again else ''}"


def _known_as(person: Person, seat: str) -> dict[str, str]:
    first = person.name.split()[0] if person.name.split() else ""
    return {
        first: name_of(seat),
        person.name: name_of(seat),
        str(person.seat): seat,
        str(person.login): seat,
        person.email: email_of(seat),
        person.email.lower(): email_of(seat),
    }

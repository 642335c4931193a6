"""`sprintdojo lint`, whole: sources read, people joined, history judged, and what came of it as JSON values.

Refuses to print. Writes nothing, neither into the clone nor into a service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from simulator.adapters.clone import Clone
from simulator.adapters.clone_past import ClonePast, quiet
from simulator.errors import SetupError
from simulator.hygiene.card_json import scorecard_json
from simulator.hygiene.outputs import Card
from simulator.model.facts import FactKind
from simulator.model.history import History
from simulator.model.hygiene import Scorecard
from simulator.model.keys import SeatId
from simulator.model.past import Past, Told
from simulator.model.people import Person, Roster
from simulator.run.lint.looking_back import Range, accounts_told, look_back
from simulator.run.lint.mapping import MappingPart
from simulator.run.lint.notes import notes_on
from simulator.run.lint.people import roster_of
from simulator.run.lint.scoring import LintScorer, findings_by_rule, people_in
from simulator.run.lint.told import people_of, told_by_mapping, told_by_names
from simulator.run.lint.words import not_judged_words, notes_words, range_words

FORMAT = 1
"""Version of what `lint` adds to a scorecard's JSON."""
Progress = Callable[[str, int, int], None]
ReadServices = Callable[[Range, Progress], Sequence[Past]]
"""Reads GitHub and Jira over a range; see services.py."""
CardsOf = Callable[[History], Sequence[SeatId]]
"""Who gets a card of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is to be judged. `branch`, `project` and `profile` go before what the mapping says."""

    clone: Path
    over: Range
    mapping: MappingPart = field(default_factory=lambda: MappingPart(format=1))
    folder: Path | None = None
    branch: str | None = None
    project: str | None = None
    profile: str | None = None
    services: ReadServices | None = None


@dataclass(frozen=True, slots=True)
class Linted:
    """What came of it: cards by person, None being the team, and what is told beside them."""

    title: str
    history: History
    cards: Mapping[SeatId | None, Scorecard]
    beside: Mapping[str, Any]  # Any: JSON values

    def card(self, seat: SeatId | None) -> Card:
        """A person's card, or the team's, for the output forms; the team's has everything else with it."""
        told = Card(
            title=self.title,
            values=scorecard_json(self.cards[seat]) | {"lint": dict(self.beside)},
            about=(range_words(self.beside),),
            beside=(*notes_words(self.beside), *not_judged_words(self.beside)),
        )
        if seat is None:
            return told
        person = self.history.roster[seat]
        return replace(told, name=person.name, login=person.login or seat, email=person.email)


def nobody(_: History) -> Sequence[SeatId]:
    """No card but the team's."""
    return ()


def lint(choice: Choice, *, cards_of: CardsOf = nobody, progress: Progress = quiet) -> Linted:
    """Judge a past. The team gets a card, and whom `cards_of` names.

    Raises SetupError for a clone that cannot be read and for a range in which nothing happened, ScenarioError for terms of the
    mapping that there are not, AdapterError for a service that does not answer.
    """
    clone = Clone(choice.clone, branch=choice.branch or choice.mapping.branch)
    pasts = _pasts(clone, choice, progress)
    hygiene = choice.mapping.hygiene
    if choice.profile:
        hygiene = hygiene.model_copy(update={"profile": choice.profile})
    tells = frozenset().union(*(past.tells for past in pasts))
    if accounts_told(pasts) is not None:
        tells |= {Told.ACCOUNTS}
    scorer = LintScorer(hygiene, tells, choice.folder)
    roster = roster_of((one for past in pasts for one in past.people), known=tuple(people_of(choice.mapping)))
    history = look_back(pasts, roster=roster, over=choice.over, calendar=choice.mapping.calendar)
    _check_something_happened(history, clone, choice.over)
    missing = [sentence for past in pasts for sentence in past.missing]
    del pasts  # of ten thousand commits some forty megabytes, which judging can use
    people, asked = people_in(history), cards_of(history)
    progress("rules", 0, 1)
    cards, open_by_rule = scorer.cards(history, [None, *asked])
    progress("rules", 1, 1)
    title = clone.html_url.rpartition("/")[2] or clone.path.resolve().name.removesuffix(".git")
    beside = {
        "format": FORMAT,
        "repository": clone.html_url or title,
        "branch": clone.branch,
        "project": history.project or None,
        "since": choice.over.since.isoformat(),
        "until": choice.over.until.isoformat(),
        "seen": _seen(history, people),
        "told": sorted(map(str, tells)),
        "open_by_rule": findings_by_rule(cards[None], open_by_rule),
        "people": [_person(roster[seat], history, cards.get(seat)) for seat in people],
        "not_judged": [
            {"rule": one.rule, "name": one.name, "lacks": list(one.lacks), "how": list(one.how)}
            for one in scorer.not_judged
        ],
        "missing": missing,
        "notes": list(notes_on(cards[None], history)),
    }
    return Linted(title, history, cards, beside)


def _pasts(clone: Clone, choice: Choice, progress: Progress) -> list[Past]:
    over, project = choice.over, choice.project or choice.mapping.project
    mapping = choice.mapping.model_copy(update={"project": project})
    read = ClonePast(clone, since=over.since, until=over.until, progress=progress)
    services = list(choice.services(over, progress)) if choice.services else []
    own = [told_by_mapping(mapping, since=over.since, until=over.until), *services, read.past()]
    heads = (
        str(sha)
        for past in services
        for seen in past.observations
        if seen.kind is FactKind.PULL_REQUEST_HEAD
        for sha in seen.detail["commits"]
    )
    own.append(read.further(heads))
    asked = next((past.project for past in own if past.project), None)
    if asked and not any(seen.kind is FactKind.ISSUE_CREATED for past in own for seen in past.observations):
        own.append(told_by_names(own, asked, since=over.since))
    return own


def _check_something_happened(history: History, clone: Clone, over: Range) -> None:
    if history.landings or history.pulls or history.last_deeds:
        return
    last = clone.last_instant()
    what = f"nothing reached {clone.branch} from {over.since:%Y-%m-%d} to {over.until:%Y-%m-%d}"
    if over.since <= last < over.until:
        what = f"nothing of what reached {clone.branch} from {over.since:%Y-%m-%d} on is whole in the clone"
        raise SetupError(
            what, where=str(clone.path), to_do="fetch the rest: git fetch --unshallow; or look with git fsck"
        )
    to_do = f"its last commit is of {last:%Y-%m-%d}: choose a range with --since and --until"
    raise SetupError(what, where=str(clone.path), to_do=to_do)


def _seen(history: History, people: Sequence[SeatId]) -> dict[str, int]:
    merged = sum(pull.merged_at is not None for pull in history.pulls.values())
    return {
        "commits": len(history.commits),
        "by_themselves": len(history.alone),
        "pull_requests": len(history.pulls),
        "merged": merged,
        "issues": len(history.issues),
        "sprints": len(history.sprints),
        "people": len(people),
    }


def _person(person: Person, history: History, card: Scorecard | None) -> dict[str, Any]:
    made = sum(commit.author == person.seat for commit in history.commits.values())
    told = {"seat": person.seat, "name": person.name, "commits": made}
    if card is None:
        return told
    return told | {"score": round(card.score, 2), "letter": card.letter, "confidence": card.confidence.value}


def person_named(name: str, history: History) -> SeatId:
    """The seat of somebody by seat, name or account. Raises SetupError."""
    roster: Roster = history.roster
    wanted = name.casefold()
    fits = [person.seat for person in roster if wanted in {person.seat, person.name.casefold()}]
    seat = roster.seat_of(name) or next(iter(fits), None)
    if seat is None or seat not in history.last_deeds:
        known = ", ".join(roster[other].name for other in people_in(history)[:8])
        raise SetupError(f"nobody called {name[:60]!r} did anything here", to_do=f"one of: {known}")
    return seat

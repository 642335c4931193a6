"""Scorecards to take along: the card of a seat or of the team in the form that is asked for, and the schema of its JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from simulator.hygiene.card_schema import card_schema
from simulator.hygiene.outputs import Card, Form, write
from simulator.model.people import Person
from simulator.model.runs import Run
from simulator.run.queries import Queries

FORMS: Mapping[str, Form] = MappingProxyType({str(form): form for form in Form})
"""The forms by the names that are asked for."""

__all__ = ["FORMS", "ScoreFile", "card_schema", "score_file"]


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """A scorecard as a file: its name, its media type, its text."""

    name: str
    media_type: str
    text: str


def score_file(queries: Queries, run: Run, who: str | None, form: Form) -> ScoreFile:
    """The last scorecard of a seat, of the team (`team`) or of the first human seat; tables of learners have them all.

    Raises RunError for a seat that is not scored, and before there is a card.
    """
    values = queries.scorecard(run, who)
    people = {person.seat: person for person in queries.openings.story(run).roster.humans()}
    card = _card(run, values, people.get(values["seat"]))
    everybody = [_card(run, known, person) for seat, person in people.items() if (known := queries.card(run, seat))]
    written = write(form, card, learners=everybody)
    name = run.id if form.is_of_everybody else f"{run.id}-{values['seat'] or 'team'}"
    return ScoreFile(f"{name}{form.suffix}", form.media_type, written.text)


def _card(run: Run, values: Mapping[str, Any], person: Person | None) -> Card:
    if person is None:
        return Card(title=run.title, values=values)
    return Card(title=run.title, values=values, name=person.name, login=person.login, email=person.email)

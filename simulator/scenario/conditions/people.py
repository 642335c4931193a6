"""Conditions `comment` and `silent`: what somebody said, and that somebody does nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from typing_extensions import override

from simulator.model.history import Said
from simulator.scenario.conditions.condition import Condition, Match
from simulator.scenario.conditions.named import listed
from simulator.scenario.conditions.whose import Seats, is_one_of
from simulator.scenario.moments.words import is_about, is_question
from simulator.scenario.part import IssueId, PullId
from simulator.scenario.values import LengthText
from simulator.scenario.view import View

Words = Annotated[
    tuple[Annotated[str, StringConstraints(min_length=1, max_length=100)], ...],
    BeforeValidator(listed, json_schema_input_type=str | list[str]),
]


class CommentCondition(Condition):
    """Somebody said something: on an issue, on a pull request, in the feed."""

    by: Seats = ()
    """Who; left out: a human."""
    issue: IssueId | None = None
    pull: PullId | None = None
    channel: Literal["stand-up", "chat", "mail"] | None = None
    about: Words = ()
    """One of these words, or a word that begins with it, is in it."""
    asks: bool | None = None
    """It asks something that can be answered."""

    @override
    def matches(self, view: View) -> Iterator[Match]:
        key = view.key(self.issue) if self.issue else None
        pull = view.pull(self.pull) if self.pull else None
        if (self.issue and key is None) or (self.pull and pull is None):
            return
        for said in view.history.said:
            placed = (key is None or said.issue == key) and (pull is None or said.pull == pull.number)
            if placed and is_one_of(self.by, said.seat, view) and self._says(said):
                yield Match(since=said.at, about=_about(said))

    def _says(self, said: Said) -> bool:
        return (
            (self.channel is None or said.channel == self.channel)
            and (not self.about or is_about(said.text, self.about))
            and (self.asks is None or _asks(said.text) is self.asks)
        )


class SilentCondition(Condition):
    """Somebody has done nothing that can be seen for some working time, since they were last seen or the run began."""

    who: Seats = ()
    """Left out: a human who has joined."""
    for_: LengthText = Field(alias="for")

    @override
    def matches(self, view: View) -> Iterator[Match]:
        began = view.scenario.starts_at
        for person in view.scenario.roster:
            if is_one_of(self.who, person.seat, view) and (self.who or person.seat in view.history.joined):
                last = max(began, view.history.last_deeds.get(person.seat, began))
                yield Match(since=view.later(last, self.for_), about={"person": str(person.seat)})


@lru_cache(maxsize=5_000)
def _asks(text: str) -> bool:
    return is_question(text)


def _about(said: Said) -> dict[str, str]:
    about = {"speaker": str(said.seat)} if said.seat else {}
    if said.issue:
        about["issue"] = str(said.issue)
    if said.pull:
        about["pull"] = str(said.pull)
    return about

"""What `when:` and `unless:` hold: conditions by their names, all of which must be met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field, model_validator
from typing_extensions import override

from simulator.scenario.conditions.code import BranchCondition, CheckCondition, CommitCondition
from simulator.scenario.conditions.condition import Condition, Match
from simulator.scenario.conditions.issues import IssueCondition
from simulator.scenario.conditions.joined import joined
from simulator.scenario.conditions.named import NamedThings
from simulator.scenario.conditions.people import CommentCondition, SilentCondition
from simulator.scenario.conditions.pulls import PullCondition
from simulator.scenario.conditions.story import (
    Events,
    MomentCondition,
    PromptCondition,
    SprintCondition,
    TimeCondition,
    happened,
)
from simulator.scenario.values import Unreadable
from simulator.scenario.view import View

_PERSONS = ("assignee", "speaker")


class WhenPart(NamedThings):
    """Several conditions at once: everything that is given must hold, of the same pull request, issue, branch and person."""

    pull_request: PullCondition | None = None
    """There is such a pull request."""
    branch: BranchCondition | None = None
    """There is such a branch."""
    commit: CommitCondition | None = None
    """There is such a commit."""
    check: CheckCondition | None = None
    """A check failed, or passed."""
    issue: IssueCondition | None = None
    """There is such an issue."""
    comment: CommentCondition | None = None
    """Somebody said something."""
    silent: SilentCondition | None = None
    """Somebody does nothing."""
    moment: MomentCondition | None = None
    """Something was seen in a moment."""
    prompt: PromptCondition | None = None
    """Somebody was asked something."""
    sprint: SprintCondition | None = None
    """How a sprint stands."""
    time: TimeCondition | None = None
    """A time of the story."""
    happened: Events = ()
    """These events took place."""
    any: tuple[WhenPart, ...] = Field(default=(), max_length=20)
    """One of these must hold."""

    @model_validator(mode="after")
    def _says_something(self) -> WhenPart:
        if not self.model_fields_set:
            raise Unreadable("nothing says what is waited for", "name a condition: `merged: retry`")
        if "any" in self.model_fields_set and not self.any:
            raise Unreadable("`any` has nothing to choose from", "name two conditions or more, or leave it out")
        return self

    @override
    def matches(self, view: View) -> Iterator[Match]:
        named = self.named(view)
        if named is None:
            return
        for match in joined(self._groups(view)):
            since = max(match.since, named.since)
            if self.time is None or not self.time.is_past(since, view):
                yield Match(since=since, about=_with_person({**named.about, **match.about}))

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions on kinds of things that are given, in their order."""
        given = (self.pull_request, self.branch, self.commit, self.check, self.issue, self.comment)
        others = (self.silent, self.moment, self.prompt, self.sprint, self.time)
        return tuple(part for part in (*given, *others) if part is not None)

    @property
    def awaited(self) -> tuple[str, ...]:
        """The events that must have taken place, in any of its parts."""
        return (*self.happened, *(name for part in self.any for name in part.awaited))

    def _groups(self, view: View) -> Iterator[Iterator[Match]]:
        for part in self.parts:
            yield part.matches(view)
        if self.happened:
            yield happened(self.happened, view)
        if self.any:
            yield (match for part in self.any for match in part.matches(view))


def _with_person(about: Mapping[str, str]) -> dict[str, str]:
    """What is known, with who it is about: whose work it is, else who it is assigned to, else who spoke."""
    persons = [about[kind] for kind in ("person", *_PERSONS) if kind in about]
    plain = {kind: name for kind, name in about.items() if kind not in _PERSONS}
    return {**plain, "person": persons[0]} if persons else plain

"""The base of all moments: what is looked for while one is live, and what is said about it.

Refuses to keep state: what was seen is read from the history each time.
Thresholds are starting values, to be tuned with learners.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import Action
from simulator.model.keys import IssueKey, SeatId
from simulator.scenario.acts.vocabulary import AnyAct
from simulator.scenario.events.event import Stage
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.part import HumanRef, TeammateRef, Text
from simulator.scenario.values import TimeText
from simulator.scenario.view import View

_WHERE, _WHAT = 2, 3  # levels of hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A live moment of one seat: from `opened` to `closes` (simulated); `about` names what met its condition."""

    view: View
    seat: SeatId
    opened: datetime
    closes: datetime
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def end(self) -> datetime:
        """The last instant that counts: when it closes, or now while it is open."""
        return min(self.closes, self.view.now)

    def holds(self, at: datetime | None) -> bool:
        """Whether an instant lies within the moment, as far as it has gone."""
        return at is not None and self.opened <= at <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something that shows how it went: the way it was shown, when, and by which artefacts (URLs or subjects)."""

    way: str
    at: datetime
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What a slip brings about later in the story, `after` some working time."""

    after: timedelta
    actions: tuple[Action, ...]


class Moment(TriggeredEvent):
    """Base of all moments. A subclass says what to look for; `ways` and `slips` name each, for reports and docs."""

    number: ClassVar[int]
    title: ClassVar[str]
    ways: ClassVar[Mapping[str, str]]
    """The ways in which good behaviour shows, at least three: name → one sentence."""
    slips: ClassVar[Mapping[str, str]]
    """The ways in which it goes wrong: name → one sentence to the learner, without blame."""
    usual_hints: ClassVar[tuple[str, str, str]]
    """A nudge, where to look, what to do."""
    sprints: ClassVar[int] = 1
    """How many sprints it stays open where `until` is left out, the one in which it opens included."""
    usual_explanation: ClassVar[str]
    urgent: ClassVar[bool] = False
    """Whether it comes before all other work until it is dealt with."""

    who: TeammateRef
    """The colleague who brings it about, and who speaks in it."""
    do: tuple[AnyAct, ...] = ()
    """What is done when it opens, besides what the moment does by itself."""
    of: tuple[HumanRef, ...] = ()
    """Whose moment it is; left out: every human's."""
    until: TimeText | None = None
    """When it is over; left out: the end of the sprint in which it opened."""
    hints: Annotated[tuple[Text, ...], Field(max_length=3)] = ()
    """Three levels: a nudge, where to look, what to do. Left out: the library's own."""
    explanation: Text | None = None
    """What the moment is about; left out: the library's own words."""

    @property
    @override
    def seat(self) -> SeatId:
        return SeatId(self.who)

    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:  # noqa: ARG002
        """What the moment makes happen by itself when it opens, before the scenario's `do`."""
        return ()

    @override
    def acts(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        done = (action for act in self.do for action in act.actions(act.seat(self.seat), stage.place))
        return (*self.opening(stage, about), *done)

    def concerns(self, scene: Scene) -> bool:
        """Whether the moment is this person's: what met its condition may be one learner's own pull request."""
        person = scene.about.get("person")
        number = scene.about.get("pull", "")
        pull = scene.view.history.pulls.get(int(number)) if number.isdecimal() else None
        author = pull.author if pull else None
        return all(scene.seat == one for one in (person, author) if scene.view.is_human(SeatId(one or "")))

    def obstacle(self, view: View, about: Mapping[str, str]) -> str:  # noqa: ARG002
        """Why it makes no sense to open it as things stand (what it needs is gone), empty when nothing is in the way."""
        return ""

    def well(self, scene: Scene) -> Iterator[Sign]:
        """Every sign of good behaviour since the moment opened."""
        raise NotImplementedError

    def badly(self, scene: Scene) -> Iterator[Sign]:
        """Every sign of a slip since the moment opened."""
        raise NotImplementedError

    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:  # noqa: ARG002
        """What a slip brings about in the story, once."""
        return ()

    def task(self, scene: Scene) -> str:
        """What to do next, in one sentence, for the job card; says nothing that would give the moment away.

        Empty when there is nothing to do about it at present.
        """
        raise NotImplementedError

    def where(self, scene: Scene) -> str:
        """Where to do it: a URL, or empty for the dashboard."""
        issue = scene.about.get("issue", "")
        pull = scene.about.get("pull", "")
        history = scene.view.history
        found = history.pulls.get(int(pull)) if pull.isdecimal() else history.issues.get(IssueKey(issue))
        return found.url if found else ""

    def here(self, scene: Scene) -> str:
        """What it is about in this run, by number and name; empty when that is no issue and no pull request."""
        url, history = self.where(scene), scene.view.history
        issue = next((issue for issue in history.issues.values() if url and issue.url == url), None)
        pull = next((pull for pull in history.pulls.values() if url and pull.url == url), None)
        return f"{issue.key}, {issue.state.summary}" if issue else f"#{pull.number}, {pull.title}" if pull else ""

    def commands(self, scene: Scene) -> tuple[str, ...]:  # noqa: ARG002
        """Commands of this run for the last hint, ready to be pasted; none where nothing is done by commands."""
        return ()

    def hint(self, level: int, scene: Scene) -> str:
        """The hint of a level, 1 to 3, in Markdown: where to look names the thing, what to do shows the commands."""
        text = self.hints[level - 1] if len(self.hints) >= level else self.usual_hints[level - 1]
        here, commands = self.here(scene), self.commands(scene)
        if level == _WHERE and here:
            return f"{text} Here: {here}."
        if level == _WHAT and commands:
            return "\n".join((text, "", "```", *commands, "```"))
        return text

    @property
    def explained(self) -> str:
        """What the moment is about, for the report."""
        return self.explanation or self.usual_explanation

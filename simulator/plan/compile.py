"""From a scenario to a plan: what is set up, and what happens at which time by itself.

Pure. Refuses to react: react.py does. The same scenario and seed give the same plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from simulator.model.actions import CloseSprint, FinishRun, Happen, HoldCeremony, PromptKind, StartSprint
from simulator.model.keys import SeatId, SprintRef
from simulator.plan.draws import drawn_length
from simulator.plan.presence import at_work
from simulator.plan.setup import setup_actions
from simulator.scenario.acts.act import Place
from simulator.scenario.events.close_sprint import CloseSprintEvent
from simulator.scenario.events.planning import PlanningEvent
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.values import Span, StoryTime

__all__ = ["Plan", "TimedAction", "compile_plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done: `setup` in its order at the beginning of the first sprint, `timed` by simulated time."""

    setup: tuple[TimedAction, ...]
    timed: tuple[TimedAction, ...]


def compile_plan(scenario: LoadedScenario, *, seed: int) -> Plan:
    """The plan of a scenario. Raises ScenarioError for a patch that vanished since the scenario was loaded."""
    stage = ScenarioStage(scenario, seed)
    timed = [*_events(scenario, stage), *_sprint_changes(scenario, stage)]
    setup = tuple(
        TimedAction(
            id=f"setup:{number:02}-{type(action).__name__}", at=scenario.starts_at, priority=Rank.SETUP, action=action
        )
        for number, action in enumerate(setup_actions(scenario), start=1)
    )
    return Plan(setup=setup, timed=tuple(sorted(timed, key=lambda t: (t.at, t.priority))))


@dataclass(frozen=True, slots=True)
class ScenarioStage:
    """What events may ask while they are compiled: instants by the scenario's calendar, lengths drawn by the seed."""

    scenario: LoadedScenario
    seed: int

    @property
    def place(self) -> Place:
        """Folder and default branch."""
        return self.scenario.place

    def at(self, moment: StoryTime) -> datetime:
        """The simulated instant of a moment."""
        return self.scenario.instant(moment)

    def later(self, start: datetime, span: Span, *key: str) -> datetime:
        """A drawn length of working time after an instant."""
        return self.scenario.calendar.add_working_time(
            start, drawn_length(span.shortest, span.longest, self.seed, *key)
        )

    def start_of_sprint(self, sprint: str) -> datetime:
        """The first working instant of a sprint."""
        return next(window.start for window in self.scenario.sprints if window.ref == sprint)

    def days_of(self, sprint: str | None) -> range:
        """The working days of a sprint, of the whole run for None."""
        windows = [window for window in self.scenario.sprints if sprint in (None, window.ref)]
        return range(windows[0].first, windows[-1].last + 1)

    def present(self, person: str, at: datetime) -> datetime:
        """The instant, or the next one at which a person is at work by their own hours."""
        return at_work(self.scenario, SeatId(person), at)

    def close_of_sprint(self, sprint: str) -> datetime:
        """The last working instant of a sprint."""
        return next(window.end for window in self.scenario.sprints if window.ref == sprint)

    def sprint_after(self, sprint: str) -> SprintRef | None:
        """The sprint that follows, None after the last."""
        refs = [window.ref for window in self.scenario.sprints]
        following = refs[refs.index(SprintRef(sprint)) + 1 :]
        return following[0] if following else None


def _events(scenario: LoadedScenario, stage: ScenarioStage) -> Iterator[TimedAction]:
    plannings = [event.begins(stage) for event in scenario.spec.story if isinstance(event, PlanningEvent)]
    planned = {scenario.calendar.day_number(scenario.first_day, instant) for instant in plannings}
    for event in scenario.spec.story:
        timed = tuple(t for t in event.compile(stage) if not _is_stand_up_on(t, planned, scenario))
        yield from timed
        if timed and event.id in scenario.awaited_events and not isinstance(event, TriggeredEvent):
            first = min(timed, key=lambda one: (one.at, one.priority))
            yield event.timed("happens", first.at, Happen(actor=first.action.actor, event=event.id))


def _is_stand_up_on(timed: TimedAction, days: Collection[int], scenario: LoadedScenario) -> bool:
    """Whether it is a stand-up on one of these days: who plans has said everything."""
    is_one = isinstance(timed.action, HoldCeremony) and timed.action.kind is PromptKind.STAND_UP
    return is_one and scenario.calendar.day_number(scenario.first_day, timed.at) in days


def _sprint_changes(scenario: LoadedScenario, stage: ScenarioStage) -> Iterator[TimedAction]:
    closed = {event.sprint for event in scenario.spec.story if isinstance(event, CloseSprintEvent)}
    planned = {event.sprint: event for event in scenario.spec.story if isinstance(event, PlanningEvent)}
    for number, window in enumerate(scenario.sprints):
        planning = planned.get(window.ref)
        if number or planning:  # the first one, when nobody plans it, is started with the set-up
            at = max(planning.ends(stage), window.start) if planning else window.start
            start = StartSprint(actor=scenario.admin, sprint=window.ref)
            yield TimedAction(id=f"sprint:{window.ref}:start", at=at, priority=Rank.SETUP, action=start)
        if window.ref not in closed:
            close = CloseSprint(actor=scenario.admin, sprint=window.ref, carry_to=stage.sprint_after(window.ref))
            yield TimedAction(id=f"sprint:{window.ref}:close", at=window.end, priority=Rank.SPRINT_END, action=close)
    yield TimedAction(
        id="run:finish", at=scenario.ends_at, priority=Rank.FINISH, action=FinishRun(actor=scenario.admin)
    )

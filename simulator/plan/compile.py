"""From a scenario to a plan: what is set up, and what happens at which time by itself.

Pure. Refuses to react: react.py does. The same scenario and seed give the same plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from simulator.model.actions import CloseSprint, FinishRun, StartSprint
from simulator.model.keys import SprintRef
from simulator.plan.draws import drawn_length
from simulator.plan.setup import setup_actions
from simulator.scenario.acts.act import Place
from simulator.scenario.events.close_sprint import CloseSprintEvent
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.values import Moment, Span

__all__ = ["Plan", "TimedAction", "compile_plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done: `setup` in its order at the beginning of the first sprint, `timed` by simulated time."""

    setup: tuple[TimedAction, ...]
    timed: tuple[TimedAction, ...]


def compile_plan(scenario: LoadedScenario, *, seed: int) -> Plan:
    """The plan of a scenario. Raises ScenarioError for a patch that vanished since the scenario was loaded."""
    stage = ScenarioStage(scenario, seed)
    timed = [*_events(scenario, stage), *_sprint_changes(scenario)]
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

    def at(self, moment: Moment) -> datetime:
        """The simulated instant of a moment."""
        return self.scenario.instant(moment)

    def later(self, start: datetime, span: Span, *key: str) -> datetime:
        """A drawn length of working time after an instant."""
        return self.scenario.calendar.add_working_time(
            start, drawn_length(span.shortest, span.longest, self.seed, *key)
        )

    def close_of_sprint(self, sprint: str) -> datetime:
        """The last working instant of a sprint."""
        return next(window.end for window in self.scenario.sprints if window.ref == sprint)

    def sprint_after(self, sprint: str) -> SprintRef | None:
        """The sprint that follows, None after the last."""
        refs = [window.ref for window in self.scenario.sprints]
        following = refs[refs.index(SprintRef(sprint)) + 1 :]
        return following[0] if following else None


def _events(scenario: LoadedScenario, stage: ScenarioStage) -> Iterator[TimedAction]:
    for event in scenario.spec.story:
        yield from event.compile(stage)


def _sprint_changes(scenario: LoadedScenario) -> Iterator[TimedAction]:
    closed = {event.sprint for event in scenario.spec.story if isinstance(event, CloseSprintEvent)}
    windows = scenario.sprints
    for window, following in zip(windows, [*windows[1:], None], strict=True):
        carry_to = following.ref if following else None
        if window.ref not in closed:
            close = CloseSprint(actor=scenario.admin, sprint=window.ref, carry_to=carry_to)
            yield TimedAction(id=f"sprint:{window.ref}:close", at=window.end, priority=Rank.SPRINT_END, action=close)
        if following:
            start = StartSprint(actor=scenario.admin, sprint=following.ref)
            yield TimedAction(id=f"sprint:{following.ref}:start", at=following.start, priority=Rank.SETUP, action=start)
    yield TimedAction(
        id="run:finish", at=scenario.ends_at, priority=Rank.FINISH, action=FinishRun(actor=scenario.admin)
    )

"""What is asked of a run that a scripted learner plays, or will: to make its past, and to write down what somebody did in it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from simulator.errors import RunError
from simulator.model.keys import SeatId
from simulator.model.runs import Run, RunState
from simulator.plan.personas import PersonaStep, persona_steps
from simulator.run.engine import Engine
from simulator.run.openings import Openings
from simulator.run.playing import Playing
from simulator.run.recording import recorded
from simulator.scenario.loaded import LoadedScenario
from simulator.timekeeping.instants import parse_target


@dataclass(frozen=True, slots=True)
class Scripted:
    """Plays and records, on the thread that has the run in hand."""

    engine: Engine
    openings: Openings

    def check(self, run: Run, persona: str, to: str) -> None:
        """Raises RunError when a persona cannot play a run up to a time said as `day 6`."""
        if not run.emulated:
            raise RunError(
                "a persona plays on emulated services only", where=f"run {run.id}", to_do="start without --github"
            )
        part_of(self.openings.story(run).scenario, persona, to)

    def play(self, run: Run, persona: str, to: str) -> str:
        """Lead a run from its beginning to a time, with a persona at work; what was refused is the answer, a line each."""
        run = self.openings.shelf.runs.get(run.id)
        if run.state is not RunState.PAUSED:
            raise RunError(f"the run is {run.state}", where=f"run {run.id}", to_do="start it with --paused")
        scenario, view = self.openings.story(run).scenario, self.engine.view(run.id)
        if view.now > scenario.starts_at:
            raise RunError(
                "the run has a past already",
                where=f"run {run.id}",
                to_do="begin another with `sprintdojo scenario play`",
            )
        steps, until = part_of(scenario, persona, to)
        playing = Playing(engine=self.engine, shelf=self.openings.shelf, run_id=run.id, waiting=list(steps))
        playing.lead(until)
        if self.openings.shelf.runs.get(run.id).state is RunState.PAUSED:
            self.engine.advance(run.id, self.engine.view(run.id).now)  # on arrival a run is scored
        return "\n".join(playing.refused)

    def record(self, run: Run, seat: SeatId) -> str:
        """What a seat did up to now as a persona, in JSON."""
        return json.dumps(recorded(self.openings.shelf.runs.get(run.id), seat, self.openings), ensure_ascii=False)


def part_of(scenario: LoadedScenario, persona: str, to: str) -> tuple[tuple[PersonaStep, ...], datetime]:
    """A persona's steps, and the simulated instant that is said as `day 6`. Raises RunError for no such persona or time."""
    if persona not in scenario.spec.personas:
        known = ", ".join(scenario.spec.personas) or "none: write some under `personas`"
        raise RunError(f"no persona {persona[:40]!r}", where=scenario.title, to_do=f"it has: {known}")
    begin, end = scenario.starts_at, scenario.ends_at
    until = parse_target(to, first_day=scenario.first_day, calendar=scenario.calendar, now=begin, end=end)
    if until >= end:
        raise RunError(
            f"{to[:40]!r} is not before the end of the run",
            where=scenario.title,
            to_do=f"it has {scenario.sprints[-1].last} days: name an earlier one",
        )
    return persona_steps(scenario, persona), until

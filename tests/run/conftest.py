"""A run on a clock set by hand, with services that only remember what they were asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import AdapterError
from simulator.model.actions import Action
from simulator.model.facts import Observation
from simulator.model.runs import Run
from simulator.ports import Bindings
from simulator.run.credentials import CredentialsFile
from simulator.run.engine import Engine
from simulator.run.live import Live, Story
from simulator.run.shelf import Shelf, open_shelf
from simulator.run.starting import StartRequest, begin_run
from simulator.scenario.load import load_scenario
from simulator.storage.database import Database
from simulator.timekeeping.clock import HandClock
from simulator.timekeeping.timeline import Timeline
from tests.tables import file_with_tables

SCENARIO = """
format: 1
id: short-sprint
title: A short sprint
summary: Two days and two notes.
calendar: {start: 2026-01-05, days: [mon, tue, wed, thu, fri], hours: "09:00-17:00", zone: Europe/Berlin, pace: 10m}
project: {key: PAY, name: Payments}
repository: {owner: acme, name: payments-api, description: Payments, private: true, folder: repo}
people:
  learner: {kind: human, name: Lea Learner, login: lea, email: lea@example.com}
  priya: {kind: teammate, name: Priya Nair, login: priya, email: priya@example.com, access: admin}
backlog:
  - {id: refund, type: Story, summary: Refund a payment, points: 3}
sprints:
  - {id: first, name: Sprint 1, goal: A customer can be refunded, days: 2, issues: [refund]}
events:
  - {id: hello, type: note, at: day 1 10:00, who: priya, channel: stand-up, text: Good morning}
  - {id: push, type: script, at: day 1 11:00, who: priya, do: [{do: comment, issue: refund, text: "How is it going?"}]}
  - {id: bye, type: note, at: day 2 10:00, who: priya, channel: chat, text: Nearly there}
"""


@dataclass
class Services:
    """Performer and observer at once. `fails_on` names actions that fail, `dies_on` those after which the process dies.

    With `looks_fail` no look gets an answer.
    """

    asked: list[tuple[str, bool]] = field(default_factory=list)
    fails_on: dict[str, AdapterError] = field(default_factory=dict)
    dies_on: set[str] = field(default_factory=set)
    news: list[Observation] = field(default_factory=list)
    looks_fail: Exception | None = None

    def perform(self, action: Action, *, bindings: Bindings, again: bool = False) -> Bindings:
        name = type(action).__name__
        if name in self.fails_on:
            raise self.fails_on[name]
        self.asked.append((name, again))
        if name in self.dies_on:
            self.dies_on.discard(name)
            raise KeyboardInterrupt
        return {"board": "1"} if name == "CreateProject" else {}

    def observe(
        self, cursor: Mapping[str, Any], *, closely: bool = False
    ) -> tuple[Sequence[Observation], Mapping[str, Any]]:
        if self.looks_fail:
            raise self.looks_fail
        return tuple(self.news), {"seen": len(self.news)}


@dataclass
class Stage:
    """An engine and what it works with; `reborn` is the same after a crash."""

    shelf: Shelf
    clock: HandClock
    services: Services
    engine: Engine
    folder: Path
    run: Run

    def reborn(self) -> Stage:
        engine = _engine(self.shelf, self.clock, self.services)
        return Stage(self.shelf, self.clock, self.services, engine, self.folder, self.run)

    def wall(self, **ahead: float) -> None:
        """Let wall time pass."""
        self.clock.set(self.clock() + timedelta(**ahead))

    def notes(self) -> list[str]:
        """What was said in the feed."""
        facts = self.shelf.facts.all(self.run.id)
        return [str(fact.detail["text"]) for fact in facts if fact.kind == "note_posted"]


def _engine(shelf: Shelf, clock: HandClock, services: Services) -> Engine:
    def open_run(run: Run) -> Live:
        story = Story(load_scenario(Path(run.scenario_path)))
        return Live(
            run_id=run.id,
            seed=run.seed,
            story=story,
            performer=services,
            observer=services,
            timeline=Timeline(tuple(shelf.runs.segments(run.id)), story.calendar, story.scenario.ends_at),
            seen_until=run.seen_at,
        )

    return Engine(shelf, clock=clock, open_run=open_run)


@contextmanager
def a_stage(folder: Path, events: str = "") -> Iterator[Stage]:
    """A run of the short sprint with further events, written down and not yet prepared."""
    scenario = folder / "short-sprint"
    (scenario / "repo").mkdir(parents=True, exist_ok=True)
    (scenario / "repo" / "README.md").write_text("# Payments\n")
    (scenario / "scenario.yaml").write_text(SCENARIO + events)
    database = Database(file_with_tables(folder / "sprintdojo.db"))
    shelf = open_shelf(database)
    clock = HandClock(load_scenario(scenario).starts_at + timedelta(days=300))
    request = StartRequest(scenario=str(scenario), pace="10m")
    run = begin_run(request, shelf, clock=clock, credentials=CredentialsFile(folder), folder=folder / "runs")
    services = Services()
    yield Stage(shelf, clock, services, _engine(shelf, clock, services), folder, run)
    database.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A run of the short sprint, written down and not yet prepared."""
    with a_stage(tmp_path) as found:
        yield found

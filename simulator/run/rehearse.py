"""Rehearsals: a scripted learner plays a whole sprint through git, PyGithub and `jira` on a clock set by hand.

The services are our emulated ones on a loopback port, with the same adapters, engine and rules as a real run. Ten days take
seconds. The same scenario, persona and seed give the same facts and the same score.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.emulators.server import Emulators
from simulator.errors import AdapterError, RunError
from simulator.model.facts import Fact
from simulator.model.keys import SeatId
from simulator.model.runs import Run, RunState
from simulator.plan.personas import PersonaStep, expired, persona_steps, ready_at
from simulator.run.alone import alone
from simulator.run.engine import Engine
from simulator.run.http_server import HttpServer, bind
from simulator.run.live import Live
from simulator.run.openings import Openings
from simulator.run.secrets import Key
from simulator.run.shelf import Shelf, open_shelf
from simulator.run.starting import StartRequest, begin_run
from simulator.scenario.loaded import LoadedScenario
from simulator.storage.database import Database
from simulator.storage.migrate import upgrade
from simulator.timekeeping.clock import HandClock

_MOST_TURNS = 20_000
_NO_PLACE = "http://emulated"
_KEY = Key(hashlib.sha256(b"a rehearsal's tokens live as long as its folder").digest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """How a persona did: its final scorecard (contract keys), the facts, the team's score, and whether it fell in its band."""

    persona: str
    seat: str
    band: tuple[float, float]
    card: Mapping[str, Any]
    team_score: float
    facts: tuple[Mapping[str, Any], ...]
    refused: tuple[str, ...]

    @property
    def score(self) -> float:
        """Final score, 0 to 100."""
        return float(self.card["score"])

    @property
    def in_band(self) -> bool:
        """Whether the score, rounded as it is shown, lies within the declared band, bounds included."""
        return self.band[0] <= round(self.score, 1) <= self.band[1]


def rehearse(scenario: LoadedScenario, persona: str, *, seed: int) -> Performance:
    """Play a persona through the whole run. Raises RunError when the story comes to a standstill."""
    with _stage(scenario, seed=seed) as stage:
        part = scenario.spec.personas[persona]
        refused = stage.play(persona_steps(scenario, persona))
        facts = stage.shelf.facts.all(stage.run.id)
        card = stage.card(SeatId(part.seat))
        return Performance(
            persona=persona,
            seat=part.seat,
            band=part.band,
            card=stage.neutral(card),
            team_score=float(stage.card(None)["score"]),
            facts=tuple(stage.neutral(_summary(fact)) for fact in facts),
            refused=tuple(refused),
        )


def digest(facts: tuple[Mapping[str, Any], ...]) -> str:
    """A short fingerprint of facts: equal when the same things happened at the same simulated times."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _summary(fact: Fact) -> dict[str, Any]:
    return {
        "at": fact.at.isoformat(),
        "kind": str(fact.kind),
        "actor": fact.actor,
        "subject": fact.subject,
        "source_id": fact.source_id,
        "url": fact.url,
        "detail": dict(fact.detail),
    }


@dataclass(slots=True, kw_only=True)
class _Stage:
    """A run on a clock set by hand."""

    scenario: LoadedScenario
    shelf: Shelf
    engine: Engine
    clock: HandClock
    run: Run
    base_url: str

    def play(self, steps: tuple[PersonaStep, ...]) -> list[str]:
        """Play to the end; what the services refused the persona is returned in words."""
        waiting = list(steps)
        refused: list[str] = []
        for _ in range(_MOST_TURNS):
            self.engine.work(self.run.id)
            if self.shelf.runs.get(self.run.id).state is RunState.FINISHED:
                return refused
            if not self._act(waiting, refused):
                self._wait(waiting)
        raise RunError("the rehearsal does not come to an end", where=self.scenario.id)

    def card(self, seat: SeatId | None) -> Mapping[str, Any]:
        """The last scorecard of a seat or of the team."""
        saved = self.shelf.scorecards.latest(self.run.id, seat)
        if saved is None:
            raise RunError("the rehearsal was not scored", where=self.scenario.id)
        return saved.card

    def neutral(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """The same values without the port that happened to be free."""
        text = json.dumps(value, default=str).replace(self.base_url, _NO_PLACE)
        found: Mapping[str, Any] = json.loads(text)
        return found

    def _act(self, waiting: list[PersonaStep], refused: list[str]) -> bool:
        live = self.engine.open(self.run.id)
        facts = self.shelf.facts.all(self.run.id)
        bindings = self.shelf.runs.bindings(self.run.id)
        now = self.engine.simulated_now(live)
        for step in waiting:
            if expired(step, now):
                waiting.remove(step)
                return True
            at = ready_at(step, facts, scenario=self.scenario, bindings=bindings)
            if at is not None and at <= now:
                waiting.remove(step)
                refused.extend(self._perform(live, step))
                return True
        return False

    def _perform(self, live: Live, step: PersonaStep) -> Iterator[str]:
        for action in step.actions:
            bindings = self.shelf.runs.bindings(self.run.id)
            try:
                made = live.performer.perform(action, bindings=bindings)
            except AdapterError as exc:
                yield f"{step.id}: {exc.what}".replace(self.base_url, _NO_PLACE)
                continue
            self.shelf.runs.bind(self.run.id, made)
        self.engine.look(self.run.id)

    def _wait(self, waiting: list[PersonaStep]) -> None:
        live = self.engine.open(self.run.id)
        now = self.engine.simulated_now(live)
        target = min(self._coming(waiting, now), default=None)
        wall = None if target is None else live.timeline.wall(target)
        if wall is None:
            raise RunError("nothing is to come, yet the run is not finished", where=self.scenario.id)
        if wall <= self.clock():
            self.clock.tick()
        self.clock.set(wall)

    def _coming(self, waiting: list[PersonaStep], now: datetime) -> Iterator[datetime]:
        entry = self.shelf.agenda.next(self.run.id)
        if entry is not None:
            yield entry.at
        facts = self.shelf.facts.all(self.run.id)
        bindings = self.shelf.runs.bindings(self.run.id)
        for step in waiting:
            at = ready_at(step, facts, scenario=self.scenario, bindings=bindings)
            if at is not None and at > now:
                yield at


@contextmanager
def _stage(scenario: LoadedScenario, *, seed: int) -> Iterator[_Stage]:
    with tempfile.TemporaryDirectory(prefix="sprintdojo-rehearsal-") as temporary:
        folder = Path(temporary)
        clock = HandClock(scenario.starts_at)
        emulators = Emulators(
            database_url=f"sqlite:///{folder / 'emulators.db'}", folder=folder, now=clock, deliver=False, durable=False
        )
        listener = bind("127.0.0.1", 0)
        server = HttpServer(listener, emulators.wsgi, threads=4)
        server.start()
        database = Database(f"sqlite:///{folder / 'sprintdojo.db'}", durable=False)
        upgrade(database)
        shelf = open_shelf(database)
        openings = Openings(
            shelf=shelf,
            key=_KEY,
            emulators=emulators,
            base_url=listener.url,
            folder=folder,
            environment={},
            clock=clock,
        )
        engine = Engine(
            shelf, clock=clock, open_run=lambda run: alone(openings.open(run), clock), only_final_score=True
        )
        pace = f"{scenario.calendar.day_length.total_seconds():.0f}s"
        request = StartRequest(scenario=str(scenario.folder), pace=pace, seed=seed)
        run = begin_run(request, shelf, clock=clock, credentials=openings.credentials_file, folder=openings.runs_folder)
        try:
            yield _Stage(scenario=scenario, shelf=shelf, engine=engine, clock=clock, run=run, base_url=listener.url)
        finally:
            server.stop()
            emulators.close()
            database.close()

"""Rehearsals: a scripted learner plays a whole sprint through git, PyGithub and `jira` on a clock set by hand.

The services are our emulated ones on a loopback port, with the same adapters, engine and rules as a real run. Ten days take
seconds. The same scenario, persona and seed give the same facts and the same score.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.emulators.server import Emulators
from simulator.errors import RunError
from simulator.model.facts import Fact
from simulator.model.keys import SeatId
from simulator.model.runs import Run, RunState
from simulator.plan.personas import PersonaStep, persona_steps
from simulator.run.alone import alone
from simulator.run.coaching import coverage
from simulator.run.engine import Engine
from simulator.run.http_server import HttpServer, bind
from simulator.run.openings import Openings
from simulator.run.playing import Playing
from simulator.run.recording import recorded
from simulator.run.report import report
from simulator.run.secrets import Key
from simulator.run.shelf import Shelf, open_shelf
from simulator.run.starting import StartRequest, begin_run
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.view import View, history_of
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
    moments: tuple[Mapping[str, Any], ...] = ()
    """How each moment of the scenario went for the persona's seat, as `coverage` gives it."""
    report: str = ""
    """The report of the run, to read."""
    recording: Mapping[str, Any] | None = None
    """What was done, recorded as a persona, when that was asked for."""

    @property
    def score(self) -> float:
        """Final score, 0 to 100."""
        return float(self.card["score"])

    @property
    def in_band(self) -> bool:
        """Whether the score, rounded as it is shown, lies within the declared band, bounds included."""
        return self.band[0] <= round(self.score, 1) <= self.band[1]

    @property
    def fingerprint(self) -> str:
        """Equal when the same things happened at the same simulated times, and were judged and told alike."""
        told = (self.facts, self.card, self.team_score, self.refused, self.moments, self.report)
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:16]


Progress = Callable[[int, int], None]
"""Hears of each simulated day that is reached: its number, and how many there are."""


def rehearse(
    scenario: LoadedScenario,
    persona: str,
    *,
    seed: int,
    language: str | None = None,
    progress: Progress | None = None,
    record: bool = False,
) -> Performance:
    """Play a persona through the whole run, settled for the seed. Raises RunError when the story comes to a standstill."""
    with _stage(scenario, seed=seed, language=language) as stage:
        stage.progress = progress
        part = stage.scenario.spec.personas[persona]
        refused = stage.play(persona_steps(stage.scenario, persona))
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
            moments=stage.moments(SeatId(part.seat)),
            report=stage.report(card),
            recording=stage.recording(SeatId(part.seat)) if record else None,
        )


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
    openings: Openings
    clock: HandClock
    run: Run
    base_url: str
    progress: Progress | None = None
    day: int = 0

    def play(self, steps: tuple[PersonaStep, ...]) -> list[str]:
        """Play to the end; what the services refused the persona is returned in words."""
        playing = Playing(engine=self.engine, shelf=self.shelf, run_id=self.run.id, waiting=list(steps))
        for _ in range(_MOST_TURNS):
            self.engine.work(self.run.id)
            if self.shelf.runs.get(self.run.id).state is RunState.FINISHED:
                return [said.replace(self.base_url, _NO_PLACE) for said in playing.refused]
            if not playing.act():
                self._wait(playing)
        raise RunError("the rehearsal does not come to an end", where=self.scenario.id)

    def card(self, seat: SeatId | None) -> Mapping[str, Any]:
        """The last scorecard of a seat or of the team."""
        saved = self.shelf.scorecards.latest(self.run.id, seat)
        if saved is None:
            raise RunError("the rehearsal was not scored", where=self.scenario.id)
        return saved.card

    def moments(self, seat: SeatId) -> tuple[Mapping[str, Any], ...]:
        """How each moment went for a seat, as known at the end."""
        facts, bindings = self.shelf.facts.all(self.run.id), self.shelf.runs.bindings(self.run.id)
        history = history_of(self.scenario, facts, now=self.scenario.ends_at)
        view = View(scenario=self.scenario, history=history, facts=facts, bindings=bindings, seed=self.run.seed)
        return tuple(coverage(view, seat))

    def report(self, card: Mapping[str, Any]) -> str:
        """The report of the finished run, to read."""
        live, view = self.engine.open(self.run.id), self.engine.view(self.run.id)
        run = self.shelf.runs.get(self.run.id)
        told = report(run, live.story, view.history, self.neutral(card), bindings=view.bindings)
        return str(told["markdown"]).replace(self.base_url, _NO_PLACE)

    def recording(self, seat: SeatId) -> Mapping[str, Any]:
        """What a seat did, as a persona."""
        return recorded(self.shelf.runs.get(self.run.id), seat, self.openings)

    def neutral(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """The same values without the port that happened to be free."""
        text = json.dumps(value, default=str).replace(self.base_url, _NO_PLACE)
        found: Mapping[str, Any] = json.loads(text)
        return found

    def _wait(self, playing: Playing) -> None:
        live = self.engine.open(self.run.id)
        entry = self.shelf.agenda.next(self.run.id)
        target = min([*playing.coming(), *([entry.at] if entry else [])], default=None)
        wall = None if target is None else live.timeline.wall(target)
        if target is None or wall is None:
            raise RunError("nothing is to come, yet the run is not finished", where=self.scenario.id)
        if wall <= self.clock():
            self.clock.tick()
        self.clock.set(wall)
        self._tell(target)

    def _tell(self, reached: datetime) -> None:
        calendar, first = self.scenario.calendar, self.scenario.first_day
        day = calendar.day_number(first, reached)
        if self.progress and day > self.day:
            self.progress(day, calendar.day_number(first, self.scenario.ends_at))
        self.day = max(self.day, day)


@contextmanager
def _stage(scenario: LoadedScenario, *, seed: int, language: str | None) -> Iterator[_Stage]:
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
        request = StartRequest(scenario=str(scenario.file), pace=pace, seed=seed, language=language)
        run = begin_run(request, shelf, clock=clock, credentials=openings.credentials_file, folder=openings.runs_folder)
        try:
            settled = openings.story(run).scenario
            yield _Stage(
                scenario=settled,
                shelf=shelf,
                engine=engine,
                openings=openings,
                clock=clock,
                run=run,
                base_url=listener.url,
            )
        finally:
            server.stop()
            emulators.close()
            database.close()

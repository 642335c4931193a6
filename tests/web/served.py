"""A whole house on a free port, as `sprintdojo serve` puts it together, for tests of pages, API and browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from flask import Flask

from simulator.model.runs import Run, RunState
from simulator.run.bootstrap import open_house
from simulator.run.http_server import HttpServer, bind
from simulator.run.office import Office
from simulator.run.starting import StartRequest
from simulator.settings import Settings
from tests.tables import data_with_tables
from web.app import create_app

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its address, its office, and its application for Flask's test client."""

    url: str
    office: Office
    app: Flask

    def begin(self, *, paused: bool = True, seed: int = 1, scenario: str = "first-sprint") -> Run:
        """Begin the first sprint, or another scenario, and wait until it is prepared."""
        run = self.office.start(StartRequest(scenario=scenario, pace="4h", paused=paused, seed=seed))
        state = eventually(lambda: self._settled(run))
        assert state in (RunState.RUNNING, RunState.PAUSED), self.office.find(run.id).problem
        return self.office.find(run.id)

    def _settled(self, run: Run) -> RunState | None:
        state = self.office.find(run.id).state
        return None if state is RunState.PREPARING else state


def a_copy(house: Served, run: Run, *, state: RunState, problem: str | None = None) -> Run:
    """A run that nobody works on, in a state."""
    runs = house.office.shelf.runs
    made = runs.create(
        scenario_id=run.scenario_id,
        title=run.title,
        scenario_path=run.scenario_path,
        seed=7,
        services={},
        wall=run.created_at,
        emulated=True,
        pace_s=run.pace_s,
        starts_paused=False,
    )
    for segment in runs.segments(run.id):
        runs.add_segment(made.id, segment)
    return runs.update(made.id, state=state, problem=problem)


def eventually(question: Callable[[], T | None], *, patience_s: float = 40) -> T:
    """The first answer that is not None or false; waits for it, with bounds."""
    pause = threading.Event()
    for _ in range(int(patience_s / 0.1)):
        answer = question()
        if answer:
            return answer
        pause.wait(0.1)
    raise AssertionError("it did not come to pass")


@contextmanager
def served(folder: Path, *, guarded: bool = False, database: str = "") -> Iterator[Served]:
    """Serve a house whose things are kept in a folder; served again, it goes on with them."""
    data = folder if (folder / "sprintdojo.db").exists() else data_with_tables(folder)
    settings = Settings(data=data, database=database, look_s=0.3, threads=8)
    listener = bind("127.0.0.1", 0)
    with open_house(settings, base_url=listener.url, guarded=guarded, environment={}) as house:
        app = create_app(house.office, settings)
        server = HttpServer(listener, house.wsgi(app), threads=settings.threads)
        server.start()
        try:
            yield Served(listener.url, house.office, app)
        finally:
            house.stop_work()
            server.stop()

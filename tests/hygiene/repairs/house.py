"""The server of the repairs: emulated services on a clock set by hand, and the scenario that is played there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from simulator.emulators.server import Emulators
from simulator.run.engine import Engine
from simulator.run.http_server import HttpServer, bind
from simulator.run.openings import Openings
from simulator.run.secrets import Key
from simulator.run.shelf import Shelf, open_shelf
from simulator.scenario.load import load_scenario
from simulator.storage.database import Database
from simulator.storage.migrate import upgrade
from simulator.timekeeping.clock import HandClock

_SCENARIO = """
format: 1
id: repairs
title: Repairs
summary: A sprint in which things go wrong and are mended.
calendar: {start: 2026-01-05, hours: "09:00-17:00", zone: UTC, pace: 8h}
project: {key: PAY, name: Payments}
repository: {owner: acme, name: payments, private: true, folder: repo, protection: null}
people:
  ada: {kind: human, name: Ada, login: ada, email: ada@acme.example, role: lead, access: admin}
  rita: {kind: teammate, name: Rita, login: rita, email: rita@acme.example, access: admin}
  tom: {kind: teammate, name: Tom, login: tom, email: tom@acme.example}
backlog:
  - {id: one, summary: Shops refund a captured payment, points: 3, criteria: [The ledger shows it.]}
  - {id: two, summary: Customers read why a card was declined, points: 3, criteria: [The page says it.]}
  - {id: three, summary: Shops export their refunds as a table, points: 2, criteria: [It opens.]}
  - {id: four, type: Bug, summary: Amounts are rounded down, points: 1}
  - {id: later, summary: Shops filter the list of refunds, points: 5}
sprints:
  - {id: sprint, name: Sprint 1, goal: Shops refund payments, days: 10, issues: [one, two, three, four]}
events: []
"""
_CODE = "def refund(amount):\n    return -amount\n"
_TEST = "from payments import refund\n\n\ndef test_refund():\n    assert refund(1) == -1\n"


@dataclass(slots=True, kw_only=True)
class House:
    """A server with emulated services, on which each test has a run of its own."""

    shelf: Shelf
    engine: Engine
    openings: Openings
    clock: HandClock
    scenario: Path


@contextmanager
def a_house(folder: Path) -> Iterator[House]:
    scenario = folder / "repairs"
    (scenario / "repo" / "payments").mkdir(parents=True)
    (scenario / "repo" / "tests").mkdir()
    (scenario / "repo" / "README.md").write_text("# Payments\n")
    (scenario / "repo" / "payments" / "__init__.py").write_text(_CODE)
    (scenario / "repo" / "tests" / "test_refund.py").write_text(_TEST)
    (scenario / "scenario.yaml").write_text(_SCENARIO)
    clock = HandClock(load_scenario(scenario).starts_at)
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
        key=Key(b"0" * 32),
        emulators=emulators,
        base_url=listener.url,
        folder=folder,
        environment={},
        clock=clock,
    )
    try:
        engine = Engine(shelf, clock=clock, open_run=openings.open)
        yield House(shelf=shelf, engine=engine, openings=openings, clock=clock, scenario=scenario)
    finally:
        server.stop()
        emulators.close()
        database.close()

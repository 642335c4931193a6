"""Whether alarms ring in time, and what runs cost at which nothing happens: 10,000 agenda entries over 300 runs.

Workroom, pacer, engine and database are those of the server; the services are ones that have no news, so that what is measured
is the clock. Prints how many seconds of wall time after its instant an entry was taken in hand (median, 99th percentile, maximum)
and the share of one core that idle runs need; exits with 1 when one is above the goal.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from simulator.model.agenda import AgendaEntry
from simulator.model.keys import RunId
from simulator.model.runs import Run
from simulator.run.credentials import CredentialsFile
from simulator.run.engine import Engine
from simulator.run.live import Live, Story
from simulator.run.shelf import Shelf, open_shelf
from simulator.run.starting import StartRequest, begin_run
from simulator.run.workroom import Workroom
from simulator.scenario.load import load_scenario
from simulator.storage.database import Database
from simulator.storage.migrate import upgrade
from simulator.timekeeping.clock import wall_clock
from simulator.timekeeping.pacer import Pacer
from simulator.timekeeping.timeline import Timeline

GOAL_LATE_S = 1.0
GOAL_IDLE = 0.02
LOOK_S = 240.0
PACE_S = 14_400
SCENARIO = """
format: 1
id: notes
title: Notes
summary: Nothing but notes.
calendar: {start: 2026-01-05, days: [mon, tue, wed, thu, fri], hours: "09:00-17:00", zone: UTC, pace: 4h}
project: {key: PAY, name: Payments}
repository: {owner: acme, name: payments, description: Payments, private: true, folder: repo}
people:
  learner: {kind: human, name: Lea Learner, login: lea, email: lea@example.com}
  priya: {kind: teammate, name: Priya Nair, login: priya, email: priya@example.com, access: admin}
backlog:
  - {id: refund, type: Story, summary: Refund a payment, points: 3}
sprints:
  - {id: first, name: Sprint 1, goal: A customer can be refunded, days: 2, issues: [refund]}
"""


class Quiet:
    """Services that do everything at once and have no news."""

    def perform(self, action: Any, *, bindings: Any, again: bool = False) -> Mapping[str, str]:  # noqa: ARG002
        return {"board": "1"} if type(action).__name__ == "CreateProject" else {}

    def observe(self, cursor: Mapping[str, Any]) -> tuple[Sequence[Any], Mapping[str, Any]]:
        return (), cursor


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--entries", type=int, default=34, help="of each run")
    parser.add_argument("--seconds", type=float, default=60.0, help="of each of the two measurements")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        return _report(_measured(Path(temporary), wanted))


def _measured(folder: Path, wanted: argparse.Namespace) -> dict[str, Any]:
    database = Database(f"sqlite:///{folder / 'sprintdojo.db'}")
    upgrade(database)
    shelf = open_shelf(database)
    scenario = folder / "notes"
    (scenario / "repo").mkdir(parents=True)
    (scenario / "repo" / "README.md").write_text("# Payments\n")
    (scenario / "scenario.yaml").write_text(SCENARIO)
    story = Story(load_scenario(scenario))
    engine = Engine(shelf, clock=wall_clock, open_run=lambda run: _open(shelf, story, run))
    runs = [_begun(shelf, scenario, folder, number) for number in range(wanted.runs)]
    for run in runs:
        engine.work(run)
    pacer = Pacer(lambda run_id: workroom.wake(run_id))  # noqa: PLW0108 - made after it
    workroom = Workroom(engine, shelf, clock=wall_clock, look_s=lambda _run, _quiet: LOOK_S, set_alarm=pacer.set_alarm)
    pacer.start()
    workroom.open()
    time.sleep(5)
    idle = _cpu_share(wanted.seconds)
    due = _fill(shelf, engine, runs, wanted)
    for run in runs:
        workroom.wake(run)
    time.sleep(wanted.seconds + 10)
    pacer.stop()
    late = _lateness(shelf, due)
    workroom.close()
    database.close()
    return {"idle": idle, "late": late, "entries": wanted.runs * wanted.entries, "due": len(due)}


def _begun(shelf: Shelf, scenario: Path, folder: Path, number: int) -> RunId:
    request = StartRequest(scenario=str(scenario), pace=f"{PACE_S}s", seed=number)
    return begin_run(request, shelf, clock=wall_clock, credentials=CredentialsFile(folder), folder=folder / "runs").id


def _open(shelf: Shelf, story: Story, run: Run) -> Live:
    services = Quiet()
    return Live(
        run_id=run.id,
        seed=run.seed,
        story=story,
        performer=services,
        observer=services,
        timeline=Timeline(tuple(shelf.runs.segments(run.id)), story.calendar, story.scenario.ends_at),
        seen_until=run.seen_at,
    )


def _fill(
    shelf: Shelf, engine: Engine, runs: list[RunId], wanted: argparse.Namespace
) -> dict[tuple[RunId, str], float]:
    """Entries for all runs, one of each within the time of the measurement; the wall instants of those."""
    begin = wall_clock() + timedelta(seconds=10)
    due = {}
    for place, run in enumerate(runs):
        live = engine.open(run)
        instants = [begin + timedelta(seconds=place * wanted.seconds / len(runs))]
        instants += [begin + timedelta(seconds=wanted.seconds + 60 + number) for number in range(wanted.entries - 1)]
        entries = [
            AgendaEntry(id=f"note-{number}", at=live.timeline.simulated(at), action=_note(number))
            for number, at in enumerate(instants)
        ]
        shelf.agenda.add(run, entries)
        wall = live.timeline.wall(entries[0].at)
        assert wall is not None
        due[run, "note-0"] = wall.timestamp()
    return due


def _note(number: int) -> dict[str, Any]:
    return {"do": "PostNote", "actor": "priya", "channel": "chat", "text": f"Note {number}", "subject": "", "to": []}


def _cpu_share(seconds: float) -> float:
    before = time.process_time()
    time.sleep(seconds)
    return (time.process_time() - before) / seconds


def _lateness(shelf: Shelf, due: dict[tuple[RunId, str], float]) -> list[float]:
    late = []
    for (run, name), wall in due.items():
        entry = next(entry for entry in shelf.agenda.entries(run) if entry.id == name)
        assert entry.begun_at is not None, f"{run}: {name} was never taken in hand"
        late.append(entry.begun_at.timestamp() - wall)
    return sorted(late)


def _report(measured: dict[str, Any]) -> int:
    late = measured["late"]
    figures = {
        "entries": measured["entries"],
        "rung": measured["due"],
        "late_median_s": round(statistics.median(late), 3),
        "late_p99_s": round(late[int(0.99 * (len(late) - 1))], 3),
        "late_max_s": round(late[-1], 3),
        "idle_cores": round(measured["idle"], 4),
    }
    print(json.dumps(figures))
    return 0 if late[-1] <= GOAL_LATE_S and measured["idle"] <= GOAL_IDLE else 1


if __name__ == "__main__":
    sys.exit(main())

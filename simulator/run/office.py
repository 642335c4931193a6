"""What pages and the API may ask for. Reading goes through `queries`; doing is handed to the workroom and followed as a job."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.errors import RunError
from simulator.model.keys import RunId
from simulator.model.runs import Run, RunState
from simulator.run.queries import Queries
from simulator.run.secrets import Key, same
from simulator.run.shelf import Shelf
from simulator.run.starting import StartRequest, begin_run
from simulator.run.workroom import Job, Workroom
from simulator.scenario.load import load_scenario
from simulator.scenario.packs import find_scenario
from simulator.timekeeping.clock import Clock
from simulator.timekeeping.instants import parse_target
from simulator.timekeeping.pace import parse_pace

if TYPE_CHECKING:
    from simulator.run.openings import Openings

_AT_WORK = (RunState.PREPARING, RunState.RUNNING, RunState.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The front desk of a running server."""

    shelf: Shelf
    workroom: Workroom
    openings: Openings
    queries: Queries
    key: Key
    clock: Clock
    guarded: bool
    """Whether the server listens beyond loopback, so that visitors must show the access code."""

    def start(self, request: StartRequest) -> Run:
        """Begin a run; its preparation goes on in the workroom. Raises ScenarioError, SetupError or RunError."""
        if not request.emulated and not request.environment:
            request = replace(request, environment=self.openings.environment)
        run = begin_run(
            request,
            self.shelf,
            clock=self.clock,
            credentials=self.openings.credentials_file,
            folder=self.openings.runs_folder,
        )
        self.workroom.wake(run.id)
        return run

    def start_unless_running(self, request: StartRequest) -> Run:
        """The newest run of that scenario that goes on; else a new one."""
        wanted = load_scenario(find_scenario(request.scenario)).id
        for run in self.shelf.runs.all():
            if run.state in _AT_WORK and run.scenario_id == wanted:
                return run
        return self.start(request)

    def find(self, run_id: str) -> Run:
        """A run by its id, or the current one by the word `current`. Raises UnknownRun."""
        if run_id != "current":
            return self.shelf.runs.get(RunId(run_id))
        run = self.shelf.runs.current()
        if run is None:
            raise RunError("there is no run yet", to_do="begin one with `sprintdojo start first-sprint`")
        return run

    def pause(self, run: Run) -> Job:
        """Stop the clock."""
        return self.workroom.ask(run.id, "pause", lambda: self.workroom.engine.pause(run.id))

    def resume(self, run: Run) -> Job:
        """Let the clock go on."""
        return self.workroom.ask(run.id, "resume", lambda: self.workroom.engine.resume(run.id))

    def set_pace(self, run: Run, pace: str) -> Job:
        """Change the pace, said as `10m` for a working day. Raises RunError when it cannot be read."""
        pace_s = parse_pace(pace)
        return self.workroom.ask(run.id, "pace", lambda: self.workroom.engine.set_pace(run.id, pace_s))

    def advance(self, run: Run, to: str | None) -> Job:
        """Go on at once, to the next event or to a time said as `day 3 10:00`, `+2h`, `end`. Raises RunError."""
        if not to:
            return self.workroom.ask(run.id, "advance", lambda: self.workroom.engine.advance(run.id, None))
        story = self.openings.story(run)
        now = self.openings.timeline(run, story).simulated(self.clock())
        target = parse_target(
            to, first_day=story.first_day, calendar=story.calendar, now=now, end=story.scenario.ends_at
        )
        if target > story.scenario.ends_at:
            raise RunError(f"{to[:40]!r} is after the end of the sprint", to_do="name an earlier moment, or say `end`")
        return self.workroom.ask(run.id, "advance", lambda: self.workroom.engine.advance(run.id, target))

    def finish(self, run: Run) -> Job:
        """End the run."""
        return self.workroom.ask(run.id, "finish", lambda: self.workroom.engine.finish(run.id))

    def job(self, run: Run, number: int) -> Job:
        """A job as it stands. Raises RunError when there is none of that number."""
        job = self.workroom.job(run.id, number)
        if job is None:
            raise RunError(
                "no such job", where=f"run {run.id}", to_do="jobs are forgotten after a while; look at the run"
            )
        return job

    def hint(self, run_id: str) -> None:
        """Something may be new on the services of a run."""
        self.workroom.wake(self.shelf.runs.get(RunId(run_id)).id)

    def access_code(self) -> str:
        """What visitors from other machines must show."""
        return self.key.access_code()

    def admits(self, code: str) -> bool:
        """Whether an access code is the right one."""
        return same(code, self.key.access_code())

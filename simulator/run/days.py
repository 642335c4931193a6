"""The beginnings of a run's days: kept as they come, to go back to one or to branch off from it.

Rows and the emulated site are kept together. A state belongs to the instant at which the day began, before anything that the
plan has for that day. Refuses to do so for services that are not ours: nobody can turn back a real Jira.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from simulator.errors import RunError
from simulator.model.keys import RunId
from simulator.model.runs import Run, RunState
from simulator.run.openings import Openings
from simulator.storage.snapshots import DaySnapshot
from simulator.timekeeping.timeline import Timeline

_INTERRUPTED = "this copy is not whole, because its making was interrupted: rewind or branch again"


@dataclass(frozen=True, slots=True)
class Days:
    """Keeps, brings back and branches; the run must not be in hand while its past is brought back."""

    openings: Openings

    def keep(self, run_id: RunId, day: int, timeline: Timeline) -> None:
        """Keep the present state as the beginning of a day."""
        wall = self.openings.clock()
        self.openings.emulators.keep_site(run_id, _name(day))
        self.openings.shelf.snapshots.keep(run_id, day=day, wall=wall, simulated=timeline.simulated(wall))

    def find(self, run: Run, day: int) -> DaySnapshot:
        """The beginning of a day. Raises RunError that says why there is none, and which there are."""
        if not run.emulated:
            raise RunError(
                "a run on other services cannot go back: nobody can turn back what happened there",
                where=f"run {run.id}",
                to_do="start a new run with the same seed, or practise on the emulated services",
            )
        kept = {found.day: found for found in self.openings.shelf.snapshots.all(run.id)}
        if day not in kept:
            days = ", ".join(f"day {number}" for number in kept) or "none yet; they are kept as days begin"
            raise RunError(f"the beginning of day {day} is not kept", where=f"run {run.id}", to_do=f"kept are: {days}")
        return kept[day]

    def set_aside(self, run: Run, kept: DaySnapshot) -> RunId:
        """What a run is now as a finished run of its own, to be read after the other was taken back."""
        shelf, wall = self.openings.shelf, self.openings.clock()
        story = self.openings.story(run)
        now = self.openings.timeline(run, story).simulated(wall)
        title = f"{story.scenario.title} (before it went back to day {kept.day})"
        return self._made(
            run,
            shelf.snapshots.present(run.id, wall=wall, simulated=now),
            kept,
            snapshot=None,
            state=RunState.FINISHED,
            title=title,
            finished_at=wall,
        )

    def branch(self, run: Run, kept: DaySnapshot) -> RunId:
        """A second run that stands where this one was as the day began: same seed and plan, a site of its own, paused."""
        title = self._another_way(run, kept)
        return self._made(
            run, kept, kept, snapshot=_name(kept.day), state=RunState.PAUSED, title=title, finished_at=None
        )

    def bring_back(self, run: Run, kept: DaySnapshot) -> None:
        """Make a run what it was as the day began; done again after a crash in the middle."""
        shelf, emulators = self.openings.shelf, self.openings.emulators
        later = [day for day in shelf.snapshots.days(run.id) if day > kept.day]
        inherited = kept.wall <= run.created_at  # with the tokens of the run that kept it
        seed = self.openings.seed_of(run) if inherited else None
        try:
            emulators.restore_site(run.id, _name(kept.day), seed=seed)
        except LookupError as exc:
            shelf.runs.update(run.id, rewinding=None)
            raise _gone(run, kept) from exc
        shutil.rmtree(self.openings.runs_folder / run.id / "git", ignore_errors=True)  # its clone knows the future
        changes: dict[str, Any] = {"rewinding": None, "journey": None, "finished_at": None, "problem": None}
        if run.branched_from:  # what it was called may no longer be so
            changes["title"] = self._another_way(run, kept)
        shelf.snapshots.bring_back(run.id, kept, state=RunState.PAUSED, **changes)
        shelf.facts.forget(run.id)
        for day in later:
            with suppress(LookupError):  # after a crash in the middle
                emulators.drop_state(run.id, _name(day))

    def _another_way(self, run: Run, kept: DaySnapshot) -> str:
        return f"{self.openings.story(run).scenario.title} (another way from day {kept.day})"

    def _made(
        self,
        run: Run,
        rows: DaySnapshot,
        parting: DaySnapshot,
        *,
        snapshot: str | None,
        state: RunState,
        **changes: object,
    ) -> RunId:
        shelf, wall = self.openings.shelf, self.openings.clock()
        begun = {"state": RunState.FINISHED, "problem": _INTERRUPTED, "started_at": run.started_at, "journey": None}
        origin = {"branched_from": run.id, "branched_at": parting.simulated, "rewinding": None}
        made = RunId(shelf.snapshots.branch(run, rows, wall=wall, **begun, **origin, **changes))
        folder = self.openings.runs_folder / made / "scenario"
        shutil.copytree(self.openings.scenario_of(run), folder, dirs_exist_ok=True)
        fresh = shelf.runs.update(made, scenario_path=str(folder))
        try:
            self.openings.emulators.branch_site(made, of=run.id, snapshot=snapshot, seed=self.openings.seed_of(fresh))
        except LookupError as exc:
            raise _gone(run, parting) from exc
        self._inherit(made, run, rows)
        shelf.runs.update(made, state=state, problem=None)
        return made

    def _inherit(self, made: RunId, run: Run, rows: DaySnapshot) -> None:
        """The days that a run may go back to are those of the one that it was made of, up to where it parts from that."""
        shelf = self.openings.shelf
        days = [day for day in shelf.snapshots.days(run.id) if not rows.day or day <= rows.day]
        self.openings.emulators.share_states(made, of=run.id, names={_name(day) for day in days})
        shelf.snapshots.inherit(made, of=run.id, days=days)


def _gone(run: Run, kept: DaySnapshot) -> RunError:
    return RunError(
        f"what the services were on day {kept.day} is gone",
        where=f"run {run.id}",
        to_do="choose another day; were files of the data folder taken away?",
    )


def _name(day: int) -> str:
    return f"day-{day}"

"""Taking runs back to the beginning of a day, and branching off from one: the order in which it is done, and crash-safe.

What is kept of a day and how it is brought back is days.py's.
"""

from __future__ import annotations

from collections.abc import Callable

from simulator.errors import RunError
from simulator.model.keys import RunId
from simulator.model.runs import Run, RunState
from simulator.run.days import Days
from simulator.run.shelf import Shelf
from simulator.storage.snapshots import DaySnapshot


class GoingBack:
    """Goes back. `forget` lets go of a run that is in hand, `judge` takes it in hand and scores it; without `days` it refuses."""

    def __init__(
        self, shelf: Shelf, days: Days | None, *, forget: Callable[[RunId], None], judge: Callable[[RunId], None]
    ) -> None:
        self._shelf = shelf
        self._days = days
        self._forget = forget
        self._judge = judge

    def rewind(self, run: Run, day: int) -> RunId:
        """Take a run back to the beginning of a day, where its clock stands; the id under which what it was can still be read.

        Raises RunError when that state is not kept, or the services are not ours.
        """
        days, kept = self._kept(run, day)
        past = days.set_aside(run, kept)
        self._shelf.runs.update(run.id, state=RunState.PAUSED, rewinding=day)
        self.bring_back(run, day)
        return past

    def branch(self, run: Run, day: int) -> RunId:
        """A second run that stands where this one was as a day began; its id. Raises RunError as `rewind` does."""
        days, kept = self._kept(run, day)
        made = days.branch(run, kept)
        self._judge(made)
        return made

    def bring_back(self, run: Run, day: int) -> None:
        """Go the way back, or what is left of it after a crash in the middle."""
        days, kept = self._kept(run, day)
        self._forget(run.id)
        days.bring_back(run, kept)
        self._judge(run.id)

    def _kept(self, run: Run, day: int) -> tuple[Days, DaySnapshot]:
        if self._days is None or run.state in (RunState.PREPARING, RunState.FAILED):
            raise not_going_on(run)
        return self._days, self._days.find(run, day)


def not_going_on(run: Run) -> RunError:
    """What is said where something is asked of a run that its state does not allow."""
    to_do = {
        RunState.FINISHED: "begin a new one with `sprintdojo start`",
        RunState.FAILED: "its page says why; put that right, then `sprintdojo start` it again",
    }
    return RunError(
        f"the run is {run.state}", where=f"run {run.id}", to_do=to_do.get(run.state, "wait until it is prepared")
    )

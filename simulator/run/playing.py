"""A scripted learner at work on a run, step by step, through the run's own services.

Refuses to let time pass by itself: rehearsals turn a clock set by hand, and `lead` leads a run's own clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from simulator.errors import AdapterError, RunError
from simulator.model.actions import SpeakAtStandUp
from simulator.model.keys import RunId
from simulator.model.runs import RunState
from simulator.plan.personas import PersonaStep, expired, ready_at
from simulator.plan.talk.speaking import spoken
from simulator.run.engine import Engine
from simulator.run.shelf import Shelf

_MOST_TURNS = 20_000


@dataclass(slots=True, kw_only=True)
class Playing:
    """A persona in a run: the steps that wait, and in words what was refused."""

    engine: Engine
    shelf: Shelf
    run_id: RunId
    waiting: list[PersonaStep]
    refused: list[str] = field(default_factory=list)

    def act(self) -> bool:
        """Do the first step that is ready, or drop one whose time is over; False when nothing is to be done now."""
        view = self.engine.view(self.run_id)
        for step in self.waiting:
            at = ready_at(step, view)
            late = expired(step, view.now)
            if late or (at is not None and at <= view.now):
                self.waiting.remove(step)
                if not late:
                    self.refused.extend(self._perform(step))
                return True
        return False

    def coming(self) -> Iterator[datetime]:
        """The simulated instants at which steps are ready, as far as is known now."""
        view = self.engine.view(self.run_id)
        for step in self.waiting:
            at = ready_at(step, view)
            if at is not None and at > view.now:
                yield at

    def lead(self, until: datetime) -> None:
        """Lead the run's time to a simulated instant, with all that the story does until then and the persona does before.

        Raises AdapterError when a service does not answer, RunError when it does not come to an end or the server stops.
        """
        for _ in range(_MOST_TURNS):
            if self.engine.stopped:
                raise RunError("the server stops", where=f"run {self.run_id}", to_do="the run stays where it is")
            if self.shelf.runs.get(self.run_id).state is RunState.FINISHED:
                return
            now, entry = self.engine.view(self.run_id).now, self.shelf.agenda.next(self.run_id)
            if entry is not None and entry.at <= min(now, until):
                self.engine.lead(self.run_id, now)
            elif now >= until:
                return
            elif not self.act():
                self.engine.lead(self.run_id, min([until, *self.coming(), *([entry.at] if entry else [])]))
        raise RunError("the persona does not come to an end", where=f"run {self.run_id}")

    def _perform(self, step: PersonaStep) -> Iterator[str]:
        for planned in step.actions:
            view = self.engine.view(self.run_id)
            action = spoken(planned, view) if isinstance(planned, SpeakAtStandUp) else planned
            bindings = self.shelf.runs.bindings(self.run_id)
            try:
                if self.engine.as_persona(self.run_id, action):
                    continue
                made = self.engine.open(self.run_id).performer.perform(action, bindings=bindings)
            except (AdapterError, RunError) as exc:
                yield f"{step.id}: {exc.what}"
                continue
            self.shelf.runs.bind(self.run_id, made)
        self.engine.look(self.run_id)

"""The coach in the answer to `git push`: what the push brings or leaves open, said to whoever pushed and to nobody else.

Refuses to hold a push up: what is not known in time is not said. A push of a colleague's, of a scripted learner's or of another
site's gets no word.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from simulator.emulators.kit.instance import Pushed
from simulator.errors import SprintdojoError
from simulator.model.keys import RunId
from simulator.model.runs import Run, RunState
from simulator.run.coach.about import Asked, of_push
from simulator.run.coach.words import remote_lines
from simulator.run.openings import Openings
from simulator.run.shelf import Shelf
from simulator.run.workroom import Workroom

logger = logging.getLogger(__name__)

_PATIENCE_S = 1.5
_AT_WORK = (RunState.RUNNING, RunState.PAUSED)
_PLAYS = "play"


@dataclass(frozen=True, slots=True, kw_only=True)
class PushAdvice:
    """What the emulated GitHub asks for words when a push is taken in."""

    shelf: Shelf
    workroom: Workroom
    openings: Openings
    patience_s: float = _PATIENCE_S

    def __call__(self, pushed: Pushed) -> Sequence[str]:
        """Lines on a push, within a second and a half; none where the coach has no say."""
        run = self._run_of(pushed)
        asked = self._asked(run, pushed) if run else None
        if run is None or asked is None or self.workroom.doing(run.id) == _PLAYS:
            return ()
        answer: SimpleQueue[Sequence[str]] = SimpleQueue()
        self.workroom.ask(run.id, "advice", lambda: self._answer(run.id, asked, answer))
        try:
            return answer.get(timeout=self.patience_s)
        except Empty:
            logger.info("run %s: a push is answered without advice: the run was busy", run.id)
            return ()

    def _run_of(self, pushed: Pushed) -> Run | None:
        try:
            run = self.shelf.runs.get(RunId(pushed.site))
        except SprintdojoError:  # a site of its own, such as `default`
            return None
        return run if run.state in _AT_WORK and run.emulated else None

    def _asked(self, run: Run, pushed: Pushed) -> Asked | None:
        story = self.openings.story(run)
        where = self.openings.services(run, story)
        seat = story.roster.seat_of(pushed.login)
        ours = pushed.repository.lower() == f"{where.owner}/{where.repository}".lower()
        if seat is None or not (ours and story.scenario.spec.voice.push and story.roster.is_human_seat(seat)):
            return None
        return Asked(seat=seat, tips=pushed.tips)

    def _answer(self, run_id: RunId, asked: Asked, answer: SimpleQueue[Sequence[str]]) -> None:
        lines: Sequence[str] = ()
        try:
            lines = self._lines(run_id, asked)
        except SprintdojoError as exc:
            logger.warning("run %s: a push is answered without advice: %s", run_id, exc.what)
            raise
        finally:
            answer.put(lines)

    def _lines(self, run_id: RunId, asked: Asked) -> Sequence[str]:
        engine, site = self.workroom.engine, self.openings.base_url
        before = engine.open(run_id).cards
        live, history = engine.fresh(run_id), engine.view(run_id).history
        findings = of_push(asked, live.cards, history, scorer=live.scorer, before=before)
        return remote_lines(findings, branches=list(asked.tips), site=site, page=f"{site}/runs/{run_id}")

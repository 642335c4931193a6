"""What is asked, answered and said in a run, taken in: by its meetings, by learners at their forms, by scripted learners."""

from __future__ import annotations

import logging

from simulator.adapters.fill import fill
from simulator.errors import RunError
from simulator.model.actions import Action, AnswerPrompt, HoldCeremony, PostNote, PostPrompt
from simulator.model.agenda import AgendaEntry
from simulator.model.history import History
from simulator.model.keys import SeatId
from simulator.run.asking import answered, posted, said
from simulator.run.intake import Intake
from simulator.run.live import Live
from simulator.run.meetings import hold
from simulator.run.shelf import Shelf
from simulator.timekeeping.clock import Clock

logger = logging.getLogger(__name__)


class Talk:
    """Takes in what is asked, answered and said."""

    def __init__(self, shelf: Shelf, intake: Intake, *, clock: Clock) -> None:
        self._shelf = shelf
        self._intake = intake
        self._clock = clock

    def takes(self, live: Live, entry: AgendaEntry, action: Action) -> bool:
        """Whether an entry of the agenda was one of these; then it is done."""
        match action:
            case PostPrompt():
                bindings = self._shelf.runs.bindings(live.run_id)
                self._intake.take(live, posted(action, live, bindings=bindings, clock=self._clock))
            case HoldCeremony():
                hold(self._shelf, live, entry, action, view=self._intake.view(live))
            case AnswerPrompt():
                self._answer_in_time(live, action)
            case _:
                return False
        return True

    def answer(self, live: Live, action: AnswerPrompt) -> None:
        """Take in an answer. Raises UnknownPrompt, BadAnswer or RunError."""
        bindings = self._shelf.runs.bindings(live.run_id)
        fact = answered(action, live, self._history(live), bindings=bindings, clock=self._clock)
        if fact is not None:
            self._intake.take(live, fact)

    def say(self, live: Live, seat: SeatId, text: str) -> None:
        """Take in what a human says in the chat. Raises BadAnswer or RunError."""
        self._intake.take(live, said(seat, text, live, self._history(live), clock=self._clock))

    def as_persona(self, live: Live, action: Action) -> bool:
        """Whether a scripted learner's action was one of these; then it is done, or refused with RunError."""
        match action:
            case AnswerPrompt():
                self.answer(live, action)
            case PostNote():
                text = fill(action.text, self._shelf.runs.bindings(live.run_id), strict=False)
                self.say(live, action.actor, text)
            case PostPrompt() | HoldCeremony():
                raise RunError(f"{type(action).__name__} is nothing that a learner does", where=live.run_id)
            case _:
                return False
        return True

    def _answer_in_time(self, live: Live, action: AnswerPrompt) -> None:
        try:
            self.answer(live, action)
        except RunError as refused:  # the meeting is over, or never took place: the story goes on
            logger.warning("run %s: %s was not answered: %s", live.run_id, action.prompt, refused.what)

    def _history(self, live: Live) -> History:
        return self._intake.view(live).history

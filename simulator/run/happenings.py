"""Events of the story in a run: put on the agenda when their condition is met, and made to take place when they are due.

The fact that an event took place is written first, its actions go to the agenda then: after a `kill -9` between the two the
fact is found, and what is missing is added. Refuses to decide: plan/happening.py does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from simulator.model.actions import Action, Happen, unpack
from simulator.model.agenda import AgendaEntry, Phase
from simulator.model.facts import Fact, FactKind
from simulator.plan.happening import asked_again, considered, entries_of_event, judged
from simulator.run.live import Live
from simulator.run.shelf import Shelf, entries_of
from simulator.scenario.timed import TimedAction
from simulator.scenario.view import View
from simulator.timekeeping.clock import Clock


class Happenings:
    """Keeps the agenda in step with the conditions of a run."""

    def __init__(self, shelf: Shelf, *, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock

    def consider(self, live: Live, view: View) -> None:
        """Put the events on the agenda whose conditions are met, or will be if nothing changes.

        What waits already for an earlier instant is not added again: it is put off when its time has come.
        """
        waiting = self._waiting(live)
        for timed in considered(view):
            key, kept = _key(timed.action), waiting.get(_key(timed.action))
            if timed.id in live.offered or (kept is not None and kept <= timed.at):
                continue
            live.offered.add(timed.id)
            if self._add(live, timed):
                waiting[key] = timed.at

    def decided(self, live: Live, happen: Happen, view: View) -> tuple[Happen | None, str]:
        """The event as it takes place now, or None with the reason; what comes too early is put off.

        One that took place before is given as it was: at most its actions are missing.
        """
        self._waiting(live).pop(_key(happen), None)
        times = view.history.run.events.get(happen.event, ())
        written = next((time for time in times if time.occurrence == happen.occurrence), None)
        if written is not None:
            return replace(happen, about=dict(written.about)), ""
        verdict = judged(happen, view)
        if verdict.again is not None:
            self._add(live, asked_again(happen, verdict.again))
            self._waiting(live)[_key(happen)] = verdict.again
        return (replace(happen, about=dict(verdict.about)), "") if verdict.takes_place else (None, verdict.why)

    def fact(self, live: Live, happen: Happen) -> Fact:
        """The fact that an event takes place now."""
        now = self._clock()
        return Fact(
            source_id=f"run:event:{happen.event}:{happen.occurrence}",
            kind=FactKind.EVENT_HAPPENED,
            subject=f"event:{happen.event}",
            actor=happen.actor,
            url="",
            recorded_at=now,
            at=live.timeline.simulated(now),
            detail={"event": happen.event, "occurrence": happen.occurrence, "about": dict(happen.about)},
        )

    def follow(self, live: Live, entry: AgendaEntry, happen: Happen, view: View) -> None:
        """Put what is done when the event takes place on the agenda, for the instant of its entry."""
        self._add(live, *entries_of_event(happen, view, entry.at))

    def _add(self, live: Live, *timed: TimedAction) -> int:
        return self._shelf.agenda.add(live.run_id, entries_of(timed, phase=Phase.PLAY))

    def _waiting(self, live: Live) -> dict[str, datetime]:
        if live.waiting is None:
            open_entries = self._shelf.agenda.entries(live.run_id, upcoming=True)
            live.waiting = {
                _key(unpack(entry.action)): entry.at
                for entry in reversed(open_entries)
                if entry.action.get("do") == Happen.__name__
            }
        return live.waiting


def _key(happen: Action) -> str:
    return f"{happen.event}:{happen.occurrence}" if isinstance(happen, Happen) else ""

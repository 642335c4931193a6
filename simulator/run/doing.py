"""How each kind of entry of an agenda is done: in the run itself, or by the performer on the services.

A new kind of action of the run itself gets its way here. Refuses to know the clock's steering: ending the run is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.model.actions import (
    Action,
    AnswerPrompt,
    FinishRun,
    FollowSlip,
    Happen,
    HoldCeremony,
    PostNote,
    PostPrompt,
    ReviewWhenRead,
    TendPull,
)
from simulator.model.agenda import AgendaEntry, EntryState
from simulator.plan.own_work.tending import tend
from simulator.plan.reviews.teammates import decide
from simulator.ports import Bindings
from simulator.run.intake import Intake
from simulator.run.live import Live
from simulator.run.shelf import Shelf
from simulator.run.talking import Talk


@dataclass(frozen=True, slots=True)
class Done:
    """How an entry ended: what it made, or why nothing was to be done."""

    made: Bindings = field(default_factory=dict)
    outcome: EntryState = EntryState.DONE
    note: str = ""


Way = Callable[[Live, AgendaEntry, Any], Done]  # Any: each way takes its own kind of action
_DONE = Done()


class Doing:
    """Does entries. `end` ends a run; `ways` are further kinds of actions with how they are done."""

    def __init__(
        self,
        shelf: Shelf,
        intake: Intake,
        talk: Talk,
        *,
        end: Callable[[Live], None],
        ways: Mapping[type[Action], Way] | None = None,
    ) -> None:
        self._shelf = shelf
        self._intake = intake
        self._talk = talk
        self._end = end
        self._ways: dict[type[Action], Way] = {
            PostNote: self._post,
            FinishRun: self._finish,
            Happen: self._happen,
            FollowSlip: self._follow,
            PostPrompt: self._say,
            AnswerPrompt: self._say,
            HoldCeremony: self._say,
            **(ways or {}),
        }

    def do(self, live: Live, entry: AgendaEntry, action: Action, *, again: bool) -> Done:
        """Do an entry; `again` when an earlier attempt may have got through. Raises AdapterError."""
        way = self._ways.get(type(action))
        if way is not None:
            return way(live, entry, action)
        missing = self._missing(live, entry, action)
        if missing:
            return Done(outcome=EntryState.SKIPPED, note=f"there is no pull request {missing} that it could rest on")
        chosen = self._decided(live, entry, action)
        made: dict[str, str] = {}
        for step in chosen:
            bindings = {**self._shelf.runs.bindings(live.run_id), **made}
            made |= live.performer.perform(step, bindings=bindings, again=again)
        return Done(made)

    def _missing(self, live: Live, entry: AgendaEntry, action: Action) -> str | None:
        """The pull request of the scenario that an action rests on and that was never opened; why not was told then."""
        named = getattr(action, "pull", None)
        if named is None:
            event_id, _, part = entry.id.partition(":")
            event = next((event for event in live.story.scenario.spec.story if event.id == event_id), None)
            named = event.needs(part) if event else None
        if not named or named.startswith("#") or f"pull:{named}" in self._shelf.runs.bindings(live.run_id):
            return None
        return str(named)

    def _post(self, live: Live, entry: AgendaEntry, action: PostNote) -> Done:
        self._intake.post(live, entry, action)
        return _DONE

    def _finish(self, live: Live, entry: AgendaEntry, action: FinishRun) -> Done:  # noqa: ARG002 - a way
        self._end(live)
        return _DONE

    def _say(self, live: Live, entry: AgendaEntry, action: Action) -> Done:
        self._talk.takes(live, entry, action)
        return _DONE

    def _happen(self, live: Live, entry: AgendaEntry, action: Happen) -> Done:
        why = self._intake.let_happen(live, entry, action)
        return Done(outcome=EntryState.SKIPPED, note=why) if why else _DONE

    def _follow(self, live: Live, entry: AgendaEntry, action: FollowSlip) -> Done:
        why = self._intake.follow(live, entry, action)
        return Done(outcome=EntryState.SKIPPED, note=why) if why else _DONE

    def _decided(self, live: Live, entry: AgendaEntry, action: Action) -> tuple[Action, ...]:
        if not isinstance(action, ReviewWhenRead | TendPull):
            return (action,)
        facts, bindings = self._shelf.facts.all(live.run_id), self._shelf.runs.bindings(live.run_id)
        scenario, seed = live.story.scenario, live.seed
        if isinstance(action, TendPull):
            return tend(action, facts=facts, scenario=scenario, bindings=bindings, seed=seed, wordings=live.wordings)
        return decide(
            action,
            facts=facts,
            scenario=scenario,
            bindings=bindings,
            seed=seed,
            now=entry.at,
            wordings=live.wordings,
        )

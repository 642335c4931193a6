"""A colleague's branch of the story that somebody deletes before it is merged: pushed again, with a word. Pure.

Refuses to go on for ever: who deletes it a third time has made up their mind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from simulator.model.actions import Action, Channel, CreateBranch, PostNote
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.compile import ScenarioStage
from simulator.plan.pulls import PullState
from simulator.plan.situation import Situation
from simulator.ports import Bindings
from simulator.scenario.events.pull_request import AGAIN, PullRequestEvent
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.values import read_span

_NOTICING = read_span("10m..40m")
_MOST_TIMES = 2
_KEY = re.compile(r"\{(issue:[^{}\s]{1,200})\}")


def restored(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """The push that brings the branch back as it was, when a human took it away."""
    if fact.kind is not FactKind.BRANCH_DELETED or not situation.is_human(fact.actor):
        return ()
    event = _event_of(fact.subject_name, situation)
    gone = [known for known in situation.known if known.kind is fact.kind and known.subject == fact.subject]
    if event is None or len(gone) > _MOST_TIMES or _is_merged(event, situation):
        return ()
    who, branch = SeatId(event.who), fact.subject_name
    words = situation.speaker(who, event.id, branch).say("branch-restored", name=f"`{branch}`")
    steps: tuple[Action, ...] = (
        CreateBranch(actor=who, branch=branch, commit=str(fact.detail.get("sha") or "")),
        PostNote(actor=who, channel=Channel.CHAT, text=words),
    )
    at = situation.present(who, situation.later(_NOTICING, event.id, "restored", str(len(gone))))
    pushed = (
        TimedAction(id=f"{event.id}:restored-{len(gone)}:{n}", at=at, priority=Rank.REACTION, action=step)
        for n, step in enumerate(steps, start=1)
    )
    return (*pushed, *_opened_late(event, situation, fact.at, at))


def _opened_late(
    event: PullRequestEvent, situation: Situation, gone_at: datetime, back_at: datetime
) -> Iterator[TimedAction]:
    """What was to happen while the branch was not there: the pull request is opened when it is back."""
    if f"pull:{event.pull}" in situation.bindings:
        return
    for timed in event.opening(ScenarioStage(situation.scenario, situation.seed)):
        if gone_at < timed.at <= back_at:
            yield replace(timed, id=f"{timed.id}{AGAIN}", at=back_at, priority=Rank.REACTION)


def _event_of(branch: str, situation: Situation) -> PullRequestEvent | None:
    events = (event for event in situation.scenario.spec.story if isinstance(event, PullRequestEvent))
    return next((event for event in events if _named(event.branch, situation.bindings) == branch), None)


def _named(text: str, bindings: Bindings) -> str:
    return _KEY.sub(lambda found: bindings.get(found[1], found[0]), text)


def _is_merged(event: PullRequestEvent, situation: Situation) -> bool:
    number = situation.bindings.get(f"pull:{event.pull}")
    pull = situation.pull(number) if number else None
    return pull is not None and pull.state is PullState.MERGED

"""A view of a small run, and what a condition finds in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.scenario.conditions.condition import Match
from simulator.scenario.conditions.when import WhenPart
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.view import View, history_of
from tests.plan.builders import BINDINGS, RETRY, a_fact, a_scenario, at

MINE = {**BINDINGS, "pull:mine": "3"}


@cache
def the_scenario() -> LoadedScenario:
    with TemporaryDirectory() as folder:
        return a_scenario(Path(folder), RETRY)


def a_view(facts: Sequence[Fact], *, now: datetime | None = None, me: str | None = None) -> View:
    """The run after these facts, at the end of its second week if nothing else is said."""
    scenario = the_scenario()
    history = history_of(scenario, facts, now=now or at(10, 17))
    return View(scenario=scenario, history=history, facts=facts, bindings=MINE, seed=1, me=SeatId(me) if me else None)


def matches(facts: Sequence[Fact], *, now: datetime | None = None, me: str | None = None, **when: Any) -> list[Match]:
    """What meets a condition, the first first."""
    found = WhenPart.model_validate(when).matches(a_view(facts, now=now, me=me))
    return sorted(found, key=lambda match: (match.since, sorted(match.about.items())))


def since(facts: Sequence[Fact], **when: Any) -> datetime | None:
    """Since when a condition holds for the learner."""
    found = matches(facts, me="learner", **when)
    return found[0].since if found else None


def an_issue(key: str, *, when: datetime, actor: str = "mira", **more: Any) -> Fact:
    """An issue was created."""
    detail = {"key": key, "type": "Story", "summary": "…", "status": "To Do", "category": "new", **more}
    return a_fact(FactKind.ISSUE_CREATED, f"issue:{key}", actor=actor, when=when, **detail)


def changed(key: str, field: str, to: str, *, when: datetime, actor: str = "learner", **more: Any) -> Fact:
    """A field of an issue was changed."""
    detail = {"key": key, "field": field, "to": to, "to_text": to, **more}
    return a_fact(FactKind.ISSUE_CHANGED, f"issue:{key}", actor=actor, when=when, **detail)


def commented(key: str, body: str, *, when: datetime, actor: str = "learner") -> Fact:
    """An issue was commented on."""
    return a_fact(FactKind.ISSUE_COMMENTED, f"issue:{key}", actor=actor, when=when, key=key, id=str(when), body=body)

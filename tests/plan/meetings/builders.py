"""A small team at its meetings: facts of issues, sprints and prompts, and views of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from simulator.model.actions import PostPrompt
from simulator.model.facts import Fact, FactKind
from simulator.model.prompts import posted_detail
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.view import View, history_of
from tests.plan.builders import a_fact, a_scenario, at

BINDINGS = {"issue:refunds": "PAY-1", "issue:vague": "PAY-2", "issue:retry": "PAY-3", "sprint:one": "1"}
PLANNING = "- {id: plan, type: planning, sprint: one, who: anna, capacity: {learner: 3, tom: 2}, wants: [vague]}"
DAILY = "- {id: daily, type: stand_up, who: mira}"
REVIEW = "- {id: show, type: review, sprint: one, who: anna}"
RETRO = "- {id: retro, type: retro, sprint: one, who: mira}"


def meeting_scenario(folder: Path, *events: str) -> LoadedScenario:
    """The small scenario with some meetings."""
    return a_scenario(folder, *events)


def a_view(
    scenario: LoadedScenario, facts: Sequence[Fact], *, now: datetime, bindings: Mapping[str, str] | None = None
) -> View:
    """What is known at an instant."""
    history = history_of(scenario, facts, now=now)
    return View(scenario=scenario, history=history, facts=facts, bindings={**BINDINGS, **(bindings or {})}, seed=1)


def an_issue(key: str = "PAY-1", ref: str = "refunds", *, when: datetime | None = None, **fields: object) -> Fact:
    """An issue was created, in sprint 1 unless told otherwise."""
    usual = {
        "type": "Story",
        "summary": f"Summary of {key}",
        "status": "To Do",
        "category": "new",
        "points": 3.0,
        "sprints": [1],
    }
    when = when or at(1, 8.5)
    return a_fact(FactKind.ISSUE_CREATED, f"issue:{key}", actor="mira", when=when, key=key, ref=ref, **(usual | fields))


def moved(key: str, status: str, *, when: datetime, actor: str = "learner", recorded: datetime | None = None) -> Fact:
    """An issue changed its status."""
    category = {"To Do": "new", "Done": "done"}.get(status, "indeterminate")
    return changed(key, "status", status, when=when, actor=actor, recorded=recorded, category=category)


def changed(
    key: str,
    field: str,
    to: str,
    *,
    when: datetime,
    actor: str = "learner",
    recorded: datetime | None = None,
    **more: str,
) -> Fact:
    """A field of an issue changed."""
    name = f"{field}:{key}:{to}:{when.isoformat()}"
    fact = a_fact(
        FactKind.ISSUE_CHANGED,
        f"issue:{key}",
        actor=actor,
        when=when,
        source_id=name,
        key=key,
        field=field,
        to=to,
        to_text=to,
        **more,
    )
    return fact if recorded is None else replace(fact, recorded_at=recorded)


def a_sprint(*, started: datetime | None = None, closed: datetime | None = None, number: int = 1) -> list[Fact]:
    """A sprint that was started (on the first morning unless told otherwise), and perhaps closed."""
    detail = {"id": number, "name": f"Sprint {number}", "goal": "Be kind."}
    facts = [a_fact(FactKind.SPRINT_STARTED, f"sprint:{number}", actor=None, when=started or at(1), **detail)]
    if closed:
        facts.append(a_fact(FactKind.SPRINT_CLOSED, f"sprint:{number}", actor=None, when=closed, **detail))
    return facts


def asked(action: PostPrompt, *, when: datetime) -> Fact:
    """Somebody was asked."""
    bare = a_fact(FactKind.PROMPT_POSTED, f"prompt:{action.prompt}", actor=action.actor, when=when)
    return replace(bare, detail=posted_detail(action))


def answered(prompt: str, *, when: datetime, seat: str = "learner", **answers: str) -> Fact:
    """Somebody answered."""
    detail = {"prompt": prompt, "seat": seat, "answers": answers}
    return a_fact(FactKind.PROMPT_ANSWERED, f"prompt:{prompt}", actor=seat, when=when, **detail)

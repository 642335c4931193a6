"""Prompts as pages and the API show them: open fields, answers, what answers are compared with. Pure.

What an option is worth is shown to nobody before they have answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.model.facts import Fact, FactKind
from simulator.model.history import History, Prompt
from simulator.model.prompts import in_words, open_fields, without_secrets
from simulator.plan.meetings.held import remarks, stands_now
from simulator.run.live import Story
from simulator.scenario.view import View
from simulator.timekeeping.instants import describe_instant

_MOST_CLOSED = 3


def prompts_view(view: View, story: Story, *, seat: str, every: bool = False) -> list[dict[str, Any]]:
    """What a seat is asked: what is open, newest first, then the last few that are closed (or `every` one)."""
    mine = [prompt for prompt in view.history.run.prompts.values() if prompt.seat == seat]
    newest_first = sorted(mine, key=lambda prompt: prompt.at, reverse=True)
    waiting = [prompt for prompt in newest_first if prompt.is_open(view.now)]
    closed = [prompt for prompt in newest_first if prompt not in waiting]
    return [_prompt(prompt, view, story) for prompt in [*waiting, *(closed if every else closed[:_MOST_CLOSED])]]


def questions_view(history: History) -> list[dict[str, Any]]:
    """The questions with points, in the order in which they were asked: whom, and what the answer earned of what."""
    return [
        {
            "who": history.name_of(prompt.seat),
            "title": prompt.title,
            "answered": prompt.answer is not None,
            "points": prompt.points[0],
            "most_points": prompt.points[1],
        }
        for prompt in history.run.prompts.values()
        if prompt.points is not None and not prompt.is_open(history.now)
    ]


def _prompt(prompt: Prompt, view: View, story: Story) -> dict[str, Any]:
    told = remarks(prompt, view)
    points = prompt.points if prompt.answer else None
    return {
        "prompt": prompt.id,
        "kind": prompt.kind,
        "seat": prompt.seat,
        "title": prompt.title,
        "text": prompt.text,
        "asked": _when(prompt.at, story),
        "until": _when(prompt.until, story) if prompt.until else None,
        "open": prompt.is_open(view.now),
        "fields": _fields(prompt, view),
        "answers": dict(prompt.answer.answers) if prompt.answer else None,
        "points": points[0] if points else None,
        "most_points": points[1] if points else None,
        "remarks": [{"kind": r.kind, "text": r.text, "evidence": list(r.evidence)} for r in told],
    }


def _fields(prompt: Prompt, view: View) -> list[dict[str, Any]]:
    now = stands_now(prompt, view) if prompt.is_open(view.now) else {}
    return [field | {"given": now.get(str(field["id"]), field.get("given", ""))} for field in open_fields(prompt)]


def _when(instant: Any, story: Story) -> str:
    return describe_instant(instant, first_day=story.first_day, calendar=story.calendar)


def public_detail(fact: Fact) -> dict[str, Any]:
    """The detail of a fact as anybody may read it."""
    return without_secrets(fact.detail) if fact.kind is FactKind.PROMPT_POSTED else dict(fact.detail)


def with_words(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those of answers with their prompt's title and kind and the answer in words, so that a feed can tell them."""
    asked: dict[str, Mapping[str, Any]] = {
        str(fact.detail["prompt"]): fact.detail for fact in facts if fact.kind is FactKind.PROMPT_POSTED
    }
    return [_worded(fact, asked) for fact in facts]


def _worded(fact: Fact, asked: Mapping[str, Mapping[str, Any]]) -> Fact:
    prompt = asked.get(str(fact.detail.get("prompt"))) if fact.kind is FactKind.PROMPT_ANSWERED else None
    if prompt is None:
        return fact
    words = in_words(prompt["fields"], fact.detail.get("answers") or {})
    return replace(fact, detail={**fact.detail, "title": prompt["title"], "kind": prompt["kind"], "words": words})

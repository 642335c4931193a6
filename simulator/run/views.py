"""History and facts as plain values for pages: board, burndown, sprint, feed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from simulator.model.facts import Fact, FactKind
from simulator.model.history import Column, History, Issue
from simulator.model.keys import SeatId
from simulator.ports import Bindings
from simulator.run.live import Story
from simulator.run.prompt_views import with_words
from simulator.run.wording import in_words
from simulator.scenario.loaded import SprintWindow
from simulator.timekeeping.instants import describe_instant


def sprint_view(history: History, story: Story, bindings: Bindings) -> dict[str, Any] | None:
    """The sprint started last, with its goal and its bounds in the scenario's zone; None before the first start."""
    sprint = history.sprint
    if sprint is None:
        return None
    window, zone = window_of(sprint.id, story, bindings), story.calendar.zone
    return {
        "id": sprint.id,
        "name": sprint.name,
        "goal": sprint.goal,
        "start": window.start.astimezone(zone).isoformat(timespec="minutes"),
        "end": window.end.astimezone(zone).isoformat(timespec="minutes"),
        "state": "closed" if sprint.closed_at else "active",
    }


def window_of(sprint: int, story: Story, bindings: Bindings) -> SprintWindow:
    """When a sprint takes place, by its number on the board; one that the scenario does not know counts as the first."""
    numbers = {bindings.get(f"sprint:{window.ref}"): window for window in story.scenario.sprints}
    return numbers.get(str(sprint), story.scenario.sprints[0])


def board_view(history: History, story: Story) -> dict[str, Any]:
    """The board's columns from left to right."""
    return {"columns": [_column(column, history, story) for column in history.board()]}


def _column(column: Column, history: History, story: Story) -> dict[str, Any]:
    cards = [_card(issue, history, story) for issue in column.issues]
    return {"status": column.status, "category": str(column.category), "points": _sum(cards), "cards": cards}


def _card(issue: Issue, history: History, story: Story) -> dict[str, Any]:
    state = issue.state
    pulls = [pull for pull in history.pulls.values() if str(pull.item) == issue.key]
    return {
        "key": issue.key,
        "url": issue.url,
        "type": issue.type,
        "summary": state.summary,
        "points": state.points,
        "priority": state.priority,
        "labels": sorted(state.labels),
        "assignee": _name(state.assignee, story),
        "pulls": [{"number": pull.number, "url": pull.url, "state": pull.state} for pull in pulls],
    }


def _sum(cards: list[dict[str, Any]]) -> float:
    return sum(card["points"] or 0 for card in cards)


def burndown_view(history: History, story: Story) -> dict[str, Any]:
    """Days with ideal, remaining and scope, and the steps with cause and actor; empty before a sprint has started."""
    burndown = history.burndown()
    if burndown is None:
        return {"unit": "points", "committed": 0, "remaining": 0, "scope": 0, "days": [], "steps": []}
    return {
        "unit": burndown.unit,
        "committed": burndown.committed,
        "remaining": burndown.remaining,
        "scope": burndown.scope,
        "days": [
            {"day": d.day, "ideal": round(d.ideal, 2), "remaining": d.remaining, "scope": d.scope}
            for d in burndown.days
        ],
        "steps": [
            {
                "at": describe_instant(step.at, first_day=story.first_day, calendar=story.calendar),
                "cause": step.cause,
                "issue": step.issue,
                "actor": _name(step.actor, story),
                "remaining_delta": step.remaining_delta,
                "scope_delta": step.scope_delta,
            }
            for step in burndown.steps
        ],
    }


def feed_view(facts: Sequence[Fact], story: Story, *, most: int) -> list[dict[str, Any]]:
    """What happened, newest first: notes as they were said, the rest in a sentence. Set-up is left out."""
    told: list[dict[str, Any]] = []
    for fact in reversed(with_words(facts)):
        sentence = in_words(_with_names(fact, story), lambda seat: _name(seat, story) or "somebody")
        if sentence is None or (fact.at <= story.scenario.starts_at and fact.kind is not FactKind.NOTE_POSTED):
            continue
        told.append(
            {
                "id": fact.source_id,
                "at": describe_instant(fact.at, first_day=story.first_day, calendar=story.calendar),
                "who": _name(fact.actor, story),
                "channel": _channel(fact),
                "subject": str(fact.detail.get("subject") or ""),
                "to": [_name(SeatId(person), story) for person in fact.detail.get("to") or ()],
                "text": sentence,
                "url": fact.url,
            }
        )
        if len(told) == most:
            break
    return told


def _channel(fact: Fact) -> str | None:
    """Where something was said; an answer at a stand-up is said there. None for what was done and not said."""
    if fact.kind is FactKind.NOTE_POSTED:
        return str(fact.detail.get("channel"))
    return "stand-up" if fact.kind is FactKind.PROMPT_ANSWERED and fact.detail.get("kind") == "stand_up" else None


def _with_names(fact: Fact, story: Story) -> Fact:
    """A review request with its reviewer's name in place of the login, a prompt with the name of whoever is asked."""
    if fact.kind is FactKind.PROMPT_POSTED:
        return replace(fact, detail={**fact.detail, "name": _name(SeatId(str(fact.detail.get("seat"))), story)})
    if fact.kind is not FactKind.REVIEW_REQUESTED:
        return fact
    login = str(fact.detail.get("reviewer"))
    return replace(fact, detail={**fact.detail, "reviewer": _name(story.roster.seat_of(login), story) or login})


def _name(seat: SeatId | None, story: Story) -> str | None:
    return story.roster[seat].name if seat is not None and seat in story.roster.people else None

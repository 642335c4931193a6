"""What the coach shows: the job card, and how each moment went. Plain values; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.adapters.fill import fill
from simulator.model.history import Seen
from simulator.model.keys import SeatId
from simulator.plan.card import LEVELS
from simulator.plan.job_card import job_card
from simulator.plan.moments import BADLY, WELL, Standing, State, standings
from simulator.run.live import Story
from simulator.scenario.view import View
from simulator.timekeeping.instants import describe_instant

_IN_WORDS = {
    State.LIVE: "still open",
    State.WELL: "went well",
    State.BADLY: "something to try another way",
    State.RECOVERED: "a slip, made good",
    State.OVER: "passed by",
}


def job_view(view: View, seat: SeatId, *, comes_next: str = "") -> dict[str, Any]:
    """The job card of a human seat; `comes_next` says in words what happens next in the run."""
    card = job_card(view, seat, comes_next=comes_next)
    return {
        "seat": seat,
        "title": fill(card.title, view.bindings, strict=False),
        "why": card.why,
        "where": card.where,
        "moment": card.moment,
        "hints": [fill(hint, view.bindings, strict=False) for hint in card.hints],
        "hint_levels": LEVELS if card.moment else 0,
        "more_hints": card.more_hints,
        "waits_for": list(card.waits_for),
        "commands": list(card.commands),
    }


def moments_view(view: View, story: Story, *, seat: SeatId) -> list[dict[str, Any]]:
    """The moments of a human seat that have opened, in the order of opening: what was seen, and what each is about."""
    opened = [standing for standing in standings(view, seat) if standing.scene is not None]
    ordered = sorted(opened, key=lambda s: (s.scene.opened if s.scene else view.now, s.moment.id))
    return [_moment(standing, view, story) for standing in ordered]


def moments_markdown(moments: Iterable[Mapping[str, Any]]) -> str:
    """The moments as a chapter of the report; empty when there are none."""
    told, lines = list(moments), []
    several = len({moment["seat"] for moment in told}) > 1
    for moment in told:
        whose = f" ({moment['name']})" if several else ""
        lines += [f"### {moment['title']}{whose}: {moment['in_words']}", ""]
        for seen in moment["seen"]:
            links = " ".join(f"[evidence]({url})" for url in seen["links"])
            lines.append(f"- {seen['at']}: {seen['text']} {links}".rstrip())
        lines += [*([""] if moment["seen"] else []), moment["explanation"], ""]
    return "\n".join(["\n## Moments of this sprint", "", *lines]) if lines else ""


def coverage(view: View, seat: SeatId) -> list[dict[str, Any]]:
    """How each moment of the scenario went for a seat: waiting (never opened), live, well, badly, recovered or over."""
    return [
        {
            "moment": standing.moment.id,
            "number": standing.moment.number,
            "state": str(standing.state),
            "well": [seen.way for seen in standing.seen if seen.outcome == WELL],
            "badly": [seen.way for seen in standing.seen if seen.outcome == BADLY],
        }
        for standing in standings(view, seat)
    ]


def _moment(standing: Standing, view: View, story: Story) -> dict[str, Any]:
    moment, scene = standing.moment, standing.scene
    opened = scene.opened if scene else view.now
    taken = view.history.run.hints.get((moment.id, standing.seat), 0)
    hints = [moment.hint(level, scene) for level in range(1, taken + 1)] if scene else []
    return {
        "moment": moment.id,
        "seat": standing.seat,
        "name": story.roster[standing.seat].name,
        "number": moment.number,
        "title": moment.title,
        "state": str(standing.state),
        "in_words": _IN_WORDS.get(standing.state, str(standing.state)),
        "opened": describe_instant(opened, first_day=story.first_day, calendar=story.calendar),
        "seen": [_seen(one, standing, story) for one in standing.seen],
        "hints_taken": taken,
        "hints": [fill(hint, view.bindings, strict=False) for hint in hints],
        "explanation": fill(moment.explained, view.bindings, strict=False),
    }


def _seen(seen: Seen, standing: Standing, story: Story) -> dict[str, Any]:
    texts = standing.moment.ways if seen.outcome == WELL else standing.moment.slips
    return {
        "outcome": seen.outcome,
        "way": seen.way,
        "text": texts.get(seen.way, seen.way),
        "at": describe_instant(seen.at, first_day=story.first_day, calendar=story.calendar),
        "links": [evidence for evidence in seen.evidence if evidence.startswith("http")],
    }

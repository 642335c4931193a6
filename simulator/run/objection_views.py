"""What was said against findings, as plain values to be shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.model.hygiene import DisputeState
from simulator.model.keys import SeatId
from simulator.model.objections import MOST_WAIVERS, Dispute, GivenWaiver
from simulator.run.live import Story
from simulator.timekeeping.instants import describe_instant


def disputes_view(disputes: Sequence[Dispute], story: Story) -> list[dict[str, Any]]:
    """The disputes, what is open first, else the newest first."""
    ordered = sorted(disputes, key=lambda one: (one.state is not DisputeState.OPEN, -one.number))
    return [
        {
            **_about(one, story),
            "message": one.message,
            "url": one.url,
            "state": one.state.value,
            "reason": one.reason,
            "by": one.by,
            "answer": one.answer,
            "has_case": bool(one.case),
        }
        for one in ordered
    ]


def waivers_view(waivers: Sequence[GivenWaiver], story: Story, card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The waivers, those of the scenario first; `unused` when no breach on the team's card needs it."""
    unused = {(one["rule"], one["subject"]) for one in card.get("waivers_unused", ())}
    by_scenario = [
        {
            **dict.fromkeys(("finding", "seat", "name", "at", "moment", "dispute")),
            "rule": one.rule,
            "subject": one.subject,
            "reason": one.reason,
            "by": "the scenario",
            "in_force": True,
            "counted": False,
            "unused": (one.rule, one.subject) in unused,
        }
        for one in story.scenario.spec.hygiene.waivers
    ]
    return by_scenario + [
        {
            **_about(one, story),
            "dispute": one.dispute,
            "reason": one.reason,
            "by": one.by,
            "in_force": one.revoked_at is None,
            "counted": one.revoked_at is None and one.dispute is None,
            "unused": one.revoked_at is None and (one.rule, one.subject) in unused,
        }
        for one in waivers
    ]


def waivers_left(waivers: Iterable[GivenWaiver], sprint: int, seats: Iterable[SeatId]) -> dict[str, int]:
    """How many findings of each learner may still be waived in a sprint."""
    spent = [one.seat for one in waivers if one.sprint == sprint and one.revoked_at is None and one.dispute is None]
    return {str(seat): max(0, MOST_WAIVERS - spent.count(seat)) for seat in seats}


def cases_view(disputes: Iterable[Dispute]) -> dict[str, list[dict[str, Any]]]:
    """The cases of accepted disputes by the codes of their rules; none for a verdict that the facts did not lead to again."""
    cases: dict[str, list[dict[str, Any]]] = {}
    for one in disputes:
        if one.state is DisputeState.ACCEPTED and one.case:
            cases.setdefault(one.rule, []).append(dict(one.case))
    return dict(sorted(cases.items()))


def _about(one: Dispute | GivenWaiver, story: Story) -> dict[str, Any]:
    person = story.roster.people.get(one.seat) if one.seat else None
    return {
        "finding": one.finding,
        "rule": one.rule,
        "subject": one.subject,
        "seat": one.seat,
        "name": person.name if person else None,
        "at": one.at.isoformat(),
        "moment": describe_instant(one.at, first_day=story.first_day, calendar=story.calendar),
    }

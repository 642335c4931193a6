"""What a learner is advised now: the open findings with the hints they have seen, and what is waited for. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.model.runs import Run, RunState
from simulator.run.coach.checking import waiting
from simulator.run.coach.levels import with_hints
from simulator.run.queries import Queries

_MOST_WAITING = 50
_AT_WORK = (RunState.RUNNING, RunState.PAUSED)


def advice(queries: Queries, run: Run, who: str | None) -> dict[str, Any]:
    """The open findings of a human seat (the first one for None), dearest first, with hints; what is waited for.

    Raises RunError for a seat that nobody sits on.
    """
    view = queries.view(run)
    seat = queries.sitting(view, who)
    card = queries.card(run, seat)
    history = queries.history(view)
    open_ones = [with_hints(one, history, seat) for one in card.get("findings", ()) if one["open"]]
    return {"run": run.id, "seat": seat, "findings": open_ones, "waiting": waiting(card)[:_MOST_WAITING]}


def with_hints_seen(queries: Queries, run: Run, card: Mapping[str, Any], seat: str) -> list[Mapping[str, Any]]:
    """All findings of a card, the open ones with the hints that a seat has seen; plain for `team`, and when the run is over."""
    found = list(card.get("findings", ()))
    if seat == "team" or run.state not in _AT_WORK:
        return found
    view = queries.view(run)
    history, who = queries.history(view), queries.sitting(view, seat)
    return [with_hints(one, history, who) if one["open"] else one for one in found]

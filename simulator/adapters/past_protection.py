"""How the default branch is protected, looking back: GitHub tells of today only.

Protection is taken to have been as it is today, but for one thing: a check is held to be required only since it first ran. One
that was added or named anew last week was not missed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from simulator.adapters.observe_surroundings import protection_seen, read_protection
from simulator.adapters.past_reader import PastReader
from simulator.adapters.seen import turn_of
from simulator.errors import NotFound
from simulator.model.facts import FactKind, Observation

_LEAST = timedelta(microseconds=1)


def protection_today(reader: PastReader, branch: str) -> Mapping[str, Any] | None:
    """How a branch is protected, as PROTECTION_SEEN tells it; None when there is no such branch yet.

    Raises AdapterError, also when GitHub shows its protection to administrators only.
    """
    try:
        found = reader.one(f"/branches/{branch}", doing=f"looking at {branch}")
    except NotFound:  # nothing has been pushed yet
        return None
    has_classic = bool((found.get("protection") or {}).get("enabled", found["protected"]))
    return read_protection(reader, branch, has_classic=has_classic)


def protection_over(
    today: Mapping[str, Any], ran: Iterable[Observation], *, html_url: str, since: datetime, until: datetime
) -> list[Observation]:
    """The protection from `since` on, and again each time that a required check of today first ran; `ran`: all checks."""
    first: dict[str, datetime] = {}
    for check in ran:
        if check.kind is FactKind.CHECK_COMPLETED:
            name = str(check.detail["name"])
            first[name] = min(first.get(name, check.recorded_at), check.recorded_at)
    required = {name: max(first.get(name, until - _LEAST), since) for name in today["checks"]}
    told: list[Observation] = []
    turn = ""
    for at in sorted({since, *required.values()}):
        detail = {**today, "checks": [name for name, begun in required.items() if begun <= at]}
        turn = turn_of(turn, detail)
        told.append(protection_seen(str(today["branch"]), detail, turn, html_url=html_url, at=at))
    return told

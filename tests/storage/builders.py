"""Runs, facts and agenda entries with defaults."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.model.agenda import AgendaEntry
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.model.runs import Run
from simulator.storage.database import Database
from simulator.storage.runs import Runs

WALL = datetime(2026, 11, 22, 20, 0, 0, 123_456, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


def a_run(database: Database, **given: Any) -> Run:
    fields: dict[str, Any] = {
        "scenario_id": "first-sprint",
        "title": "A first sprint",
        "scenario_path": "/scenarios/first-sprint",
        "seed": 7,
        "emulated": True,
        "pace_s": 600.0,
        "services": {"github": {"api_url": "http://127.0.0.1:8000/sites/first-sprint-1/github/api/v3"}},
        "wall": WALL,
    }
    return Runs(database).create(**{**fields, **given})


def a_fact(number: int = 1, **given: Any) -> Fact:
    fields: dict[str, Any] = {
        "source_id": f"github:push:{number}",
        "kind": FactKind.PUSHED,
        "subject": "branch:feature/PAY-1-refunds",
        "actor": SeatId("you"),
        "url": "http://127.0.0.1:8000/github/acme/payments/commits/feature",
        "recorded_at": WALL + timedelta(minutes=number),
        "at": MORNING + timedelta(hours=number),
        "detail": {"before": None, "after": "a" * 40, "forced": False, "pulls": [1, 2]},
    }
    return Fact(**{**fields, **given})


def an_entry(entry_id: str = "stand-up-1", **given: Any) -> AgendaEntry:
    fields: dict[str, Any] = {
        "at": MORNING,
        "action": {"do": "PostNote", "actor": "maria", "channel": "stand-up", "text": "Good morning — what's next?"},
    }
    return AgendaEntry(id=entry_id, **{**fields, **given})

"""A run: one play-through of a scenario, as it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from simulator.model.keys import RunId


class RunState(StrEnum):
    """Where a run is in its life. A failed one may be taken up again."""

    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    FAILED = "failed"


class WhileAway(StrEnum):
    """What becomes of the time in which no server was at work: played in order, held, or by how long it was."""

    AUTO = "auto"
    CATCH_UP = "catch-up"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Where simulated time is on its way to: `to` is simulated, `since` and `back` are the wall instants of an absence.

    Written down before the first step and taken away after the last, so that a `kill -9` on the way does not end it.
    """

    to: datetime
    since: datetime | None = None
    back: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One play-through. All its instants are wall time; `revision` grows with each change that a page could show.

    `services` holds URLs and logins as JSON values, never a token. `seen_at` is when a process last kept the run going: after
    a crash its time goes on from there. `pace_s` is wall seconds per working day; with `starts_paused` the clock stands,
    once the run is prepared, until somebody lets it go. A branch says where it began: `branched_from` another run, at the
    simulated instant `branched_at`.
    """

    id: RunId
    scenario_id: str
    title: str
    scenario_path: str
    seed: int
    state: RunState
    services: Mapping[str, Any]  # JSON values
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    seen_at: datetime
    revision: int
    problem: str | None
    emulated: bool
    pace_s: float
    starts_paused: bool
    while_away: WhileAway = WhileAway.AUTO
    journey: Journey | None = None
    rewinding: int | None = None  # the day whose beginning is being brought back
    branched_from: RunId | None = None
    branched_at: datetime | None = None

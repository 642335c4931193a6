"""Scorecards as they were computed, by seat and for the team. Derived from facts: they can be thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from simulator.model.keys import SeatId
from simulator.storage.database import Database
from simulator.storage.runs import hold
from simulator.storage.tables import scorecards


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedScorecard:
    """A scorecard with the moment it is of: `at` simulated, `wall` when computed, `revision` of the run it was computed from.

    `seat` None is the team. `score` is the card's own `score`, None when there is none yet.
    """

    seat: SeatId | None
    at: datetime
    wall: datetime
    revision: int
    final: bool
    score: float | None
    card: Mapping[str, Any]  # JSON values


_COLUMNS = [scorecards.c[field.name] for field in fields(SavedScorecard)]


class Scorecards:
    """The scorecards of a database's runs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        run_id: str,
        *,
        seat: SeatId | None,
        at: datetime,
        wall: datetime,
        revision: int,
        final: bool,
        card: Mapping[str, Any],
    ) -> None:
        """Keep a scorecard; its `score` joins the trend. Of earlier ones of the seat only moment and score stay.

        Does not bump the run's revision. Raises UnknownRun.
        """
        row = {"seat": seat, "at": at, "wall": wall, "revision": revision, "final": final, "card": card}
        last = select(func.coalesce(func.max(scorecards.c.number), 0)).where(scorecards.c.run_id == run_id)
        with self._database.writing() as connection:
            hold(connection, run_id)
            number = connection.execute(last).scalar_one() + 1
            connection.execute(
                update(scorecards).where(_of(run_id, seat), scorecards.c.card.is_not(None)).values(card=None)
            )
            connection.execute(insert(scorecards), {"run_id": run_id, "number": number, "score": card["score"], **row})

    def latest(self, run_id: str, seat: SeatId | None) -> SavedScorecard | None:
        """The newest scorecard of a seat, or of the team (None); None also when all that is left of it is its score."""
        whole = scorecards.c.card.is_not(None)
        newest = select(*_COLUMNS).where(_of(run_id, seat), whole).order_by(scorecards.c.number.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(newest).first()
            return _saved(row) if row else None

    def trend(self, run_id: str, seat: SeatId | None) -> tuple[tuple[datetime, float], ...]:
        """Scores over simulated time, oldest first; cards without a score are left out."""
        asked = select(scorecards.c.at, scorecards.c.score).where(_of(run_id, seat), scorecards.c.score.is_not(None))
        with self._database.reading() as connection:
            return tuple(connection.execute(asked.order_by(scorecards.c.number)).tuples())


def _of(run_id: str, seat: SeatId | None) -> ColumnElement[bool]:
    return (scorecards.c.run_id == run_id) & (
        scorecards.c.seat.is_(None) if seat is None else scorecards.c.seat == seat
    )


def _saved(row: Row[Any]) -> SavedScorecard:
    return SavedScorecard(**row._mapping)

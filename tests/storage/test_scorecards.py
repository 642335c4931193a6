from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from simulator.errors import UnknownRun
from simulator.model.keys import SeatId
from simulator.storage.database import Database
from simulator.storage.runs import Runs
from simulator.storage.scorecards import SavedScorecard, Scorecards
from tests.storage.builders import MORNING, WALL, a_run

YOU = SeatId("you")


def save(database: Database, run_id: str, *, seat: SeatId | None = YOU, at: datetime = MORNING, **card: Any) -> None:
    card = {"score": 80.5, "letter": "B", **card}
    Scorecards(database).save(run_id, seat=seat, at=at, wall=WALL, revision=4, final=False, card=card)


def test_the_latest_scorecard_reads_back_as_it_was_saved(database: Database) -> None:
    run = a_run(database)
    save(database, run.id, score=10.0)
    save(database, run.id, findings=[{"rule": "BR-01", "points_lost": 2.5}])

    assert Scorecards(database).latest(run.id, YOU) == SavedScorecard(
        seat=YOU,
        at=MORNING,
        wall=WALL,
        revision=4,
        final=False,
        score=80.5,
        card={"score": 80.5, "letter": "B", "findings": [{"rule": "BR-01", "points_lost": 2.5}]},
    )


def test_seats_and_the_team_have_scorecards_of_their_own(database: Database) -> None:
    run, other = a_run(database), a_run(database)
    save(database, run.id, seat=None, score=50.0)
    save(database, run.id, seat=YOU, score=70.0)
    save(database, other.id, seat=YOU, score=1.0)

    cards = [Scorecards(database).latest(run.id, seat) for seat in (None, YOU, SeatId("bea"))]

    assert [card and card.score for card in cards] == [50.0, 70.0, None]


def test_the_trend_shows_scores_over_simulated_time(database: Database) -> None:
    run = a_run(database)
    for hour, score in enumerate((None, 20, 55.5, 90)):
        save(database, run.id, at=MORNING + timedelta(hours=hour), score=score)
    save(database, run.id, seat=None, score=3.0)

    trend = Scorecards(database).trend(run.id, YOU)

    assert trend == tuple((MORNING + timedelta(hours=hour), score) for hour, score in ((1, 20.0), (2, 55.5), (3, 90.0)))


def test_a_scorecard_is_derived_so_saving_one_is_no_new_revision(database: Database) -> None:
    run = a_run(database)

    save(database, run.id)

    assert Runs(database).revision(run.id) == run.revision


def test_an_unknown_run_is_refused(database: Database) -> None:
    with pytest.raises(UnknownRun):
        save(database, "x-1")

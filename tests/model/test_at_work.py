"""Days with a push, and days with an issue in progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from simulator.model.history import History
from simulator.model.history.at_work import DayCounts, days_at_work
from simulator.model.keys import SeatId
from simulator.testing.story import Story, instant

ADA = SeatId("ada")
DAY_ENDS = [instant(f"{day} 17:00") for day in range(1, 11)]


def counts(history: History, seat: SeatId, start: datetime, day_ends: Sequence[datetime]) -> DayCounts:
    pushes, held = history.pushes_of.get(seat, ()), history.held_by.get(seat, ())
    return days_at_work(pushes, held, ends=[start, *day_ends], today=max(history.day_ends))


def test_days_count_once_and_only_within_the_sprint() -> None:
    story = Story().tell(
        [
            {"issue": {"key": "PAY-1", "assignee": "ada"}, "at": "1 09:00"},
            {"move": {"issue": "PAY-1", "to": "In Progress"}, "at": "2 10:00"},
            {"push": "a", "at": "2 11:00"},
            {"push": "a", "at": "2 15:00"},
            {"push": "a", "by": "tom", "at": "3 11:00"},
            {"push": "a", "at": "4 11:00"},
            {"move": {"issue": "PAY-1", "to": "Done"}, "at": "5 10:00"},
        ]
    )
    history = story.history()

    assert counts(history, ADA, instant("1 09:00"), DAY_ENDS) == DayCounts(with_push=2, in_progress=4)
    assert counts(history, ADA, instant("4 09:00"), DAY_ENDS[3:]) == DayCounts(with_push=1, in_progress=2)
    assert counts(history, SeatId("rita"), instant("1 09:00"), DAY_ENDS) == DayCounts(with_push=0, in_progress=0)


def test_what_is_in_progress_now_does_not_fill_the_days_to_come() -> None:
    story = Story().tell(
        [
            {"issue": {"key": "PAY-1", "assignee": "ada"}, "at": "1 09:00"},
            {"move": {"issue": "PAY-1", "to": "In Progress"}, "at": "2 10:00"},
        ]
    )

    history = story.history("3 12:00")

    assert counts(history, ADA, instant("1 09:00"), DAY_ENDS) == DayCounts(with_push=0, in_progress=2)

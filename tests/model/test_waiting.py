"""What waits for whom, from when to when."""

from __future__ import annotations

from simulator.model.history.by_day import day_of
from simulator.model.keys import SeatId
from simulator.testing.story import Story, instant

ADA, TOM = SeatId("ada"), SeatId("tom")


def test_an_issue_waits_while_it_is_assigned_to_do_and_without_a_flag() -> None:
    story = Story().tell(
        [
            {"issue": {"key": "PAY-1", "assignee": "ada"}, "at": "1 10:00"},
            {"flag": {"issue": "PAY-1"}, "at": "1 11:00"},
            {"flag": {"issue": "PAY-1", "up": False}, "at": "1 12:00"},
            {"assign": {"issue": "PAY-1", "to": "tom"}, "at": "1 13:00"},
            {"move": {"issue": "PAY-1", "to": "In Progress"}, "at": "1 14:00"},
        ]
    )

    waiting, day = story.history().waiting_on, day_of(instant("1 09:00"))

    assert [(span.since, span.until) for span in waiting[ADA, day]] == [
        (instant("1 10:00"), instant("1 11:00")),
        (instant("1 12:00"), instant("1 13:00")),
    ]
    assert [(span.since, span.until) for span in waiting[TOM, day]] == [(instant("1 13:00"), instant("1 14:00"))]


def test_what_nobody_takes_waits_until_now_or_until_it_is_deleted() -> None:
    story = Story().tell(
        [
            {"issue": {"key": "PAY-1", "assignee": "ada"}, "at": "1 10:00"},
            {"issue": {"key": "PAY-2", "assignee": "ada"}, "at": "1 10:00"},
            {"issue": {"key": "PAY-3"}, "at": "1 10:00"},
            {"drop": "PAY-2", "at": "2 10:00"},
        ]
    )

    waiting = story.history().waiting_on
    assert [(span.issue.key, span.until) for span in waiting[ADA, day_of(instant("2 09:00"))]] == [
        ("PAY-1", None),
        ("PAY-2", instant("2 10:00")),
    ]
    assert [span.issue.key for span in waiting[ADA, day_of(instant("3 09:00"))]] == ["PAY-1"]
    assert (ADA, day_of(instant("9 09:00"))) in waiting


def test_a_day_without_anything_is_no_day_of_the_lookup() -> None:
    story = Story().tell(
        [
            {"issue": {"key": "PAY-1", "assignee": "ada"}, "at": "2 10:00"},
            {"move": {"issue": "PAY-1", "to": "In Progress"}, "at": "3 14:00"},
        ]
    )

    waiting = story.history().waiting_on

    assert list(waiting) == [(ADA, day_of(instant("2 09:00"))), (ADA, day_of(instant("3 09:00")))]
    assert len(waiting) == 2
    assert waiting.get((ADA, day_of(instant("4 09:00")))) is None
    assert waiting.get((TOM, day_of(instant("2 09:00")))) is None

"""Instants in words, as a reader in some zone has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from simulator.emulators.jira.payloads.dates import day, moment

NOW = datetime(2026, 3, 12, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=5), "Just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=2), "2 hours ago"),
        (timedelta(hours=16), "Yesterday 11:30 PM"),
        (timedelta(days=3), "Monday 3:30 PM"),
        (timedelta(days=7), "5/Mar/26 3:30 PM"),
        (timedelta(minutes=-5), "12/Mar/26 3:35 PM"),
    ],
)
def test_near_instants_are_told_by_distance_and_others_by_day(ago: timedelta, words: str) -> None:
    assert moment(NOW - ago, now=NOW, zone=UTC) == words


def test_the_day_is_that_of_the_readers_zone() -> None:
    late = datetime(2026, 3, 11, 23, 30, tzinfo=UTC)

    assert moment(late, now=NOW, zone=UTC) == "Yesterday 11:30 PM"
    assert moment(late, now=NOW, zone=ZoneInfo("Europe/Berlin")) == "16 hours ago"


def test_a_day_has_its_month_in_letters() -> None:
    assert day(date(2026, 3, 2)) == "2/Mar/26"

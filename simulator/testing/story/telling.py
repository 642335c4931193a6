"""The days of a told sprint, its people, and what every part of a story shares.

Days are those of a sprint of ten working days from Monday 5 January 2026, 9 to 17 o'clock UTC; simulated time is wall time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from simulator.model.facts import Fact, FactKind
from simulator.model.history import History
from simulator.model.keys import Login, SeatId
from simulator.model.people import Person, Roster, SeatKind
from simulator.timekeeping.workdays import WorkCalendar

CALENDAR = WorkCalendar(frozenset(range(5)), time(9), time(17), ZoneInfo("UTC"))
FIRST_DAY = date(2026, 1, 5)
CATEGORIES = {"To Do": "new", "In Progress": "indeterminate", "In Review": "indeterminate", "Done": "done"}
WEB = "https://github.test/acme/payments"
ZEROS = "0" * 40
K = FactKind


def instant(text: str) -> datetime:
    """`2 10:30`: half past ten on the second working day."""
    day, _, clock = str(text).partition(" ")
    return CALENDAR.instant(FIRST_DAY, int(day), time.fromisoformat(clock or "09:00"))


def a_roster(humans: Sequence[str] = ("ada",), teammates: Sequence[str] = ("rita", "tom")) -> Roster:
    people = [(seat, SeatKind.HUMAN) for seat in humans] + [(seat, SeatKind.TEAMMATE) for seat in teammates]
    return Roster(
        {
            SeatId(seat): Person(
                seat=SeatId(seat), kind=kind, name=seat.title(), login=Login(seat), email=f"{seat}@example.com"
            )
            for seat, kind in people
        }
    )


class Telling:
    """The clock of a story and the facts told so far."""

    def __init__(self, roster: Roster | None = None) -> None:
        self.roster = roster or a_roster()
        self.now = instant("1")
        self.facts: list[Fact] = []

    def at(self, text: str | None) -> Self:
        """Go to a working day and time (`2 10:30`), or a minute on."""
        self.now = instant(text) if text else self.now + timedelta(minutes=1)
        return self

    def history(self, now: str | datetime = "10 17:00") -> History:
        """The history told so far, as known at an instant."""
        moment = instant(now) if isinstance(now, str) else now
        return history_of(self.facts, self.roster, now=moment)

    def _fact(self, kind: FactKind, subject: str, by: str, /, *, url: str = "", **detail: Any) -> Self:
        self.facts.append(
            Fact(
                source_id=f"story:{len(self.facts) + 1}",
                kind=kind,
                subject=subject,
                actor=SeatId(by),
                url=url,
                recorded_at=self.now,
                at=self.now,
                detail=detail,
            )
        )
        return self


def history_of(facts: Sequence[Fact], roster: Roster, *, now: datetime, shift: timedelta = timedelta(0)) -> History:
    return History.of(
        facts,
        roster=roster,
        project="PAY",
        default_branch="main",
        now=now + shift,
        working_time=CALENDAR.working_time,
        sprint_start=instant("1") + shift,
        sprint_end=CALENDAR.last_instant(FIRST_DAY, 10) + shift,
    )


def sha_of(*words: str) -> str:
    return hashlib.sha1("\0".join(words).encode(errors="surrogatepass"), usedforsecurity=False).hexdigest()

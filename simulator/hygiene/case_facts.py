"""Facts as a case file holds them: all that a verdict rests on, with the people and the calendar that it was found in.

What a story's verbs cannot tell can be written down so. A verdict found on these facts is found again by whoever reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, time
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

from simulator.model.facts import Fact, FactKind
from simulator.model.history import History
from simulator.model.keys import Login, SeatId
from simulator.model.people import Person, Roster, SeatKind
from simulator.timekeeping.workdays import WorkCalendar

MOST_FACTS = 5_000


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseCalendar(_Written):
    """Working days and hours; `zone` is an IANA name."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    start: time = time(9)
    end: time = time(17)
    zone: str = "UTC"

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        ZoneInfo(zone)  # raises a ValueError for what is no zone
        return zone

    def workdays(self) -> WorkCalendar:
        """The calendar in use. Raises CalendarError without working time."""
        return WorkCalendar(frozenset(self.days), self.start, self.end, ZoneInfo(self.zone))


class CasePerson(_Written):
    """Somebody at work; login, name and address are made of the seat."""

    kind: SeatKind
    role: str = "developer"


class CaseFact(_Written):
    """One fact. `at` is simulated; `recorded_at` only where it is another instant; the keys of `detail` go by the kind."""

    kind: FactKind
    subject: str = Field(max_length=1_000)
    by: str | None = None
    at: AwareDatetime
    recorded_at: AwareDatetime | None = None
    url: str = ""
    detail: Mapping[str, Any] = Field(default_factory=dict)  # Any: JSON values

    def fact(self, number: int) -> Fact:
        """The fact, as the `number`-th of its story."""
        return Fact(
            source_id=f"case:{number}",
            kind=self.kind,
            subject=self.subject,
            actor=SeatId(self.by) if self.by else None,
            url=self.url,
            recorded_at=self.recorded_at or self.at,
            at=self.at,
            detail=self.detail,
        )


class CaseFacts(_Written):
    """Everything that a history is made of. Instants are aware; `sprint_days` are the ends of each sprint's working days."""

    project: str
    default_branch: str
    now: AwareDatetime
    sprint_start: AwareDatetime
    sprint_end: AwareDatetime
    sprint_days: tuple[tuple[AwareDatetime, ...], ...] = ()
    calendar: CaseCalendar = Field(default_factory=CaseCalendar)
    people: Mapping[str, CasePerson]
    options: Mapping[str, Any] = Field(default_factory=dict)  # Any: the rule's own model checks them
    """The rule's options where they are not its own."""
    told: tuple[CaseFact, ...] = Field(max_length=MOST_FACTS)

    def roster(self) -> Roster:
        """The people by their seats."""
        people = (
            Person(
                seat=SeatId(seat),
                kind=person.kind,
                name=name_of(seat),
                login=Login(seat),
                email=email_of(seat),
                role=person.role,
            )
            for seat, person in self.people.items()
        )
        return Roster({person.seat: person for person in people})

    def history(self) -> History:
        """What the facts tell at `now`."""
        return History.of(
            [each.fact(number) for number, each in enumerate(self.told, start=1)],
            roster=self.roster(),
            project=self.project,
            default_branch=self.default_branch,
            now=self.now.astimezone(UTC),
            working_time=self.calendar.workdays().working_time,
            sprint_start=self.sprint_start,
            sprint_end=self.sprint_end,
            sprint_days=self.sprint_days,
        )


def name_of(seat: str) -> str:
    """What somebody is called in a case."""
    return seat.title()


def email_of(seat: str) -> str:
    """The address of somebody in a case."""
    return f"{seat}@example.com"


def told_of(facts: Sequence[Fact]) -> tuple[CaseFact, ...]:
    """Facts as a case holds them, in the order in which a history reads them."""
    in_order = sorted(facts, key=lambda fact: (fact.at, fact.recorded_at, len(fact.source_id), fact.source_id))
    return tuple(
        CaseFact(
            kind=fact.kind,
            subject=fact.subject,
            by=fact.actor,
            at=fact.at,
            recorded_at=fact.recorded_at,
            url=fact.url,
            detail=fact.detail,
        )
        for fact in in_order
    )

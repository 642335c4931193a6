"""A scenario that has been read and found whole: what it says, with calendar, people and sprints ready for use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from simulator.model.keys import Login, SeatId, SprintRef
from simulator.model.people import Person, Roster, SeatKind
from simulator.scenario.acts.act import Place
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.schema import Scenario
from simulator.scenario.source import Source
from simulator.scenario.values import SprintOffset, StoryTime
from simulator.timekeeping.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintWindow:
    """A sprint's place in the run: first and last working day (counted from 1), and its simulated instants."""

    ref: SprintRef
    first: int
    last: int
    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class LoadedScenario:
    """A scenario and where it lies. `spec` is what the file says; instants are simulated, aware, UTC.

    `plain` is the same as plain values, `choices` what the seed chose of what varies, and `source` says where each value was
    written, None for a copy that was judged before.
    """

    spec: Scenario
    file: Path
    folder: Path
    plain: Mapping[str, Any] = field(repr=False)
    choices: Mapping[str, str] = field(default_factory=dict)
    source: Source | None = field(default=None, repr=False, compare=False)

    @property
    def id(self) -> str:
        """The scenario's id."""
        return self.spec.id

    @property
    def title(self) -> str:
        """The scenario's title."""
        return self.spec.title

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Working days and hours."""
        part = self.spec.calendar
        return WorkCalendar(days=part.weekdays, start=part.hours.start, end=part.hours.end, zone=part.zone)

    @property
    def first_day(self) -> date:
        """The first working day of the run."""
        return self.spec.calendar.start

    @property
    def pace_s(self) -> float:
        """Wall seconds of one working day."""
        return self.spec.calendar.pace.total_seconds()

    @cached_property
    def roster(self) -> Roster:
        """The people, in the order of the file."""
        people = (
            Person(
                seat=SeatId(seat),
                kind=SeatKind(part.kind),
                name=part.name,
                login=Login(part.login),
                email=part.email,
                role=part.role,
            )
            for seat, part in self.spec.people.items()
        )
        return Roster({person.seat: person for person in people})

    def with_accounts(self, accounts: Mapping[str, tuple[str, str]]) -> LoadedScenario:
        """The same scenario, its people under other accounts: seat → (login, e-mail)."""
        people = {
            seat: part.model_copy(update=dict(zip(("login", "email"), accounts[seat], strict=True)))
            if seat in accounts
            else part
            for seat, part in self.spec.people.items()
        }
        return replace(self, spec=self.spec.model_copy(update={"people": people}))

    @cached_property
    def admin(self) -> SeatId:
        """Who sets the run up: the first teammate with the right `admin`, else the first teammate, else the first person."""
        people = self.spec.people
        teammates = [seat for seat, part in people.items() if part.kind == "teammate"]
        admins = [seat for seat in teammates if people[seat].access == "admin"]
        return SeatId((admins or teammates or list(people))[0])

    @cached_property
    def sprints(self) -> tuple[SprintWindow, ...]:
        """The sprints in order, one after the other."""
        return tuple(self._windows())

    @property
    def starts_at(self) -> datetime:
        """The beginning of the first sprint."""
        return self.sprints[0].start

    @property
    def ends_at(self) -> datetime:
        """The end of the last sprint."""
        return self.sprints[-1].end

    @property
    def place(self) -> Place:
        """Where acts happen."""
        return Place(self.folder, self.spec.repository.default_branch, self.instant)

    @cached_property
    def conditional_events(self) -> tuple[TriggeredEvent, ...]:
        """The events that wait for a condition, in the order of the file."""
        events = (event for event in self.spec.story if isinstance(event, TriggeredEvent))
        return tuple(event for event in events if event.when is not None)

    @cached_property
    def awaited_events(self) -> frozenset[str]:
        """The ids of the events that some condition waits for."""
        events = (event for event in self.spec.story if isinstance(event, TriggeredEvent))
        waits = [when for event in events for when in (event.when, event.unless) if when]
        waits += [step.when for persona in self.spec.personas.values() for step in persona.steps if step.when]
        return frozenset(name for when in waits for name in when.awaited)

    def instant(self, moment: StoryTime) -> datetime:
        """The simulated instant of a moment of the story."""
        if moment.offset is not None:
            return self._reckoned(moment.offset)
        return self.calendar.instant(self.first_day, moment.day, moment.at or self.calendar.start)

    def _reckoned(self, offset: SprintOffset) -> datetime:
        window = next((w for w in self.sprints if w.ref == offset.sprint), self.sprints[0])
        bound = window.end if offset.of_end else window.start
        if not offset.length:
            return bound
        worked = self.calendar.working_time(self.starts_at, bound)
        length = worked - offset.length if offset.before else worked + offset.length
        return self.calendar.add_working_time(self.starts_at, max(length, timedelta()))

    def _windows(self) -> Iterator[SprintWindow]:
        first = 1
        for part in self.spec.sprints:
            last = first + part.days - 1
            yield SprintWindow(
                ref=SprintRef(part.id),
                first=first,
                last=last,
                start=self.calendar.instant(self.first_day, first, self.calendar.start),
                end=self.calendar.last_instant(self.first_day, last),
            )
            first = last + 1

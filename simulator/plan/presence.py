"""When people are there: their own hours, absences of the story and of the run, seats that nobody has taken yet.

Pure. All instants are simulated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.errors import CalendarError
from simulator.model.facts import NO_DEEDS, Fact, FactKind
from simulator.model.history.in_the_run import replay_run
from simulator.model.keys import SeatId
from simulator.plan.draws import drawn_length
from simulator.scenario.events.absence import AbsenceEvent
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.values import WEEKDAYS
from simulator.timekeeping.workdays import WorkCalendar

_SETTLING_IN = timedelta(minutes=30)
_MOST_TURNS = 60  # more mornings than lie between two common hours of two calendars that have any
_UNKNOWN_RETURN = timedelta(hours=16)  # working time after which somebody is expected back who has not said when


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A time in which somebody is away. The delegate `steps_in` of themselves, or waits to be asked."""

    name: str
    until: datetime
    delegate: SeatId | None
    steps_in: bool


def own_calendar(scenario: LoadedScenario, seat: SeatId) -> WorkCalendar:
    """A person's own working hours, those of the team where they have none."""
    part, team = scenario.spec.people[seat], scenario.calendar
    days = team.days if part.days is None else frozenset(WEEKDAYS.index(day) for day in part.days)
    start, end = (part.hours.start, part.hours.end) if part.hours else (team.start, team.end)
    return WorkCalendar(days=days, start=start, end=end, zone=part.zone or team.zone)


def at_work(scenario: LoadedScenario, seat: SeatId, at: datetime) -> datetime:
    """The first instant from `at` on that lies in the team's working time and in the person's own.

    The team's own next working instant when the two never meet.
    """
    mine, team = own_calendar(scenario, seat), scenario.calendar
    found = team.next_working(at)
    for _ in range(_MOST_TURNS):
        if mine.is_working(found):
            return found
        try:
            found = team.next_working(mine.next_working(found))
        except CalendarError:
            break
    return team.next_working(at)


def absence_of(scenario: LoadedScenario, facts: Iterable[Fact], seat: SeatId, at: datetime) -> Absence | None:
    """The absence of somebody at an instant, by the story or by what happened in the run, None when they are there."""
    when = scenario.instant
    for event in scenario.spec.story:
        if isinstance(event, AbsenceEvent) and event.who == seat and when(event.since) <= at < when(event.until):
            delegate = SeatId(event.delegate) if event.delegate else None
            return Absence(name=event.id, until=when(event.until), delegate=delegate, steps_in=True)
    changes = [fact for fact in facts if fact.kind is FactKind.AVAILABILITY_CHANGED and fact.at <= at]
    away = replay_run(changes).away(seat, at) if changes else None
    if away is None:
        return None
    until = away.until or scenario.calendar.add_working_time(away.since, _UNKNOWN_RETURN)
    name = away.since.isoformat()
    return Absence(name=name, until=until, delegate=away.delegate, steps_in=False) if at < until else None


def there_at(
    scenario: LoadedScenario, facts: Iterable[Fact], seat: SeatId, at: datetime, *, seed: int, key: str
) -> datetime:
    """The instant itself, or when somebody gets to it who is away or not at work then.

    Not all at once in the first minute: they settle in, for a time that the seed draws by the key.
    """
    facts = tuple(facts)
    for _ in range(_MOST_TURNS):
        here = at_work(scenario, seat, at)
        absence = absence_of(scenario, facts, seat, here)
        if absence is not None:
            here, name = absence.until, absence.name
        elif here <= at or here == scenario.calendar.next_working(at):
            return here
        else:
            name = here.isoformat()
        wait = drawn_length(timedelta(), _SETTLING_IN, seed, "back", seat, name, key)
        at = scenario.calendar.add_working_time(here, wait)
    return at


def has_joined(facts: Iterable[Fact], seat: SeatId) -> bool:
    """Whether a seat has done anything yet; what the run writes down of somebody is not their doing."""
    return any(fact.actor == seat and fact.kind not in NO_DEEDS for fact in facts)

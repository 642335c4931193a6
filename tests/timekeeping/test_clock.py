"""The clock of a server: the machine's, but never back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simulator.timekeeping.clock import SteadyClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Machine:
    """A machine's two clocks, set by hand."""

    def __init__(self) -> None:
        self.wall, self.elapsed_s = NOON, 100.0

    def clock(self, *, not_before: datetime | None = None) -> SteadyClock:
        return SteadyClock(not_before=not_before, wall=lambda: self.wall, elapsed_s=lambda: self.elapsed_s)

    def passes(self, time: timedelta) -> None:
        self.wall += time
        self.elapsed_s += time.total_seconds()


def test_it_is_the_machines_clock_and_follows_a_sleep() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.passes(HOUR)
    assert clock() == NOON + HOUR

    machine.wall += 10 * HOUR  # asleep: the seconds did not count

    assert clock() == NOON + 11 * HOUR


def test_set_back_it_goes_on_by_itself_until_the_machine_has_caught_up() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.wall -= HOUR
    machine.passes(timedelta(minutes=10))
    assert clock() == NOON + timedelta(minutes=10)

    machine.wall += 2 * HOUR

    assert clock() == NOON + HOUR + timedelta(minutes=10)


def test_it_begins_where_a_server_was_seen_last() -> None:
    machine = Machine()
    ahead, behind = machine.clock(not_before=NOON + HOUR), machine.clock(not_before=NOON - HOUR)
    machine.passes(HOUR)

    assert ahead() == NOON + 2 * HOUR
    assert behind() == NOON + HOUR

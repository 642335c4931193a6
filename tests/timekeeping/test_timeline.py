from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import RunError
from simulator.timekeeping.timeline import Segment, Timeline
from tests.timekeeping.builders import a_calendar, utc, without_zone

WALL = utc("2026-11-22 20:00")  # a Sunday evening
MORNING = utc("2026-11-23 08:00")  # the first day's start
DAY_IN_TEN_MINUTES = 48.0
CALENDAR = a_calendar()


def a_timeline(*, wall: datetime = WALL, simulated: datetime = MORNING, rate: float = DAY_IN_TEN_MINUTES) -> Timeline:
    return Timeline.begin(wall=wall, simulated=simulated, rate=rate, calendar=CALENDAR)


def after(**wall_time: float) -> datetime:
    return WALL + timedelta(**wall_time)


rates = st.sampled_from([0.0, 1 / 3, 1.0, 48.0, 28_800.0, 28_800 / 7]) | st.floats(0.3, 28_800)
steps = st.lists(
    st.tuples(
        st.timedeltas(timedelta(0), timedelta(hours=2)),
        st.sampled_from(["pace", "pause", "jump"]),
        rates,
        st.timedeltas(timedelta(0), timedelta(days=3)),
    ),
    max_size=6,
)


def played(changes: list[tuple[timedelta, str, float, timedelta]]) -> tuple[Timeline, datetime]:
    """A timeline after some changes, and the wall instant of the last one."""
    timeline, wall = a_timeline(), WALL
    for wait, change, rate, ahead in changes:
        wall += wait
        if change == "pace":
            timeline = timeline.paced(wall, rate)
        elif change == "pause":
            timeline = timeline.pause(wall)
        else:
            timeline = timeline.jumped(wall, timeline.simulated(wall) + ahead)
    return timeline, wall


def test_simulated_time_runs_at_its_rate_in_working_hours() -> None:
    timeline = a_timeline()

    assert timeline.simulated(WALL) == MORNING
    assert timeline.simulated(after(minutes=5)) == utc("2026-11-23 12:00")


def test_nights_and_weekends_pass_in_no_time() -> None:
    timeline = a_timeline()

    assert timeline.simulated(after(minutes=10)) == utc("2026-11-24 08:00")
    assert timeline.simulated(after(minutes=52, seconds=30)) == utc("2026-11-30 10:00")


def test_before_it_begins_it_stands_at_its_start() -> None:
    assert a_timeline().simulated(after(hours=-3)) == MORNING


def test_it_tells_when_a_moment_will_be_reached() -> None:
    timeline = a_timeline()

    assert timeline.wall(utc("2026-11-23 12:00")) == after(minutes=5)
    assert timeline.wall(utc("2026-11-25 08:00")) == after(minutes=20)
    assert timeline.wall(utc("2026-11-24 20:00")) == after(minutes=20)  # a night: passed when the next day begins
    assert timeline.wall(utc("2026-11-20 08:00")) == WALL


def test_a_paused_timeline_stands_still_and_reaches_nothing() -> None:
    timeline = a_timeline().pause(after(minutes=5))

    assert timeline.paused
    assert timeline.simulated(after(hours=5)) == utc("2026-11-23 12:00")
    assert timeline.wall(utc("2026-11-23 12:01")) is None
    assert timeline.wall(utc("2026-11-23 10:00")) == after(minutes=2, seconds=30)


def test_pausing_a_paused_timeline_changes_nothing() -> None:
    timeline = a_timeline().pause(after(minutes=5))

    assert timeline.pause(after(minutes=9)) is timeline


def test_a_resumed_timeline_goes_on_from_where_it_stood() -> None:
    timeline = a_timeline().pause(after(minutes=5)).resume(after(hours=1), DAY_IN_TEN_MINUTES)

    assert timeline.simulated(after(hours=1, minutes=5)) == utc("2026-11-24 08:00")
    assert timeline.wall(utc("2026-11-24 08:00")) == after(hours=1, minutes=5)


def test_a_change_of_pace_leaves_the_past_alone() -> None:
    timeline = a_timeline().paced(after(minutes=5), DAY_IN_TEN_MINUTES * 10)

    assert timeline.simulated(after(minutes=2, seconds=30)) == utc("2026-11-23 10:00")
    assert timeline.simulated(after(minutes=5, seconds=15)) == utc("2026-11-23 14:00")
    assert timeline.rate == DAY_IN_TEN_MINUTES * 10


def test_a_jump_goes_ahead_at_the_same_rate() -> None:
    timeline = a_timeline().jumped(after(minutes=5), utc("2026-11-25 09:00"))

    assert timeline.simulated(after(minutes=5)) == utc("2026-11-25 09:00")
    assert timeline.simulated(after(minutes=7, seconds=30)) == utc("2026-11-25 11:00")
    assert timeline.wall(utc("2026-11-24 10:00")) == after(minutes=5)  # leapt over, so reached by the jump


def test_a_paused_timeline_can_jump_and_stays_paused() -> None:
    timeline = a_timeline(rate=0).jumped(after(minutes=5), utc("2026-11-25 09:00"))

    assert timeline.paused
    assert timeline.simulated(after(hours=9)) == utc("2026-11-25 09:00")


def test_it_never_jumps_back() -> None:
    with pytest.raises(RunError, match="cannot go back from Mon 23 Nov 13:00 to Mon 23 Nov 12:00"):
        a_timeline().jumped(after(minutes=5), utc("2026-11-23 11:00"))


def test_a_wall_clock_that_was_set_back_takes_nothing_back() -> None:
    timeline = a_timeline().paced(after(minutes=5), 1.0).pause(after(minutes=-30))

    assert timeline.simulated(after(hours=1)) == utc("2026-11-23 12:00")


def test_a_run_forgotten_for_years_at_a_fast_pace_stays_within_the_calendar() -> None:
    timeline = a_timeline(rate=28_800)

    end = timeline.simulated(after(days=3650))

    assert end == timeline.simulated(after(days=4000))
    assert timeline.wall(end + timedelta(days=7)) is None


def test_it_goes_no_further_than_the_storys_end() -> None:
    end = CALENDAR.last_instant(MORNING.date(), 10)
    timeline = Timeline.begin(wall=WALL, simulated=MORNING, rate=DAY_IN_TEN_MINUTES, calendar=CALENDAR, until=end)

    assert timeline.wall(end) == after(minutes=100)
    assert [timeline.simulated(after(minutes=minutes)) for minutes in (100, 101, 9999)] == [end] * 3
    assert timeline.wall(end + timedelta(seconds=1)) is None
    assert timeline.pause(after(minutes=200)).simulated(after(minutes=300)) == end
    assert timeline.jumped(WALL, end + timedelta(days=3)).segments[-1].simulated_start == end


@pytest.mark.parametrize("rate", [-1.0, math.inf, math.nan])
def test_it_rejects_an_impossible_rate(rate: float) -> None:
    with pytest.raises(RunError, match="rate"):
        a_timeline(rate=rate)


@pytest.mark.parametrize(
    "segments",
    [
        (),
        (Segment(after(hours=1), MORNING, 1.0), Segment(WALL, MORNING, 1.0)),
        (Segment(WALL, utc("2026-11-24 08:00"), 1.0), Segment(after(hours=1), MORNING, 1.0)),
    ],
)
def test_it_rejects_segments_that_make_no_timeline(segments: tuple[Any, ...]) -> None:
    with pytest.raises(RunError):
        Timeline(segments, CALENDAR)


def test_it_rejects_an_instant_without_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Segment(without_zone("2026-11-22"), MORNING, 1.0)


@given(steps, st.lists(st.timedeltas(timedelta(hours=-1), timedelta(hours=14)), min_size=2, max_size=8))
@settings(deadline=None, max_examples=60)
def test_simulated_time_never_goes_back(
    changes: list[tuple[timedelta, str, float, timedelta]], moments: list[timedelta]
) -> None:
    timeline, _ = played(changes)

    simulated = [timeline.simulated(WALL + moment) for moment in sorted(moments)]

    assert simulated == sorted(simulated)


@given(steps, st.floats(0.3, 28_800), st.timedeltas(timedelta(0), timedelta(days=20)))
@settings(deadline=None, max_examples=60)
def test_the_wall_instant_of_a_moment_is_the_first_at_which_it_is_reached(
    changes: list[tuple[timedelta, str, float, timedelta]], rate: float, ahead: timedelta
) -> None:
    timeline, wall = played(changes)
    timeline = timeline.resume(wall, rate)
    moment = timeline.simulated(wall) + ahead

    reached = timeline.wall(moment)

    assert reached is not None
    assert timeline.simulated(reached) >= moment
    just_before = timeline.simulated(reached - timedelta(microseconds=1))
    assert just_before < moment or reached == WALL


@given(st.floats(1, 28_800), st.timedeltas(timedelta(microseconds=1), timedelta(minutes=20)))
@settings(deadline=None, max_examples=60)
def test_within_a_running_segment_the_two_mappings_undo_each_other(rate: float, elapsed: timedelta) -> None:
    timeline = a_timeline(rate=rate)

    assert timeline.wall(timeline.simulated(WALL + elapsed)) == WALL + elapsed


@given(st.floats(0.3, 28_800), st.timedeltas(timedelta(0), timedelta(days=20)))
@settings(deadline=None, max_examples=60)
def test_a_working_instant_is_found_again_to_the_microsecond_of_wall_time(rate: float, ahead: timedelta) -> None:
    timeline = a_timeline(rate=rate)
    moment = CALENDAR.next_working(MORNING + ahead)

    wall = timeline.wall(moment)

    assert wall is not None
    past = CALENDAR.working_time(moment, timeline.simulated(wall))
    assert timedelta(0) <= past <= timedelta(microseconds=math.ceil(rate))


@given(steps, st.timedeltas(timedelta(0), timedelta(days=9)))
@settings(deadline=None, max_examples=40)
def test_a_pause_freezes_simulated_time(
    changes: list[tuple[timedelta, str, float, timedelta]], later: timedelta
) -> None:
    timeline, wall = played(changes)
    paused = timeline.pause(wall)

    assert paused.simulated(wall + later) == timeline.simulated(wall)

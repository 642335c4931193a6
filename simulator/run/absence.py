"""The time in which no server was at work on a run: played in order when the server is back, or held.

Changes rows only and asks no service, so that pages show the right time before anything is connected.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from simulator.model.facts import Fact, FactKind
from simulator.model.runs import Journey, Run, RunState, WhileAway
from simulator.run.shelf import Shelf
from simulator.timekeeping.timeline import Timeline

AWAY = timedelta(seconds=5)
"""A server that was not seen for longer was away."""
CAUGHT_UP_AT_MOST = timedelta(minutes=15)
"""With `auto`, a restart or an update is caught up; a machine that was closed over dinner must not cost its owner a sprint."""
_WORTH_TELLING = timedelta(minutes=1)


def settle(shelf: Shelf, run: Run, timeline: Timeline, *, first_day: date, now: datetime) -> bool:
    """Settle the wall time since a run was last seen; whether its timeline is another one now.

    Held time is taken out of the timeline. Time to be caught up runs on until the first thing that was missed, or the next
    morning, which is to be kept: there it stands, and the journey that is written down leads from there to where the clock
    should be.
    """
    if run.state is not RunState.RUNNING or now - run.seen_at < AWAY or timeline.paused or run.journey is not None:
        return False
    if _is_held(run, now):
        _hold(shelf, run, timeline, now)
        return True
    entry = shelf.agenda.next(run.id)
    due = timeline.wall(entry.at) if entry else None
    if due is None or due >= now:
        return False  # nothing was missed
    journey = Journey(to=timeline.simulated(now), since=run.seen_at, back=now)
    shelf.runs.update(run.id, journey=journey)  # first: without it, a run that stands would stand for ever
    morning = timeline.wall(_next_morning(timeline, run.seen_at, first_day=first_day))
    stop = max(min(due, morning or due), run.seen_at)
    shelf.runs.add_segment(run.id, timeline.pause(stop).segments[-1])
    return True


def caught_up(run: Run, journey: Journey, *, happened: int, now: datetime, at: datetime) -> Fact | None:
    """What is said in the feed when a journey is over; None for one that makes up for no absence."""
    if journey.since is None or journey.back is None:
        return None
    things = "1 thing" if happened == 1 else f"{happened} things"
    text = f"{_span(journey.since, journey.back)} {things} of that time happened now, in order."
    return _said(run, journey.since, text, now=now, at=at)


def _next_morning(timeline: Timeline, wall: datetime, *, first_day: date) -> datetime:
    calendar = timeline.calendar
    return calendar.instant(first_day, calendar.day_number(first_day, timeline.simulated(wall)) + 1, calendar.start)


def _is_held(run: Run, now: datetime) -> bool:
    if run.while_away is WhileAway.AUTO:
        return now - run.seen_at > CAUGHT_UP_AT_MOST
    return run.while_away is WhileAway.HOLD


def _hold(shelf: Shelf, run: Run, timeline: Timeline, now: datetime) -> None:
    going = timeline.pause(run.seen_at).resume(now, timeline.rate)
    for segment in going.segments[len(timeline.segments) :]:
        shelf.runs.add_segment(run.id, segment)
    if now - run.seen_at >= _WORTH_TELLING:
        text = f"{_span(run.seen_at, now)} The sprint's time stood still meanwhile."
        shelf.facts.append(run.id, [_said(run, run.seen_at, text, now=now, at=going.simulated(now))])


def _span(since: datetime, back: datetime) -> str:
    end = f"{back:%H:%M}" if back.date() == since.date() else f"{back:%d %b %H:%M}"
    return f"The server was away from {since:%d %b %H:%M} to {end} UTC."


def _said(run: Run, since: datetime, text: str, *, now: datetime, at: datetime) -> Fact:
    return Fact(
        source_id=f"run:away:{since.isoformat()}",
        kind=FactKind.SIGHTED,
        subject=f"run:{run.id}",
        actor=None,
        url="",
        recorded_at=now,
        at=at,
        detail={"what": "away", "text": text},
    )

"""The time in which no server was at work on a run: played in order when the server is back, or held. And waiting for services.

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
    morning = timeline.wall(_next_morning(timeline, run.seen_at, first_day=first_day))
    stop = max(min(due, morning or due), run.seen_at)
    journey = Journey(to=timeline.simulated(now), since=run.seen_at, back=now)
    shelf.runs.add_segment(run.id, timeline.pause(stop).segments[-1], journey=journey)
    return True


def wait(shelf: Shelf, run: Run, timeline: Timeline, *, now: datetime) -> bool:
    """Let a run's time stand while a service gives no answer; whether its timeline is another one now.

    It stands at the first thing that is due, but at nothing earlier than what is known already, and goes on from there: what
    is written down is a journey to where it stands.
    """
    if run.state is not RunState.RUNNING or timeline.paused or run.journey is not None:
        return False
    entry, known = shelf.agenda.next(run.id), shelf.facts.all(run.id)
    here = timeline.simulated(now)
    due = min(entry.at, here) if entry else here
    stop = timeline.wall(max(due, min(known[-1].at, here)) if known else due) or now
    standing = timeline.pause(min(stop, now)).segments[-1]
    shelf.runs.add_segment(run.id, standing, journey=Journey(to=standing.simulated_start, since=now))
    return True


def caught_up(run: Run, journey: Journey, *, happened: int, now: datetime, at: datetime) -> Fact | None:
    """What is said in the feed when a journey is over; None for one that makes up for no absence."""
    if journey.since is None:
        return None
    if journey.back is None:
        text = f"A service gave no answer from {_until(journey.since, now)}. The sprint's time stood still meanwhile."
        return _said(run, journey.since, text, now=now, at=at) if now - journey.since >= _WORTH_TELLING else None
    things = "1 thing" if happened == 1 else f"{happened} things"
    text = f"{_span(journey.since, journey.back)} {things} of that time happened now, in order."
    return _said(run, journey.since, text, now=now, at=at)


def ended_unseen(run: Run, why: str, *, now: datetime, at: datetime) -> Fact:
    """What is said in the feed of a run that ends while a service cannot be looked at."""
    text = f"The run ends with what was seen before, for there was no last look: {why}"
    return _said(run, now, text, now=now, at=at)


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
    return f"The server was away from {_until(since, back)}."


def _until(since: datetime, back: datetime) -> str:
    if (back - since).total_seconds() < 60:
        return f"{since:%d %b %H:%M:%S} to {back:%H:%M:%S} UTC"
    end = f"{back:%H:%M}" if back.date() == since.date() else f"{back:%d %b %H:%M}"
    return f"{since:%d %b %H:%M} to {end} UTC"


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

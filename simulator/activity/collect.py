"""Places observations on the run's timeline: whose seat it was, and when in the story it happened.

Services cut their stamps to whole seconds, in which at a fast pace an hour of the story may pass. What a complete look did not
show happened after that look, so the instant of the last one narrows the stamp.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from simulator.model.facts import Fact, FactKind, Observation
from simulator.model.people import Roster
from simulator.timekeeping.timeline import Timeline

_LEAST = timedelta(microseconds=1)


def place(
    observations: Iterable[Observation], *, timeline: Timeline, roster: Roster, seen_until: datetime, now: datetime
) -> tuple[Fact, ...]:
    """The observations as facts, in their order, each id once.

    `seen_until` is the wall instant up to which everything had been looked at before, `now` the present one: no fact is later.
    Placing the same observations with the same arguments gives the same facts.
    """
    facts: dict[str, Fact] = {}
    for observation in observations:
        if observation.source_id not in facts:
            wall = min(happened(observation, seen_until=seen_until), now)
            facts[observation.source_id] = Fact(
                source_id=observation.source_id,
                kind=observation.kind,
                subject=observation.subject,
                actor=roster.seat_of(observation.account),
                url=observation.url,
                recorded_at=observation.recorded_at,
                at=timeline.simulated(wall),
                detail=observation.detail,
            )
    return tuple(facts.values())


def happened(observation: Observation, *, seen_until: datetime) -> datetime:
    """The wall instant of an observation, as near as its stamp and the last look tell.

    The true instant lies in [recorded_at, recorded_at + precision_s). What the last look did not show was after that look, as far
    as the stamp allows: a merge is stamped when it begins, and shows when it is done. The stamp of a commit is kept when it is
    older than the look: it was made elsewhere and brought here by a push.
    """
    end = observation.recorded_at + max(timedelta(seconds=observation.precision_s) - _LEAST, timedelta())
    if observation.recorded_at >= seen_until or (observation.kind is FactKind.COMMITTED and seen_until > end):
        return observation.recorded_at
    return min(seen_until, end)

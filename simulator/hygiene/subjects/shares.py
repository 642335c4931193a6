"""What each person did for the pull requests of the others, sprint by sprint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, PullRequest
from simulator.model.keys import SeatId
from simulator.model.people import Person
from simulator.model.record import record

_NO_REVIEWERS = frozenset({"product owner"})


@record
class SprintOf:
    """A person's sprint: from `start` to `end`, with the pull requests that became ready in it.

    `is_over` says whether its end has come; `theirs` are the pull requests of other people, `own` the person's.
    """

    seat: SeatId
    name: str
    start: datetime
    end: datetime
    is_over: bool
    theirs: tuple[PullRequest, ...]
    own: tuple[PullRequest, ...]


def _sprints_of(person: Person, history: History) -> Iterator[Opportunity[SprintOf]]:
    if person.role in _NO_REVIEWERS:
        return
    for number, name, start, end in _sprints(history):
        ready = [pull for pull in history.pulls.values() if pull.ready_at is not None and start <= pull.ready_at < end]
        sprint = SprintOf(
            seat=person.seat,
            name=name,
            start=start,
            end=end,
            is_over=history.now >= end,
            theirs=tuple(pull for pull in ready if pull.author is not None and person.seat not in pull.authors()),
            own=tuple(pull for pull in ready if pull.author == person.seat),
        )
        if sprint.theirs or sprint.own:
            yield Opportunity(
                subject=sprint,
                name=f"sprint:{number}/reviews-of:{person.seat}",
                url=(sprint.theirs or sprint.own)[0].url.rpartition("/pull/")[0] + "/pulls",
                item=f"sprint:{number}",
                mass=1.0,
                seats=(person.seat,),
                at=start,
            )


def _sprints(history: History) -> Iterator[tuple[int, str, datetime, datetime]]:
    """Number, name, start and end of each sprint that has started; of the whole run when none has."""
    started = sorted((sprint.started_at, sprint.id, sprint) for sprint in history.sprints.values() if sprint.started_at)
    for at, number, sprint in started:
        days = history.days_of(sprint)
        yield number, sprint.name, at, sprint.closed_at or (days[-1] if days else history.sprint_end)
    if not started:
        yield 0, "the sprint", history.sprint_start, history.sprint_end


SPRINTS_OF = Kind(
    name="sprint of a reviewer",
    opportunity="each sprint in which pull requests became ready, for each person who may review",
    places=(Place(Source.PEOPLE, _sprints_of),),
    per_sprint_item=False,
)

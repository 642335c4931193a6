"""How work flows: days with work in progress, starts, ends, and moves into columns with a limit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from simulator.hygiene.landed import is_of_code
from simulator.hygiene.subjects.kind import OF_ITS_AUTHORS, Kind, Opportunity, Place, Source
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue, PullRequest
from simulator.model.keys import IssueKey, SeatId
from simulator.model.people import Person
from simulator.model.record import record

_GROUPS = frozenset({"Epic"})


@record
class DayAtWork:
    """A working day of somebody with issues in progress. `stretches`: working hours with the keys in progress then."""

    seat: SeatId
    ends: datetime
    stretches: tuple[tuple[float, tuple[IssueKey, ...]], ...]


@record
class LimitedMove:
    """A move into a column with a maximum: `count` issues stood there with it; `relieved_at`: no more than `limit` again."""

    key: IssueKey
    column: str
    limit: int
    count: int
    at: datetime
    relieved_at: datetime | None


@record
class Finished:
    """An issue that is done: when it was begun first, and when it was done last."""

    issue: Issue
    begun: datetime
    done: datetime


@record
class Start:
    """Somebody began an issue: the first time that they moved it to in progress."""

    issue: Issue
    seat: SeatId
    at: datetime


def _days(person: Person, history: History) -> Iterator[Opportunity[DayAtWork]]:
    in_hand = history.in_hand.get(person.seat, ())
    spans = [(span.since, span.until or history.now, IssueKey(span.name)) for span in in_hand]
    for day, (start, end) in enumerate(pairwise([history.sprint_start, *history.day_ends]), start=1):
        stretches = tuple(_stretches(spans, start, min(end, history.now), history))
        if stretches:
            yield Opportunity(
                subject=DayAtWork(seat=person.seat, ends=end, stretches=stretches),
                name=f"person:{person.seat}/day-{day}",
                url=history.issues[stretches[0][1][0]].url,
                item=f"day:{day}",
                mass=1.0,
                seats=(person.seat,),
                at=end,
            )


def _stretches(
    spans: Sequence[tuple[datetime, datetime, IssueKey]], start: datetime, end: datetime, history: History
) -> Iterator[tuple[float, tuple[IssueKey, ...]]]:
    """Working hours of a day with the issues in progress, cut where one begins or ends."""
    here = [(max(since, start), min(until, end), key) for since, until, key in spans if since < end and until > start]
    for a, b in pairwise(sorted({moment for since, until, _ in here for moment in (since, until)})):
        keys = tuple(key for since, until, key in here if since <= a and until >= b)
        hours = history.working_hours(a, b)
        if keys and hours > 0:
            yield hours, keys


def _finished(issue: Issue, _: History) -> Iterator[Opportunity[Finished]]:
    if issue.type in _GROUPS or issue.deleted_at or issue.state.category is not StatusCategory.DONE:
        return
    moves = list(issue.moves())
    begun = next((move.at for move in moves if move.after.category is StatusCategory.IN_PROGRESS), None)
    done = [
        m for m in moves if m.after.category is StatusCategory.DONE and m.before.category is not StatusCategory.DONE
    ]
    if begun is not None and done:
        yield Opportunity(
            subject=Finished(issue=issue, begun=begun, done=done[-1].at),
            name=f"issue:{issue.key}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=_owners(issue),
            at=done[-1].at,
        )


def _finished_code(issue: Issue, history: History) -> Iterator[Opportunity[Issue]]:
    done = [move.at for move in issue.moves() if move.after.category is StatusCategory.DONE]
    if is_of_code(issue, history) and done and not issue.deleted_at and issue.state.category is StatusCategory.DONE:
        yield Opportunity(
            subject=issue,
            name=f"issue:{issue.key}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=_owners(issue),
            at=done[-1],
        )


def _owners(issue: Issue) -> tuple[SeatId, ...]:
    """Whose a finished issue is: its assignee's, else that of whoever moved it last."""
    return (issue.state.assignee,) if issue.state.assignee else issue.people()[:1]


def _starts(issue: Issue, _: History) -> Iterator[Opportunity[Start]]:
    if issue.type in _GROUPS or issue.deleted_at:
        return
    first: dict[SeatId, datetime] = {}
    for move in issue.moves():
        if (
            move.actor is not None
            and move.after.category is StatusCategory.IN_PROGRESS
            and move.before.category is StatusCategory.TO_DO
        ):
            first.setdefault(move.actor, move.at)
    for seat, at in first.items():
        yield Opportunity(
            subject=Start(issue=issue, seat=seat, at=at),
            name=f"issue:{issue.key}/begun-by:{seat}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=(seat,),
            at=at,
        )


def _limited_moves(_: None, history: History) -> Iterator[Opportunity[LimitedMove]]:
    limited = {
        status: (column.name, column.most, column.statuses)
        for column in history.surroundings.columns_at(history.now)
        if column.most
        for status in column.statuses
    }
    if not limited:
        return
    filled = {name: _Filling(history, statuses) for name, _, statuses in limited.values()}
    for issue in history.issues.values():
        for number, move in enumerate(issue.moves(), start=1):
            column = limited.get(move.after.status)
            if column is None or move.before.status in column[2] or move.actor is None or column[1] is None:
                continue
            filling = filled[column[0]]
            yield Opportunity(
                subject=LimitedMove(
                    key=issue.key,
                    column=column[0],
                    limit=column[1],
                    count=filling.at(move.at),
                    at=move.at,
                    relieved_at=filling.relieved_after(move.at, column[1]),
                ),
                name=f"issue:{issue.key}/move:{number}",
                url=issue.url,
                item=issue.key,
                mass=1.0,
                seats=(move.actor,),
                at=move.at,
            )


class _Filling:
    """How many issues stood in some statuses over time."""

    def __init__(self, history: History, statuses: Sequence[str]) -> None:
        steps = [
            step
            for issue in history.issues.values()
            if issue.type not in {"Epic", "Sub-task"}
            for since, until in issue.spans(lambda state: state.status in statuses)
            for step in ((since, 1), *([(until, -1)] if until else []))
        ]
        self._moments: list[datetime] = []
        self._counts: list[int] = []
        count = 0
        for moment, step in sorted(steps):
            count += step
            self._moments.append(moment)
            self._counts.append(count)

    def at(self, moment: datetime) -> int:
        """How many stood there at an instant, with what was moved in just then."""
        place = bisect_right(self._moments, moment)
        return self._counts[place - 1] if place else 0

    def relieved_after(self, moment: datetime, limit: int) -> datetime | None:
        """When no more than so many stood there, for the first time since; None if not yet."""
        for place in range(max(0, bisect_right(self._moments, moment) - 1), len(self._moments)):
            if self._counts[place] <= limit:
                return max(moment, self._moments[place])
        return None


def _with_key(pull: PullRequest, history: History) -> Iterator[Opportunity[PullRequest]]:
    if history.keys_in(f"{pull.head} {pull.title}"):
        yield Opportunity(
            subject=pull,
            name=f"pull:{pull.number}",
            url=pull.url,
            item=pull.item,
            mass=0.0 if pull.lines == 0 else 1.0,
            seats=pull.authors(),
            at=pull.opened_at,
        )


DAYS_AT_WORK = Kind(
    name="day at work",
    opportunity="each working day on which the learner had an issue in progress",
    places=(Place(Source.PEOPLE, _days),),
)
FINISHED = Kind(
    name="finished issue",
    opportunity="each issue that was begun and is done, by its assignee",
    places=(Place(Source.ISSUES, _finished),),
)
FINISHED_CODE = Kind(
    name="finished issue of code",
    opportunity="each story, bug or issue with code that is done, by its assignee",
    places=(Place(Source.ISSUES, _finished_code),),
)
STARTS = Kind(
    name="start",
    opportunity="each first move of an issue from to do to in progress by the learner",
    places=(Place(Source.ISSUES, _starts),),
)
LIMITED_MOVES = Kind(
    name="move into a limited column",
    opportunity="each move of an issue, by the learner, into a column of the board that has a maximum",
    places=(Place(Source.HISTORY, _limited_moves),),
)
PULLS_WITH_KEY = Kind(
    name="pull request with a key",
    opportunity="each pull request whose branch or title names an issue, with at least one substantive line",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _with_key),),
)

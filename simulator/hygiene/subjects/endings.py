"""What was merged or done in a sprint, and how much of it fell into the sprint's last part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import accumulate

from simulator.hygiene.subjects.at_work import AtWork, DayCounts
from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.sprints import NOT_COUNTED
from simulator.model.agile import StatusCategory
from simulator.model.history import History, SprintRecord
from simulator.model.keys import IssueKey, SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A pull request was merged or an issue done: `portion` of the sprint's working time had passed, 0 to 1.

    `begun` is the portion at which its issue came up; `size` in `unit` (lines or issues).
    """

    what: str
    url: str
    item: str
    seat: SeatId
    at: datetime
    unit: str
    size: float
    portion: float = 0.0
    begun: float = 0.0


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums of what lies after a place."""

    places: tuple[float, ...]
    sums: tuple[float, ...]

    @classmethod
    def of(cls, sizes: Iterable[tuple[float, float]]) -> _Sums:
        ordered = sorted(sizes)
        return cls(tuple(place for place, _ in ordered), (0.0, *accumulate(size for _, size in ordered)))

    def after(self, place: float) -> float:
        return self.sums[-1] - self.sums[bisect_right(self.places, place)]


@dataclass(frozen=True, slots=True)
class Spread:
    """Endings of one kind and person over a sprint."""

    ended: _Sums
    begun: _Sums

    @classmethod
    def of(cls, endings: Sequence[Ending]) -> Spread:
        """How some endings lie in their sprint."""
        return cls(
            _Sums.of((ending.portion, ending.size) for ending in endings),
            _Sums.of((min(ending.begun, ending.portion), ending.size) for ending in endings),
        )

    def sizes(self, last: float) -> tuple[float, float]:
        """What came after a portion of the sprint, and all; both without what only came up after it."""
        too_new = self.begun.after(last)
        return self.ended.after(last) - too_new, self.ended.sums[-1] - too_new


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingInSprint:
    """An ending among all of the same kind and person in the sprint."""

    ending: Ending
    sprint: SprintRecord
    among: Spread = field(repr=False)
    days: DayCounts


@dataclass(frozen=True, slots=True)
class Window:
    """The time of a sprint that has started."""

    sprint: SprintRecord
    start: datetime
    end: datetime
    length: timedelta

    def portion(self, at: datetime, history: History) -> float:
        """How much of its working time had passed, 0 to 1."""
        return min(1.0, history.working_time(self.start, at) / self.length)


def windows_of(history: History) -> list[Window]:
    """The sprints that have started, in their order."""
    found: list[Window] = []
    for sprint in history.sprints.values():
        days = history.days_of(sprint)
        end = sprint.closed_at or (days[-1] if days else None)
        if sprint.started_at and end and (length := history.working_time(sprint.started_at, end)):
            found.append(Window(sprint, sprint.started_at, end, length))
    return sorted(found, key=lambda window: (window.start, window.sprint.id))


def window_at(at: datetime, windows: Sequence[Window]) -> Window | None:
    """The window of the sprint that ran at an instant, of several the one started last."""
    place = bisect_right(windows, at, key=lambda window: window.start) - 1
    return windows[place] if place >= 0 and at <= windows[place].end else None


def _endings(_: None, history: History) -> Iterator[Opportunity[EndingInSprint]]:
    windows = windows_of(history)
    grouped: dict[tuple[int, SeatId, str], tuple[Window, list[Ending]]] = {}
    for ending in [*_merged(history), *_done(history)]:
        window = window_at(ending.at, windows)
        if window is not None:
            known = grouped.setdefault((window.sprint.id, ending.seat, ending.unit), (window, []))
            known[1].append(_placed(ending, window, history))
    at_work = AtWork(history)
    for window, endings in grouped.values():
        among, seat = Spread.of(endings), endings[0].seat
        days = at_work.counts(seat, window.start, [end for end in history.days_of(window.sprint) if end > window.start])
        for ending in endings:
            yield Opportunity(
                subject=EndingInSprint(ending=ending, sprint=window.sprint, among=among, days=days),
                name=ending.what,
                url=ending.url,
                item=ending.item,
                mass=1.0,
                seats=(ending.seat,),
                at=ending.at,
            )


def _placed(ending: Ending, window: Window, history: History) -> Ending:
    issue = history.issues.get(IssueKey(ending.item))
    begun = window.portion(issue.created_at, history) if issue else 0.0
    return replace(ending, portion=window.portion(ending.at, history), begun=begun)


def _merged(history: History) -> Iterator[Ending]:
    for pull in history.pulls.values():
        authors = pull.authors()
        if pull.merged_at is not None and pull.lines and authors:
            yield Ending(
                what=f"pull:{pull.number}",
                url=pull.url,
                item=pull.item,
                seat=authors[0],
                at=pull.merged_at,
                unit="lines",
                size=float(pull.lines),
            )


def _done(history: History) -> Iterator[Ending]:
    for issue in history.issues.values():
        if issue.type in NOT_COUNTED or issue.deleted_at or issue.state.category is not StatusCategory.DONE:
            continue
        moves = [
            move
            for move in issue.moves()
            if move.after.category is StatusCategory.DONE and move.before.category is not StatusCategory.DONE
        ]
        owner = (moves[-1].after.assignee or moves[-1].actor) if moves else None
        if owner is not None:
            yield Ending(
                what=f"issue:{issue.key}",
                url=issue.url,
                item=issue.key,
                seat=owner,
                at=moves[-1].at,
                unit="issues",
                size=1.0,
            )


ENDINGS = Kind(
    name="ending",
    opportunity="each pull request of the learner that was merged in a sprint, and each issue of theirs that was done",
    places=(Place(Source.HISTORY, _endings),),
)

"""What was merged or done in a sprint, and how much of it fell into the sprint's last part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.sprints import NOT_COUNTED
from simulator.model.history import Ended, History
from simulator.model.history.at_work import NOT_AT_WORK, DayCounts
from simulator.model.history.tracker import SprintSpan
from simulator.model.keys import SeatId
from simulator.model.record import record


@record
class Ending:
    """Something that was merged or done when a `portion` of the sprint's working time had passed, 0 to 1.

    `begun` is the portion at which its issue came up.
    """

    ended: Ended
    portion: float
    begun: float


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

    @staticmethod
    @lru_cache(maxsize=64)  # the same places have one spread, and to compare it with itself costs nothing
    def of(endings: tuple[tuple[float, float, float], ...]) -> Spread:
        """How some endings lie in their sprint: of each the portion that had passed, that at which it came up, its size."""
        return Spread(
            _Sums.of((portion, size) for portion, _, size in endings),
            _Sums.of((min(begun, portion), size) for portion, begun, size in endings),
        )

    def sizes(self, last: float) -> tuple[float, float]:
        """What came after a portion of the sprint, and all; both without what only came up after it."""
        too_new = self.begun.after(last)
        return self.ended.after(last) - too_new, self.ended.sums[-1] - too_new


@record
class EndingInSprint:
    """An ending among all of the same kind and person in the sprint."""

    ending: Ending
    sprint: SprintSpan
    among: Spread = field(repr=False)
    days: DayCounts


@dataclass(frozen=True, slots=True)
class Window:
    """The time of a sprint that has started."""

    sprint: SprintSpan
    start: datetime
    end: datetime
    length: timedelta

    def portion(self, at: datetime, history: History) -> float:
        """How much of its working time had passed, 0 to 1."""
        return min(1.0, history.working_time(self.start, at) / self.length)


def windows_of(history: History) -> list[Window]:
    """The sprints that have started, in their order."""
    found: list[Window] = []
    for sprint in history.sprint_spans:
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
    for ended in history.ended:
        window = window_at(ended.at, windows)
        if window is not None and ended.issue_type not in NOT_COUNTED:
            known = grouped.setdefault((window.sprint.id, ended.seat, ended.unit), (window, []))
            known[1].append(_placed(ended, window, history))
    for window, endings in grouped.values():
        places = tuple([(ending.portion, ending.begun, ending.ended.size) for ending in endings])
        among, seat = Spread.of(places), endings[0].ended.seat
        days = history.at_work.get((seat, window.sprint.id), NOT_AT_WORK)
        for ending in endings:
            yield Opportunity(
                subject=EndingInSprint(ending=ending, sprint=window.sprint, among=among, days=days),
                name=ending.ended.what,
                url=ending.ended.url,
                item=ending.ended.item,
                mass=1.0,
                seats=(ending.ended.seat,),
                at=ending.ended.at,
            )


def _placed(ended: Ended, window: Window, history: History) -> Ending:
    return Ending(
        ended=ended,
        portion=window.portion(ended.at, history),
        begun=window.portion(ended.came_up, history) if ended.came_up else 0.0,
    )


ENDINGS = Kind(
    name="ending",
    opportunity="each pull request of the learner that was merged in a sprint, and each issue of theirs that was done",
    places=(Place(Source.HISTORY, _endings),),
)

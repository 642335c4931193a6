"""What was merged or done in a sprint, and how much of it fell into the sprint's last part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

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


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingInSprint:
    """An ending among all of the same kind and person in the sprint."""

    ending: Ending
    sprint: SprintRecord
    among: Sequence[Ending] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Window:
    """The time of a sprint."""

    sprint: SprintRecord
    start: datetime
    end: datetime
    length: timedelta

    def portion(self, at: datetime, history: History) -> float:
        return min(1.0, history.working_time(self.start, at) / self.length)


def _windows(history: History) -> list[_Window]:
    """The sprints that have started, in their order."""
    found: list[_Window] = []
    for sprint in history.sprints.values():
        days = history.days_of(sprint)
        end = sprint.closed_at or (days[-1] if days else None)
        if sprint.started_at and end and (length := history.working_time(sprint.started_at, end)):
            found.append(_Window(sprint, sprint.started_at, end, length))
    return sorted(found, key=lambda window: (window.start, window.sprint.id))


def _endings(_: None, history: History) -> Iterator[Opportunity[EndingInSprint]]:
    windows = _windows(history)
    starts = [window.start for window in windows]
    grouped: dict[tuple[int, SeatId, str], tuple[SprintRecord, list[Ending]]] = {}
    for ending in [*_merged(history), *_done(history)]:
        place = bisect_right(starts, ending.at) - 1
        if place >= 0 and ending.at <= windows[place].end:
            window = windows[place]
            known = grouped.setdefault((window.sprint.id, ending.seat, ending.unit), (window.sprint, []))
            known[1].append(_placed(ending, window, history))
    for sprint, among in grouped.values():
        for ending in among:
            yield Opportunity(
                subject=EndingInSprint(ending=ending, sprint=sprint, among=among),
                name=ending.what,
                url=ending.url,
                item=ending.item,
                mass=1.0,
                seats=(ending.seat,),
                at=ending.at,
            )


def _placed(ending: Ending, window: _Window, history: History) -> Ending:
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

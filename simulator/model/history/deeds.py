"""What people did in a run, one line each: pushes, issues that they held in progress, branches that were open, work that ended.

Pure. Refuses to weigh it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from simulator.model.agile import StatusCategory
from simulator.model.history.code import Branch
from simulator.model.history.pulls import PullRequest
from simulator.model.history.tracker import Issue, IssueState
from simulator.model.keys import IssueKey, SeatId
from simulator.model.record import record


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something of a name was so; `until` None: still."""

    name: str
    since: datetime
    until: datetime | None

    def holds(self, instant: datetime) -> bool:
        """Whether it was so then."""
        return self.since <= instant and (self.until is None or instant < self.until)


@record
class Ended:
    """A pull request that was merged, or an issue that is done: `size` in `unit` (lines or issues). `issue_type` of the latter.

    `came_up` is when its issue was created, None for work without one.
    """

    what: str
    url: str
    item: str
    seat: SeatId
    at: datetime
    unit: str
    size: float
    came_up: datetime | None
    issue_type: str = ""


T = TypeVar("T")
Spans = Mapping[SeatId, tuple[Span, ...]]


def pushes_of(branches: Iterable[Branch]) -> Mapping[SeatId, tuple[datetime, ...]]:
    """Person → when they pushed to any branch."""
    return by_seat((push.actor, push.at) for branch in branches for push in branch.pushes)


def open_span(pull: PullRequest) -> Span:
    """From when to when a pull request was open; the name is its number."""
    return Span(str(pull.number), pull.opened_at, _first(pull.merged_at, pull.closed_at))


def unmerged(branch: Branch, gone_at: datetime | None) -> Iterator[tuple[SeatId | None, Span]]:
    """Who has commits on a branch with changes, and from when to when it was neither merged nor deleted."""
    if branch.lines and branch.replaced_by is None:
        span = Span(branch.name, branch.started_at, gone_at)
        yield from ((seat, span) for seat in dict.fromkeys(commit.author for commit in branch.commits))


def by_seat(pairs: Iterable[tuple[SeatId | None, T]]) -> Mapping[SeatId, tuple[T, ...]]:
    """Person → what of some pairs is theirs, in its order."""
    found: dict[SeatId, list[T]] = {}
    for seat, each in pairs:
        if seat is not None:
            found.setdefault(seat, []).append(each)
    return {seat: tuple(every) for seat, every in found.items()}


def held(issue: Issue) -> Iterator[tuple[SeatId | None, Span]]:
    """Who had an issue in progress, and from when to when."""
    known = list(issue.states())
    ends = [*(at for at, _ in known[1:]), issue.deleted_at]
    for (since, state), until in zip(known, ends, strict=True):
        if state.category is StatusCategory.IN_PROGRESS:
            yield state.assignee, Span(issue.key, since, until)


def in_hand(issue: Issue) -> Iterator[tuple[SeatId, Span]]:
    """Who had an issue, and no epic, in progress without a flag, and from when to when; nobody when it was deleted."""
    if issue.type == "Epic" or issue.deleted_at:
        return
    for seat in dict.fromkeys(state.assignee for _, state in issue.states()):
        if seat is not None:
            for since, until in issue.spans(partial(_is_in_hand, seat)):
                yield seat, Span(issue.key, since, until)


def _is_in_hand(seat: SeatId, state: IssueState) -> bool:
    return state.category is StatusCategory.IN_PROGRESS and state.assignee == seat and not state.flagged


def gone_at(branch: Branch, pulls: Mapping[int, PullRequest]) -> datetime | None:
    """When a branch was merged or deleted, or its pull request closed, whatever came first; None if none of it."""
    return _first(branch.deleted_at, *(pulls[number].merged_at or pulls[number].closed_at for number in branch.pulls))


def _first(*instants: datetime | None) -> datetime | None:
    return min((instant for instant in instants if instant is not None), default=None)


def merged(pull: PullRequest, issues: Mapping[IssueKey, Issue]) -> Iterator[Ended]:
    """A pull request that was merged, by its first author; nothing for others."""
    authors = pull.authors()
    if pull.merged_at is not None and pull.lines and authors:
        issue = issues.get(IssueKey(pull.item))
        yield Ended(
            what=f"pull:{pull.number}",
            url=pull.url,
            item=pull.item,
            seat=authors[0],
            at=pull.merged_at,
            unit="lines",
            size=float(pull.lines),
            came_up=issue.created_at if issue else None,
        )


def done(issue: Issue) -> Iterator[Ended]:
    """An issue that is done, by whoever had or closed it; nothing for others."""
    if issue.deleted_at or issue.state.category is not StatusCategory.DONE:
        return
    is_done = StatusCategory.DONE
    moves = [move for move in issue.moves() if move.after.category is is_done and move.before.category is not is_done]
    owner = (moves[-1].after.assignee or moves[-1].actor) if moves else None
    if owner is not None:
        yield Ended(
            what=f"issue:{issue.key}",
            url=issue.url,
            item=issue.key,
            seat=owner,
            at=moves[-1].at,
            unit="issues",
            size=1.0,
            came_up=issue.created_at,
            issue_type=issue.type,
        )

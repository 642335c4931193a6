"""What people did in a run, one line each: pushes, issues that they held in progress, branches that were open, work that ended.

Pure. Refuses to weigh it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from simulator.model.agile import StatusCategory
from simulator.model.history.code import Branch, PullRequest
from simulator.model.history.tracker import Issue
from simulator.model.keys import IssueKey, SeatId


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something of a name was so; `until` None: still."""

    name: str
    since: datetime
    until: datetime | None

    def holds(self, instant: datetime) -> bool:
        """Whether it was so then."""
        return self.since <= instant and (self.until is None or instant < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
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
    return _by_seat((push.actor, push.at) for branch in branches for push in branch.pushes)


def held_by(issues: Iterable[Issue]) -> Spans:
    """Person → from when to when they had which issue in progress."""
    return _by_seat(held for issue in issues for held in _held(issue))


def open_pulls_of(pulls: Iterable[PullRequest]) -> Spans:
    """Author → from when to when their pull requests were open; the name is the number."""
    return _by_seat(
        (
            seat,
            Span(
                str(pull.number),
                pull.opened_at,
                min((end for end in (pull.merged_at, pull.closed_at) if end), default=None),
            ),
        )
        for pull in pulls
        for seat in pull.authors()
    )


def unmerged_of(branches: Iterable[Branch], pulls: Mapping[int, PullRequest]) -> Spans:
    """Person → from when to when a branch with changes, and a commit of theirs, was neither merged nor deleted."""
    return _by_seat(
        (seat, Span(branch.name, branch.started_at, _gone_at(branch, pulls)))
        for branch in branches
        if branch.lines and branch.replaced_by is None
        for seat in dict.fromkeys(commit.author for commit in branch.commits)
    )


def ended(pulls: Iterable[PullRequest], issues: Mapping[IssueKey, Issue]) -> tuple[Ended, ...]:
    """Everything that was merged or is done: pull requests by their first author, issues by whoever had or closed them."""
    return (*_merged(pulls, issues), *(done for issue in issues.values() for done in _done(issue)))


def _by_seat(pairs: Iterable[tuple[SeatId | None, T]]) -> Mapping[SeatId, tuple[T, ...]]:
    found: dict[SeatId, list[T]] = {}
    for seat, each in pairs:
        if seat is not None:
            found.setdefault(seat, []).append(each)
    return {seat: tuple(every) for seat, every in found.items()}


def _held(issue: Issue) -> Iterator[tuple[SeatId | None, Span]]:
    known = list(issue.states())
    ends = [*(at for at, _ in known[1:]), issue.deleted_at]
    for (since, state), until in zip(known, ends, strict=True):
        if state.category is StatusCategory.IN_PROGRESS:
            yield state.assignee, Span(issue.key, since, until)


def _gone_at(branch: Branch, pulls: Mapping[int, PullRequest]) -> datetime | None:
    return _first(branch.deleted_at, *(pulls[number].merged_at or pulls[number].closed_at for number in branch.pulls))


def _first(*instants: datetime | None) -> datetime | None:
    return min((instant for instant in instants if instant is not None), default=None)


def _merged(pulls: Iterable[PullRequest], issues: Mapping[IssueKey, Issue]) -> Iterator[Ended]:
    for pull in pulls:
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


def _done(issue: Issue) -> Iterator[Ended]:
    if issue.deleted_at or issue.state.category is not StatusCategory.DONE:
        return
    done = StatusCategory.DONE
    moves = [move for move in issue.moves() if move.after.category is done and move.before.category is not done]
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

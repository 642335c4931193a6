"""What holds up work in progress: links to issues that block it, and flags."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.history.tracker import IssueState
from simulator.model.keys import IssueKey, SeatId
from simulator.model.record import record

_BLOCKED_BY = "is blocked by "
_GROUPS = frozenset({"Epic"})


@record
class Obstacle:
    """A time in which an issue was held up, None while it lasts. `blocker` None: somebody flagged it."""

    issue: Issue
    seat: SeatId
    since: datetime
    until: datetime | None
    blocker: IssueKey | None


def blockers(state: IssueState) -> tuple[IssueKey, ...]:
    """The keys of the issues by which an issue is blocked, as its links say."""
    words = sorted(link for link in state.links if link.lower().startswith(_BLOCKED_BY))
    return tuple(IssueKey(link[len(_BLOCKED_BY) :].strip()) for link in words)


def _blocks(issue: Issue, history: History) -> Iterator[Opportunity[Obstacle]]:
    if issue.type in _GROUPS or issue.deleted_at:
        return
    for key in dict.fromkeys(key for _, state in issue.states() for key in blockers(state)):
        for number, (since, until) in enumerate(issue.spans(partial(_is_held_up, key=key)), start=1):
            end = _earlier(until, _freed_at(key, since, history))
            seat = issue.at(since).assignee
            if seat is not None and (end is None or end > since):
                obstacle = Obstacle(issue=issue, seat=seat, since=since, until=end, blocker=key)
                yield _opportunity(obstacle, f"blocked-by:{key}/{number}")


def _is_held_up(state: IssueState, key: IssueKey) -> bool:
    return state.category is StatusCategory.IN_PROGRESS and key in blockers(state)


def _freed_at(key: IssueKey, since: datetime, history: History) -> datetime | None:
    """When the blocking issue was done: `since` if it was by then, None if it is not or nobody knows it."""
    blocker = history.issues.get(key)
    if blocker is None:
        return None
    if blocker.at(since).category is StatusCategory.DONE:
        return since
    return next((at for at, state in blocker.states() if at > since and state.category is StatusCategory.DONE), None)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)


def _flags(issue: Issue, _: History) -> Iterator[Opportunity[Obstacle]]:
    if issue.deleted_at:
        return
    raised = {change.at: change.actor for change in issue.changes if change.field == "flagged" and change.state.flagged}
    for number, (since, until) in enumerate(issue.spans(lambda state: state.flagged), start=1):
        seat = raised.get(since)
        if seat is not None:
            obstacle = Obstacle(issue=issue, seat=seat, since=since, until=until, blocker=None)
            yield _opportunity(obstacle, f"flag:{number}")


def _opportunity(obstacle: Obstacle, what: str) -> Opportunity[Obstacle]:
    issue = obstacle.issue
    return Opportunity(
        subject=obstacle,
        name=f"issue:{issue.key}/{what}",
        url=issue.url,
        item=issue.key,
        mass=1.0,
        seats=(obstacle.seat,),
        at=obstacle.since,
    )


OBSTACLES = Kind(
    name="obstacle",
    opportunity="each time that an issue in progress, assigned to the learner, was blocked by another; each flag of the learner",
    places=(Place(Source.ISSUES, _blocks), Place(Source.ISSUES, _flags)),
)

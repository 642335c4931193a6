"""Issues as texts: whose words they are, and who works by them."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, Issue
from simulator.model.keys import SeatId


def _owned(issue: Issue, _: History) -> Iterator[Opportunity[Issue]]:
    assignees = [state.assignee for _, state in issue.states() if state.sprints]
    yield from _opportunity(issue, [issue.reporter, *reversed(assignees)])


def _stories(issue: Issue, _: History) -> Iterator[Opportunity[Issue]]:
    if issue.type == "Story":
        yield from _opportunity(issue, [issue.reporter, issue.state.assignee])


def _filed_bugs(issue: Issue, _: History) -> Iterator[Opportunity[Issue]]:
    if issue.type == "Bug":
        yield from _opportunity(issue, [issue.reporter])


def _opportunity(issue: Issue, people: list[SeatId | None]) -> Iterator[Opportunity[Issue]]:
    seats = tuple(dict.fromkeys(seat for seat in people if seat is not None))
    if seats and not issue.deleted_at:
        yield Opportunity(
            subject=issue,
            name=f"issue:{issue.key}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=seats,
            at=issue.created_at,
        )


OWNED_ISSUES = Kind(
    name="issue of one's own",
    opportunity="each issue that the learner created, or was assigned to in a sprint",
    places=(Place(Source.ISSUES, _owned),),
)
STORIES = Kind(
    name="story",
    opportunity="each issue of the type Story that the learner created or is assigned to",
    places=(Place(Source.ISSUES, _stories),),
)
FILED_BUGS = Kind(
    name="filed bug",
    opportunity="each bug that the learner filed",
    places=(Place(Source.ISSUES, _filed_bugs),),
)

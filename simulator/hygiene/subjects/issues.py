"""Issues of the sprint, and issues with code."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import History, Issue, PullRequest, WorkStart
from simulator.model.record import record


@record
class CodedIssue:
    """An issue with the start of its work and its pull requests."""

    issue: Issue
    start: WorkStart
    pulls: tuple[PullRequest, ...]


def _of_the_sprint(issue: Issue, history: History) -> Iterator[Opportunity[Issue]]:
    sprint = history.current_span
    if sprint is not None and not issue.deleted_at and (entered := issue.entered(sprint.id)):
        yield Opportunity(
            subject=issue,
            name=f"issue:{issue.key}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=issue.people(),
            at=max(entered, sprint.started_at or entered),
        )


def _with_code(issue: Issue, history: History) -> Iterator[Opportunity[CodedIssue]]:
    start = history.work_starts.get(issue.key)
    if start is not None:
        yield Opportunity(
            subject=CodedIssue(issue=issue, start=start, pulls=history.pulls_of.get(issue.key, ())),
            name=f"issue:{issue.key}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=start.seats,
            at=start.at,
        )


SPRINT_ISSUES = Kind(
    name="sprint issue",
    opportunity="each issue of the sprint that the learner was assigned to or moved",
    places=(Place(Source.ISSUES, _of_the_sprint),),
)
CODED_ISSUES = Kind(
    name="issue with code",
    opportunity="each issue that a branch, a commit or a pull request with code names",
    whose="who wrote the first code for it",
    places=(Place(Source.ISSUES, _with_code),),
)

"""Issues of the sprint, and issues with code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.hygiene.subjects.kind import Kind, Opportunity
from simulator.model.history import History, Issue, PullRequest, WorkStart


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedIssue:
    """An issue with the start of its work and its pull requests."""

    issue: Issue
    start: WorkStart
    pulls: tuple[PullRequest, ...]


def _sprint_issues(history: History) -> Iterator[Opportunity[Issue]]:
    sprint = history.sprint
    for issue in history.issues.values():
        if sprint is None or issue.deleted_at or not (entered := issue.entered(sprint.id)):
            continue
        yield Opportunity(
            subject=issue,
            name=f"issue:{issue.key}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=issue.people(),
            at=max(entered, sprint.started_at or entered),
        )


def _coded_issues(history: History) -> Iterator[Opportunity[CodedIssue]]:
    for key, start in history.work_starts.items():
        issue = history.issues[key]
        yield Opportunity(
            subject=CodedIssue(issue=issue, start=start, pulls=history.pulls_of.get(key, ())),
            name=f"issue:{key}",
            url=issue.url,
            item=key,
            mass=1.0,
            seats=start.seats,
            at=start.at,
        )


SPRINT_ISSUES = Kind(
    name="sprint issue",
    opportunity="each issue of the sprint that the learner was assigned to or moved",
    find=_sprint_issues,
)
CODED_ISSUES = Kind(
    name="issue with code",
    opportunity="each issue that a branch, a commit or a pull request with code names",
    find=_coded_issues,
)

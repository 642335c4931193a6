"""Issues."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.views.conversations import ConversationView
from simulator.emulators.github.state import closers, sub_issues
from simulator.emulators.github.state.issues import Issue, issues_by_id


class IssueView(ConversationView):
    """An issue."""

    typename = "Issue"
    page_kind = "issues"
    is_pinned = False

    @property
    def state(self) -> str:
        """OPEN or CLOSED."""
        return self.issue_row.state.upper()

    def state_reason(self, enable_duplicate: bool | None = None) -> str | None:
        """Why it is in its state. DUPLICATE is told only to those who know the word."""
        reason = (self.issue_row.state_reason or "").upper()
        if reason == "DUPLICATE" and not enable_duplicate:
            return "NOT_PLANNED"
        return reason or None

    @property
    def parent(self) -> Any:
        """The issue that it is a part of."""
        parent_id = sub_issues.parent_id_of(self.place, self.issue_row.id)
        parent = issues_by_id(self.place, [parent_id]).get(parent_id) if parent_id else None
        return self._elsewhere(parent) if parent else None

    def sub_issues(self, window: Window) -> Connection:
        """Its parts, in their order."""
        found, _ = sub_issues.children_of(self.place, self.issue_row.id, offset=0, limit=sub_issues.MOST)
        return Connection.of(window, [view for each in found if (view := self._elsewhere(each))])

    @property
    def sub_issues_summary(self) -> SubIssuesSummary:
        """How many parts there are, and how many of them are done."""
        return SubIssuesSummary(*(self.around.sub_issues.get(self.issue_row.id) or (0, 0)))

    def closed_by_pull_requests_references(
        self, window: Window, include_closed_prs: bool = False, **_wanted: Any
    ) -> Connection:
        """The pull requests that promise to close it, or have done so."""
        found = closers.pulls_closing(self.place, self.issue_row)
        shown = [each for each in found if include_closed_prs or each.is_open or each.is_merged]
        self.around.expect_issues(each.issue for each in shown)
        return Connection.of(window, [self.show("PullRequest", self.home, each.issue) for each in shown])

    def _elsewhere(self, issue: Issue) -> Any:
        """An issue that may lie in another repository, None when the caller may not see that."""
        home = self.home if issue.repository_id == self.home.id else self.reader.repository_by_id(issue.repository_id)
        return self.show("Issue", home, issue) if home else None


class SubIssuesSummary:
    """Counts of the parts of an issue."""

    def __init__(self, total: int, completed: int) -> None:
        self.total = total
        self.completed = completed
        self.percent_completed = 100 * completed // total if total else 0

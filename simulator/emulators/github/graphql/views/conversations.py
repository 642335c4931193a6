"""What issues and pull requests have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import quote

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.actors import user_views
from simulator.emulators.github.graphql.views.comments import comment_views
from simulator.emulators.github.graphql.views.labels import LabelView
from simulator.emulators.github.graphql.views.milestones import MilestoneView
from simulator.emulators.github.graphql.views.projects import InProjects
from simulator.emulators.github.graphql.views.texts import WrittenView
from simulator.emulators.github.graphql.views.timeline import timeline_connection
from simulator.emulators.github.state.gathering import Part
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.repositories import Repository


class ConversationView(InProjects, WrittenView):
    """An issue or a pull request."""

    page_kind: str
    reaction_subject = "issue"
    is_read_by_viewer = True

    def __init__(self, reader: Reader, repository: Repository, issue: Issue) -> None:
        super().__init__(reader, repository)
        self.issue_row = issue
        self.number_in_site = issue.id
        self.number = issue.number
        self.title = issue.title
        self.body = issue.body or ""
        self.author_id = issue.author_id
        self.created_at: datetime = issue.created_at
        self.updated_at: datetime = issue.updated_at
        self.closed = not issue.is_open
        self.closed_at = issue.closed_at
        self.locked = issue.locked

    @property
    def resource_path(self) -> str:
        """Its page."""
        return f"/{quote(self.home.full_name)}/{self.page_kind}/{self.number}"

    @property
    def title_html(self) -> str:
        """The title as a page shows it."""
        return escape(self.title)

    @property
    def active_lock_reason(self) -> str | None:
        """Why it is locked."""
        reason = self.issue_row.lock_reason
        return reason.upper().replace("-", "_").replace(" ", "_") if self.locked and reason else None

    @property
    def milestone(self) -> MilestoneView | None:
        """The goal it belongs to."""
        row = self.around.milestones.get(self.issue_row.milestone_id)
        return MilestoneView(self.reader, self.home, row) if row else None

    def labels(self, window: Window, order_by: Mapping[str, str] | None = None) -> Connection:
        """Its labels, in the order they were made unless told otherwise."""
        rows = list(self.around.labels.get(self.issue_row.id) or ())
        if order_by and order_by["field"] == "NAME":
            rows.sort(key=lambda label: label.name.lower())
        if order_by and order_by["direction"] == "DESC":
            rows.reverse()
        return Connection.of(window, [LabelView(self.reader, self.home, row) for row in rows])

    def assignees(self, window: Window) -> Connection:
        """Who works on it."""
        ids = self.around.assignees.get(self.issue_row.id) or []
        self.reader.accounts.expect(ids)
        return Connection.of(window, user_views(self.reader, [self.reader.accounts.get(each) for each in ids]))

    def participants(self, window: Window) -> Connection:
        """Who took part in the conversation."""
        ids = self.around.participants.get(self.issue_row.id) or []
        self.reader.accounts.expect(ids)
        return Connection.of(window, user_views(self.reader, [self.reader.accounts.get(each) for each in ids]))

    def comments(self, window: Window, order_by: Mapping[str, str] | None = None) -> Connection:
        """The comments of the conversation, oldest first unless told otherwise."""
        newest = bool(order_by and order_by["direction"] == "DESC")
        return Connection(
            window,
            count=lambda: self.around.comment_counts.get(self.issue_row.id) or 0,
            fetch=lambda _start, _end: self._comments(window, newest_first=newest),
        )

    def _comments(self, window: Window, *, newest_first: bool) -> Sequence[Any]:
        start = window.after or 0
        ends = [end for end in (window.before and window.before - 1, window.first and start + window.first) if end]
        part = Part(start=start, end=min(ends, default=None), last=window.last, newest_first=newest_first)
        rows = self.around.comments(part).get(self.issue_row.id) or []
        return comment_views(self.reader, self.home, rows)

    def timeline_items(
        self,
        window: Window,
        item_types: Sequence[str] | None = None,
        since: datetime | None = None,
        skip: int | None = None,
    ) -> Connection:
        """What happened to it, oldest first."""
        return timeline_connection(self, window, kinds=item_types, since=since, skip=skip)

    @property
    def viewer_can_update(self) -> bool:
        """Whether the caller may change it."""
        return (self.viewer_did_author and not self.home.archived) or self.may("triage")

    @property
    def viewer_can_close(self) -> bool:
        """Whether the caller may close it."""
        return not self.closed and self.viewer_can_update

    @property
    def viewer_can_reopen(self) -> bool:
        """Whether the caller may open it again."""
        return self.closed and self.viewer_can_update

    @property
    def viewer_can_label(self) -> bool:
        """Whether the caller may put labels on it."""
        return self.may("triage")

    @property
    def viewer_can_delete(self) -> bool:
        """Whether the caller may delete it."""
        return self.may("admin")

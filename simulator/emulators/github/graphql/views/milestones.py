"""Milestones of a repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.actors import ActorView, actor_view
from simulator.emulators.github.graphql.views.base import InRepository, Numbered, Paged
from simulator.emulators.github.graphql.views.issue_lists import issue_connection, pull_connection
from simulator.emulators.github.state.milestones import CLOSED, Milestone, list_milestones
from simulator.emulators.github.state.repositories import Repository

_ALL = 1000


class MilestoneView(Numbered, Paged, InRepository):
    """A goal that issues and pull requests are gathered under."""

    typename = "Milestone"

    def __init__(self, reader: Reader, repository: Repository, row: Milestone) -> None:
        super().__init__(reader, repository)
        self.row = row
        self.number_in_site = row.id
        self.number = row.number
        self.title = row.title
        self.description = row.description
        self.due_on = row.due_on
        self.state = row.state.upper()
        self.closed = row.state == CLOSED
        self.closed_at = row.closed_at
        self.created_at = row.created_at
        self.updated_at = row.updated_at

    @property
    def resource_path(self) -> str:
        """Its page."""
        return f"/{quote(self.home.full_name)}/milestone/{self.number}"

    @property
    def creator(self) -> ActorView | None:
        """Who made it."""
        return actor_view(self.reader, self.reader.accounts.get(self.row.creator_id))

    @property
    def progress_percentage(self) -> float:
        """How much of it is closed."""
        total = self.row.open_issues + self.row.closed_issues
        return 100 * self.row.closed_issues / total if total else 0.0

    @property
    def viewer_can_close(self) -> bool:
        """Whether the caller may close it."""
        return not self.closed and self.may("push")

    @property
    def viewer_can_reopen(self) -> bool:
        """Whether the caller may open it again."""
        return self.closed and self.may("push")

    def issues(self, window: Window, **wanted: Any) -> Connection:
        """The issues in it."""
        return issue_connection(self.reader, self.home, window, milestone_id=self.row.id, **wanted)

    def pull_requests(self, window: Window, **wanted: Any) -> Connection:
        """The pull requests in it."""
        return pull_connection(self.reader, self.home, window, milestone_id=self.row.id, **wanted)


def milestone_connection(
    reader: Reader,
    repository: Repository,
    window: Window,
    *,
    states: Sequence[str] | None = None,
    query: str | None = None,
    order_by: Mapping[str, str] | None = None,
) -> Connection:
    """The repository's milestones, by number unless told otherwise."""
    place = reader.around(repository).place
    found, _ = list_milestones(place, state="all", sort="due_on", direction="asc", offset=0, limit=_ALL)
    if states:
        found = [each for each in found if each.state.upper() in states]
    if query:
        found = [each for each in found if query.lower() in each.title.lower()]
    field = order_by["field"] if order_by else "NUMBER"
    if field != "DUE_DATE":
        found.sort(key=lambda each: each.updated_at.timestamp() if field == "UPDATED_AT" else each.number)
    if order_by and order_by["direction"] == "DESC":
        found.reverse()
    return Connection.of(window, [MilestoneView(reader, repository, each) for each in found])

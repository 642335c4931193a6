"""Reviews of pull requests, and requests for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.actors import actor_view
from simulator.emulators.github.graphql.views.base import InRepository
from simulator.emulators.github.graphql.views.commits import commit_view
from simulator.emulators.github.graphql.views.line_comments import line_comment_views
from simulator.emulators.github.graphql.views.texts import WrittenView
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.reviews import PENDING, Review
from simulator.emulators.github.state.teams import Team


class ReviewView(WrittenView):
    """What one person says of a pull request as a whole."""

    typename = "PullRequestReview"
    reaction_subject: ClassVar[str] = "review"

    def __init__(self, reader: Reader, repository: Repository, pull: Pull, row: Review) -> None:
        super().__init__(reader, repository)
        self.pull = pull
        self.row = row
        self.number_in_site = row.id
        self.body = row.body
        self.author_id = row.author_id
        self.state = row.state
        self.submitted_at = row.submitted_at
        # When a pending review was begun is not kept; only its author sees it.
        self.created_at = self.updated_at = row.submitted_at or pull.issue.updated_at

    @property
    def resource_path(self) -> str:
        """Its place on the pull request's page."""
        return f"/{self.home.full_name}/pull/{self.pull.number}#pullrequestreview-{self.row.id}"

    @property
    def published_at(self) -> Any:
        """When others could read it first."""
        return self.row.submitted_at

    @property
    def pull_request(self) -> Any:
        """What is reviewed."""
        return self.show("PullRequest", self.home, self.pull.issue)

    @property
    def commit(self) -> Any:
        """The commit that was looked at, None when it is gone."""
        return commit_view(self.reader, self.home, self.row.commit_sha)

    @property
    def author_can_push_to_repository(self) -> bool:
        """Whether the author's word has weight."""
        person = self.around.people.get(self.author_id)
        permission = permission_of(self.reader.connection, self.home, person.account) if person else "none"
        return allows(permission, "push")

    @property
    def viewer_can_delete(self) -> bool:
        """Whether the caller may throw it away: its author may, before it is submitted."""
        return self.viewer_did_author and self.state == PENDING

    @property
    def viewer_can_update(self) -> bool:
        """Whether the caller may change it."""
        return self.viewer_did_author and not self.home.archived

    def comments(self, window: Window) -> Connection:
        """The comments on lines that belong to it."""
        rows = [row for row in self.around.line_comments.get(self.pull.id) or () if row.review_id == self.row.id]
        return Connection.of(window, line_comment_views(self.reader, self.home, self.pull, rows))


class ReviewRequestView(InRepository):
    """Somebody is asked for a review."""

    typename = "ReviewRequest"

    def __init__(
        self,
        reader: Reader,
        repository: Repository,
        pull: Pull,
        *,
        account_id: int | None = None,
        team: Team | None = None,
    ) -> None:
        super().__init__(reader, repository)
        self.pull = pull
        self._account_id = account_id
        self._team = team
        self.as_code_owner = False

    @property
    def database_id(self) -> int:
        """The number of whoever is asked."""
        return self._team.id if self._team else self._account_id or 0

    @property
    def id(self) -> str:
        """The global id."""
        kind = "team" if self._team else "user"
        return node_id("ReviewRequest", self.pull.id, kind, self.database_id)

    @property
    def pull_request(self) -> Any:
        """What is to be reviewed."""
        return self.show("PullRequest", self.home, self.pull.issue)

    @property
    def requested_reviewer(self) -> Any:
        """Who is asked: a person or a team."""
        if self._team:
            return self.show("Team", self._team)
        return actor_view(self.reader, self.reader.accounts.get(self._account_id))


def review_views(reader: Reader, repository: Repository, pull: Pull, rows: Iterable[Review]) -> list[ReviewView]:
    """Reviews of one pull request, whose surroundings are loaded together."""
    listed = list(rows)
    around = reader.around(repository)
    around.people.expect(row.author_id for row in listed)
    around.reactions("review").expect(row.id for row in listed)
    return [ReviewView(reader, repository, pull, row) for row in listed]

"""Comments on the conversation of issues and pull requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.texts import WrittenView
from simulator.emulators.github.state.comments import Comment
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.repositories import Repository


class CommentView(WrittenView):
    """A comment."""

    typename = "IssueComment"
    reaction_subject = "comment"

    def __init__(self, reader: Reader, repository: Repository, row: Comment) -> None:
        super().__init__(reader, repository)
        self.row = row
        self.number_in_site = row.id
        self.body = row.body
        self.author_id = row.author_id
        self.created_at = row.created_at
        self.updated_at = row.updated_at
        self.last_edited_at = row.updated_at if row.updated_at > row.created_at else None

    @property
    def _issue(self) -> Issue:
        found = self.around.issues.get(self.row.issue_id)
        assert found is not None
        return found

    @property
    def resource_path(self) -> str:
        """Its place on the page of the conversation."""
        kind = "pull" if self._issue.is_pull else "issues"
        return f"/{quote(self.home.full_name)}/{kind}/{self._issue.number}#issuecomment-{self.row.id}"

    @property
    def issue(self) -> Any:
        """What was commented on; a pull request counts too, as on GitHub."""
        return self.show("Issue", self.home, self._issue)

    @property
    def pull_request(self) -> Any:
        """The pull request that was commented on."""
        return self.show("PullRequest", self.home, self._issue) if self._issue.is_pull else None


def comment_views(reader: Reader, repository: Repository, rows: Sequence[Comment]) -> list[CommentView]:
    """Comments of one repository, whose surroundings are loaded together."""
    around = reader.around(repository)
    around.people.expect(row.author_id for row in rows)
    around.issues.expect(row.issue_id for row in rows)
    around.reactions("comment").expect(row.id for row in rows)
    return [CommentView(reader, repository, row) for row in rows]

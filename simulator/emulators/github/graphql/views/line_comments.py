"""Comments on lines of a pull request, and the threads that they form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import InRepository
from simulator.emulators.github.graphql.views.commits import commit_view
from simulator.emulators.github.graphql.views.texts import WrittenView
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.review_comments import ReviewComment
from simulator.emulators.github.state.reviews import reviews_by_id


class LineCommentView(WrittenView):
    """A comment on a line or a file."""

    typename = "PullRequestReviewComment"
    reaction_subject: ClassVar[str] = "review_comment"

    def __init__(self, reader: Reader, repository: Repository, pull: Pull, row: ReviewComment) -> None:
        super().__init__(reader, repository)
        self.pull = pull
        self.row = row
        self.number_in_site = row.id
        self.body = row.body
        self.author_id = row.author_id
        self.created_at = self.drafted_at = row.created_at
        self.updated_at = row.updated_at
        self.path = row.path
        self.line = row.line
        self.start_line = row.start_line
        self.original_line = row.original_line
        self.original_start_line = row.original_start_line
        self.position = row.position
        self.original_position = row.original_position or 1
        self.diff_hunk = row.diff_hunk
        self.state = "PENDING" if row.pending else "SUBMITTED"
        self.subject_type = row.subject.upper()
        self.outdated = row.subject == "line" and row.line is None

    @property
    def resource_path(self) -> str:
        """Its place on the pull request's page."""
        return f"/{self.home.full_name}/pull/{self.pull.number}#discussion_r{self.row.id}"

    @property
    def commit(self) -> Any:
        """The commit that the line is counted in now."""
        return commit_view(self.reader, self.home, self.row.commit_sha)

    @property
    def original_commit(self) -> Any:
        """The commit that was commented on."""
        return commit_view(self.reader, self.home, self.row.original_commit_sha)

    @property
    def pull_request(self) -> Any:
        """What it is about."""
        return self.show("PullRequest", self.home, self.pull.issue)

    @property
    def pull_request_review(self) -> Any:
        """The review that it belongs to."""
        found = reviews_by_id(self.place, [self.row.review_id]) if self.row.review_id else {}
        row = found.get(self.row.review_id or 0)
        return self.show("PullRequestReview", self.home, self.pull, row) if row else None

    @property
    def reply_to(self) -> Any:
        """The comment that it answers."""
        known = self.around.line_comments.get(self.pull.id) or ()
        row = next((each for each in known if each.id == self.row.in_reply_to_id), None)
        return LineCommentView(self.reader, self.home, self.pull, row) if row else None


class ThreadView(InRepository):
    """A conversation about a line or a file; it has its first comment's number."""

    typename = "PullRequestReviewThread"

    def __init__(self, reader: Reader, repository: Repository, pull: Pull, rows: Sequence[ReviewComment]) -> None:
        super().__init__(reader, repository)
        self.pull = pull
        self.rows = rows
        first = rows[0]
        self.first = first
        self.path = first.path
        self.line = first.line
        self.start_line = first.start_line
        self.original_line = first.original_line
        self.original_start_line = first.original_start_line
        self.diff_side = first.side
        self.start_diff_side = first.start_side
        self.subject_type = first.subject.upper()
        self.is_resolved = first.resolved_at is not None
        self.is_outdated = first.subject == "line" and first.line is None
        self.is_collapsed = self.is_resolved or self.is_outdated

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.first.id)

    @property
    def pull_request(self) -> Any:
        """What it is about."""
        return self.show("PullRequest", self.home, self.pull.issue)

    @property
    def resolved_by(self) -> Any:
        """Who resolved it."""
        account = self.reader.accounts.get(self.first.resolved_by_id)
        return self.show("User", account) if account else None

    def comments(self, window: Window, skip: int | None = None) -> Connection:
        """What was said, oldest first."""
        return Connection.of(window, line_comment_views(self.reader, self.home, self.pull, self.rows[skip or 0 :]))

    @property
    def viewer_can_reply(self) -> bool:
        """Whether the caller may answer."""
        return not self.home.archived

    @property
    def _may_settle(self) -> bool:
        return self.may("push") or self.pull.issue.author_id == self.reader.viewer.id

    @property
    def viewer_can_resolve(self) -> bool:
        """Whether the caller may resolve it."""
        return not self.is_resolved and self._may_settle

    @property
    def viewer_can_unresolve(self) -> bool:
        """Whether the caller may open it again."""
        return self.is_resolved and self._may_settle


def line_comment_views(
    reader: Reader, repository: Repository, pull: Pull, rows: Iterable[ReviewComment]
) -> list[LineCommentView]:
    """Comments of one pull request, whose surroundings are loaded together."""
    listed = list(rows)
    around = reader.around(repository)
    around.people.expect(row.author_id for row in listed)
    around.reactions("review_comment").expect(row.id for row in listed)
    return [LineCommentView(reader, repository, pull, row) for row in listed]


def thread_views(reader: Reader, repository: Repository, pull: Pull) -> list[ThreadView]:
    """The threads of a pull request in the order they began."""
    grouped: dict[int, list[ReviewComment]] = {}
    for row in reader.around(repository).line_comments.get(pull.id) or ():
        grouped.setdefault(row.in_reply_to_id or row.id, []).append(row)
    return [ThreadView(reader, repository, pull, rows) for rows in grouped.values()]

"""The branches of a pull request, and what it changes."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.actors import ActorView, actor_view
from simulator.emulators.github.graphql.views.changed import Changed
from simulator.emulators.github.graphql.views.commits import commit_view, commit_views
from simulator.emulators.github.graphql.views.conversations import ConversationView
from simulator.emulators.github.graphql.views.issue_lists import sorted_issues
from simulator.emulators.github.graphql.views.pull_parts import ChangedFileView, PullCommitView
from simulator.emulators.github.graphql.views.refs import RefView, branch_view
from simulator.emulators.github.state import changes, closers
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.repositories import Repository


class PullBranches(ConversationView, Changed):
    """A pull request as far as git goes."""

    page_kind = "pull"

    def __init__(self, reader: Reader, repository: Repository, issue: Issue) -> None:
        super().__init__(reader, repository, issue)
        reader.around(repository).pulls.expect([issue.id])

    @cached_property
    def pull(self) -> Pull:
        """Both rows of the pull request."""
        found = self.around.pulls.get(self.issue_row.id)
        assert found is not None
        return found

    @property
    def permalink(self) -> str:
        """The page's address."""
        return self.url

    @property
    def checks_resource_path(self) -> str:
        """The page of its checks."""
        return f"{self.resource_path}/checks"

    @property
    def checks_url(self) -> str:
        """The address of that page."""
        return f"{self.url}/checks"

    @property
    def is_draft(self) -> bool:
        """Whether it is not ready yet."""
        return self.pull.row.draft

    @property
    def maintainer_can_modify(self) -> bool:
        """Whether those who maintain the base may push to the head."""
        return self.pull.row.maintainer_can_modify

    # --- its branches ---

    @property
    def base_ref_name(self) -> str:
        """The branch it goes into."""
        return self.pull.row.base_ref

    @property
    def base_ref_oid(self) -> str:
        """The commit it is compared with."""
        return self.pull.row.base_sha

    @property
    def base_ref(self) -> RefView | None:
        """The branch it goes into, None when it is gone."""
        return branch_view(self.reader, self.home, self.base_ref_name)

    @property
    def base_repository(self) -> Any:
        """The repository it goes into."""
        return self.repository

    @property
    def head_ref_name(self) -> str:
        """The branch it comes from."""
        return self.pull.row.head_ref

    @property
    def head_ref_oid(self) -> str:
        """The last commit of that branch."""
        return self.pull.row.head_sha

    @cached_property
    def head_home(self) -> Repository | None:
        """The repository that it comes from, None when it is gone or the caller may not see it."""
        if self.pull.row.head_repository_id == self.home.id:
            return self.home
        return self.reader.repository_by_id(self.pull.row.head_repository_id)

    @property
    def head_ref(self) -> RefView | None:
        """The branch it comes from, None when it is gone."""
        return branch_view(self.reader, self.head_home, self.head_ref_name) if self.head_home else None

    @property
    def head_repository(self) -> Any:
        """The repository it comes from, None when that is gone."""
        return self.show("Repository", self.head_home) if self.head_home else None

    @property
    def head_repository_owner(self) -> ActorView | None:
        """Whose repository it comes from."""
        if self.head_home:
            return actor_view(self.reader, self.head_home.owner)
        return actor_view(self.reader, self.reader.accounts.get(self.pull.row.head_owner_id))

    @property
    def is_cross_repository(self) -> bool:
        """Whether it comes from another repository."""
        return self.pull.row.head_repository_id != self.home.id

    # --- what it changes ---

    @cached_property
    def totals(self) -> tuple[int, int, int]:
        """Changed files, added lines, deleted lines."""
        return changes.totals_of(self.place, self.pull)

    def files(self, window: Window) -> Connection:
        """The files it changes."""
        found = changes.files_of(self.place, self.pull, patches=False)[: changes.MOST_FILES]
        return Connection.of(window, [ChangedFileView(file) for file in found])

    def commits(self, window: Window) -> Connection:
        """Its commits, oldest first."""
        found = changes.commits_of(self.place, self.pull)[-changes.MOST_COMMITS :]

        def fetch(start: int, end: int) -> list[PullCommitView]:
            views = commit_views(self.reader, self.home, found[start:end])
            return [PullCommitView(self.reader, self, commit) for commit in views]

        return Connection(window, count=lambda: len(found), fetch=fetch)

    @property
    def status_check_rollup(self) -> Any:
        """What checks say of its last commit."""
        commit = commit_view(self.reader, self.home, self.head_ref_oid)
        return commit.status_check_rollup if commit else None

    def closing_issues_references(self, window: Window, order_by: Any = None, **_wanted: Any) -> Connection:
        """The issues that it promises to close."""
        found = sorted_issues(closers.issues_closed_by(self.place, self.pull), order_by)
        self.around.expect_issues(found)
        return Connection.of(window, [self.show("Issue", self.home, each) for each in found])

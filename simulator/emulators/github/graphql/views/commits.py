"""Commits and their authors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from itertools import islice
from typing import Any

import pygit2

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.ids import read_id
from simulator.emulators.github.graphql.problems import unprocessable
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import Paged
from simulator.emulators.github.graphql.views.changed import Changed
from simulator.emulators.github.graphql.views.checks import StatusView, rollup_of, status_of, suite_connection
from simulator.emulators.github.graphql.views.git_actors import GitActorView, git_actor, named_actor
from simulator.emulators.github.graphql.views.git_objects import GitObjectView, TreeView, entry_view
from simulator.emulators.github.graphql.views.issue_lists import sorted_issues
from simulator.emulators.github.pages.texts import comment_html
from simulator.emulators.github.state import changes, users
from simulator.emulators.github.state.pull_rows import all_pulls
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.gitserver import diffs, history
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.gitserver.names import legible

_CO_AUTHOR = re.compile(
    r"^Co-authored-by:\s*(?P<name>[^<\n]*?)\s*<(?P<email>[^>\n]+)>\s*$", re.IGNORECASE | re.MULTILINE
)
_MOST_HISTORY = 10_000
"""Commits that a history counts to."""

_GITHUB = "noreply@github.com"


class CommitView(GitObjectView, Paged, Changed):
    """A commit."""

    typename = "Commit"
    pushed_date = None

    def __init__(self, reader: Reader, repository: Repository, commit: pygit2.Commit) -> None:
        super().__init__(reader, repository, str(commit.id))
        self.git_commit = commit
        self.message = legible(commit.message).removesuffix("\n")

    @property
    def message_headline(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0]

    @property
    def message_body(self) -> str:
        """The rest of the message."""
        return self.message.partition("\n")[2].strip()

    @property
    def message_headline_html(self) -> str:
        """The first line as a page shows it."""
        return escape(self.message_headline)

    @property
    def message_body_html(self) -> str:
        """The rest as a page shows it."""
        return str(comment_html(self.message_body)) if self.message_body else ""

    @property
    def authored_date(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(self.git_commit.author.time, UTC)

    @property
    def committed_date(self) -> datetime:
        """When it was committed."""
        return datetime.fromtimestamp(self.git_commit.committer.time, UTC)

    @property
    def author(self) -> GitActorView:
        """Who wrote it."""
        return git_actor(self.reader, self.git_commit.author)

    @property
    def committer(self) -> GitActorView:
        """Who committed it."""
        return git_actor(self.reader, self.git_commit.committer)

    @property
    def authored_by_committer(self) -> bool:
        """Whether these are the same."""
        author, committer = self.git_commit.author, self.git_commit.committer
        return (author.name, author.email) == (committer.name, committer.email)

    @property
    def committed_via_web(self) -> bool:
        """Whether GitHub itself committed it."""
        return bool(self.git_commit.committer.email == _GITHUB)

    def authors(self, window: Window) -> Connection:
        """Who wrote it, with the co-authors that the message names."""
        people = {self.git_commit.author.email.lower(): self.author}
        for found in _CO_AUTHOR.finditer(self.message):
            email = found["email"]
            people.setdefault(email.lower(), named_actor(self.reader, found["name"], email, self.authored_date))
        return Connection.of(window, list(people.values()))

    # --- what it changes ---

    @cached_property
    def totals(self) -> tuple[int, int, int]:
        """Changed files, added lines, deleted lines."""
        parents = self.git_commit.parent_ids
        return diffs.totals(self.git, str(parents[0]) if parents else None, self.oid)

    @property
    def changed_files_if_available(self) -> int:
        """The same."""
        return self.totals[0]

    @property
    def tree(self) -> TreeView:
        """Its files."""
        return TreeView(self.reader, self.home, self.git_commit.tree)

    def file(self, path: str) -> Any:
        """One of its files or folders."""
        return entry_view(self.reader, self.home, self.git_commit.tree, path)

    # --- where it stands ---

    def parents(self, window: Window) -> Connection:
        """The commits before it."""
        return Connection.of(window, commit_views(self.reader, self.home, self.git_commit.parents))

    def history(
        self,
        window: Window,
        path: str | None = None,
        author: Mapping[str, Any] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Connection:
        """The commits from here back, newest first."""
        walk = history.log(self.git, self.oid, path=(path or "").strip("/"), since=since, until=until)
        emails = _emails(self.reader, author)
        wanted = (each for each in walk if emails is None or each.author.email.lower() in emails)
        found = list(islice(wanted, _MOST_HISTORY))

        def fetch(start: int, end: int) -> Sequence[CommitView]:
            return commit_views(self.reader, self.home, found[start:end])

        return Connection(window, count=lambda: len(found), fetch=fetch)

    def associated_pull_requests(self, window: Window, order_by: Mapping[str, str] | None = None) -> Connection:
        """The pull requests that bring it in."""
        bringing = [each.issue for each in all_pulls(self.place) if changes.has_commit(self.place, each, self.oid)]
        rows = sorted_issues(bringing, order_by)
        self.around.expect_issues(rows)
        return Connection.of(window, [self.show("PullRequest", self.home, row) for row in rows])

    # --- what checks say ---

    @property
    def status(self) -> StatusView | None:
        """Its statuses, None when it has none."""
        return status_of(self)

    @property
    def status_check_rollup(self) -> Any:
        """Statuses and check runs together, None when it has none."""
        return rollup_of(self)

    def check_suites(self, window: Window, filter_by: Mapping[str, Any] | None = None) -> Connection:
        """Its check suites."""
        return suite_connection(self, window, filter_by=filter_by)

    # --- addresses ---

    @property
    def resource_path(self) -> str:
        """Its page."""
        return self.commit_resource_path

    @property
    def tree_resource_path(self) -> str:
        """The page of its files."""
        return f"/{self.home.full_name}/tree/{self.oid}"

    @property
    def tree_url(self) -> str:
        """The address of that page."""
        return self.reader.urls.html(self.tree_resource_path)

    @property
    def tarball_url(self) -> str:
        """Its files as a tar archive."""
        return self.reader.urls.api(f"{self.home.path}/tarball/{self.oid}")

    @property
    def zipball_url(self) -> str:
        """Its files as a zip archive."""
        return self.reader.urls.api(f"{self.home.path}/zipball/{self.oid}")


def commit_view(reader: Reader, repository: Repository, sha: str | None) -> CommitView | None:
    """A commit by its id, None when it is gone."""
    if sha is None:
        return None
    try:
        found = history.commit(changes.git(reader.around(repository).place), sha)
    except NoSuchObject:
        return None
    return commit_views(reader, repository, [found])[0]


def commit_views(reader: Reader, repository: Repository, found: Sequence[pygit2.Commit]) -> list[CommitView]:
    """Commits of one repository, whose surroundings are loaded together."""
    around = reader.around(repository)
    shas = [str(each.id) for each in found]
    around.check_runs.expect(shas)
    around.statuses.expect(shas)
    for each in found:
        reader.by_email.expect((each.author.email.lower(), each.committer.email.lower()))
    return [CommitView(reader, repository, each) for each in found]


def _emails(reader: Reader, author: Mapping[str, Any] | None) -> set[str] | None:
    if author is None:
        return None
    emails = {email.lower() for email in author.get("emails") or ()}
    if author.get("id"):
        wanted = read_id(author["id"])
        if wanted is None:
            raise unprocessable("The author's id is no id.")
        account = users.by_ids(reader.connection, reader.site, [wanted.number]).get(wanted.number)
        emails |= {account.email.lower(), f"{account.login.lower()}@users.noreply.github.com"} if account else set()
    return emails

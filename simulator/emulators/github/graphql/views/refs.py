"""Branches and tags, and what lies between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.problems import not_found
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import InRepository
from simulator.emulators.github.graphql.views.commits import commit_view, commit_views
from simulator.emulators.github.graphql.views.git_objects import object_view
from simulator.emulators.github.graphql.views.issue_lists import pull_connection
from simulator.emulators.github.graphql.views.protection import ProtectionView
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state import changes
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.names import legible

BRANCHES = "refs/heads/"


class RefView(InRepository):
    """A branch or a tag."""

    typename = "Ref"

    def __init__(self, reader: Reader, repository: Repository, full_name: str, sha: str) -> None:
        super().__init__(reader, repository)
        self.full_name = full_name
        self.sha = sha
        kind, _, name = full_name.removeprefix("refs/").partition("/")
        self.prefix = f"refs/{kind}/"
        self.name = legible(name)

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.home.id, self.full_name)

    @property
    def target(self) -> Any:
        """What it points to: a commit, for a tag also an annotated tag."""
        return object_view(self.reader, self.home, changes.git(self.place)[self.sha])

    @property
    def branch_protection_rule(self) -> ProtectionView | None:
        """What is asked of changes to it."""
        if self.prefix != BRANCHES or not self.may_see_rules:
            return None
        protection = self.around.protections.get(self.name)
        return ProtectionView(self.reader, self.home, protection) if protection else None

    @property
    def may_see_rules(self) -> bool:
        """Whether the caller is told of protections: everybody who may push is."""
        return self.may("push") or self.home.archived

    def associated_pull_requests(self, window: Window, head_ref_name: object = None, **wanted: Any) -> Connection:  # noqa: ARG002 - it is this one
        """The pull requests that come from it."""
        return pull_connection(self.reader, self.home, window, head_ref_name=self.name, **wanted)

    def compare(self, head_ref: str) -> ComparisonView:
        """What another ref has that this one lacks. Raises Problem when there is no such ref."""
        head = resolve(changes.git(self.place), self.home, head_ref)
        if head is None:
            raise not_found(f"Could not resolve to a Ref with the name '{head_ref[:200]}'.")
        base = str(history.commit(changes.git(self.place), self.sha).id)
        return ComparisonView(self.reader, self.home, base, head)


class ComparisonView(InRepository):
    """What lies between two commits."""

    typename = "Comparison"

    def __init__(self, reader: Reader, repository: Repository, base: str, head: str) -> None:
        super().__init__(reader, repository)
        self._base = base
        self._head = head
        self.ahead_by, self.behind_by = history.ahead_behind(changes.git(self.place), base, head)

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.home.id, f"{self._base}...{self._head}")

    @property
    def base_target(self) -> Any:
        """Where it begins."""
        return commit_view(self.reader, self.home, self._base)

    @property
    def head_target(self) -> Any:
        """Where it ends."""
        return commit_view(self.reader, self.home, self._head)

    @property
    def status(self) -> str:
        """AHEAD, BEHIND, DIVERGED or IDENTICAL."""
        if self.ahead_by and self.behind_by:
            return "DIVERGED"
        if self.ahead_by:
            return "AHEAD"
        return "BEHIND" if self.behind_by else "IDENTICAL"

    def commits(self, window: Window) -> Connection:
        """The commits that the end has and the beginning lacks, oldest first."""
        found = history.commits_between(changes.git(self.place), self._base, self._head)
        return ComparedCommits.of(window, commit_views(self.reader, self.home, found))


class ComparedCommits(Connection):
    """Commits of a comparison, and how many people wrote them."""

    @property
    def author_count(self) -> int:
        """How many people wrote them."""
        return len({each.git_commit.author.email.lower() for each in self._fetch(0, self.total_count)})


def branch_view(reader: Reader, repository: Repository, branch: str) -> RefView | None:
    """A branch by its name, None when there is none."""
    return ref_view(reader, repository, BRANCHES + branch)


def ref_view(reader: Reader, repository: Repository, full_name: str) -> RefView | None:
    """A branch or tag by its full name, None when there is none."""
    sha = refs.read_ref(changes.git(reader.around(repository).place), full_name)
    return RefView(reader, repository, full_name, sha) if sha else None


def ref_named(reader: Reader, repository: Repository, name: str) -> RefView | None:
    """A branch or tag by a name that may leave out `refs/`, `refs/heads/` or `refs/tags/`."""
    for full_name in (name, f"refs/{name}", f"{BRANCHES}{name}", f"refs/tags/{name}"):
        if full_name.startswith("refs/") and full_name.count("/") >= 2:
            found = ref_view(reader, repository, full_name)
            if found is not None:
                return found
    return None


def ref_connection(
    reader: Reader,
    repository: Repository,
    window: Window,
    *,
    ref_prefix: str,
    query: str | None = None,
    direction: str | None = None,
    order_by: Mapping[str, str] | None = None,
) -> Connection:
    """The branches or tags below a prefix, by name unless told otherwise."""
    git = changes.git(reader.around(repository).place)
    prefix = f"{ref_prefix.rstrip('/')}/"
    needle = (query or "").lower()
    found = [(name, sha) for name, sha in refs.list_refs(git, prefix).items() if needle in name[len(prefix) :].lower()]
    if order_by and order_by["field"] == "TAG_COMMIT_DATE":
        found.sort(key=lambda each: history.commit(git, each[1]).commit_time)
    if (order_by["direction"] if order_by else direction) == "DESC":
        found.reverse()
    return Connection.of(window, [RefView(reader, repository, name, sha) for name, sha in found])

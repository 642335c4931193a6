"""Search for commits of default branches by the words of their messages, and by who made them and when.

Source: https://docs.github.com/en/search-github/searching-on-github/searching-commits
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

import pygit2
from pygit2.enums import SortMode
from sqlalchemy import Connection

from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.search.conditions import SCOPES
from simulator.emulators.github.state.search.ground import Ground
from simulator.emulators.github.state.search.matching import holds, in_text
from simulator.emulators.github.state.search.places import MOST_PLACES, is_at, places, visibility
from simulator.emulators.github.state.search.query import All, Qualifier, Text, leaves, parse, without
from simulator.emulators.github.state.search.ranges import instants
from simulator.emulators.gitserver import refs
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance

MOST_COMMITS = 20_000
"""Commits that one search looks at; beyond, its results are incomplete."""

_NOREPLY = re.compile(r"(?:\d+\+)?(?P<login>[a-z0-9-]+)@users\.noreply\.github\.com\Z")


@dataclass(frozen=True, slots=True)
class CommitHit:
    """A commit and the repository it was found in."""

    repository: Repository
    commit: pygit2.Commit


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCommits:
    """All that was found, in order; `incomplete` when there was more to look at."""

    hits: list[CommitHit]
    incomplete: bool


def search_commits(
    connection: Connection,
    instance: Instance,
    site: str,
    viewer: Account | None,
    text: str,
    *,
    sort: str | None = None,
    order: str = "desc",
) -> FoundCommits:
    """Commits that a query finds in repositories that `viewer` may see (None: anybody), newest first unless told otherwise.

    `sort` is `author-date`, anything else the committer's date. Raises SearchRefused.
    """
    query, _ = without(parse(text), "sort")
    ground = Ground(connection=connection, site=site, viewer=viewer)
    seen = places(ground, query)
    asked = _Asked(ground, query)
    all_of_it = (CommitHit(home, each) for home in seen[:MOST_PLACES] for each in _commits(instance, home, asked))
    looked_at = list(islice(all_of_it, MOST_COMMITS + 1))
    hits = [hit for hit in looked_at[:MOST_COMMITS] if asked.about(hit)]
    hits.sort(key=_author_date if sort == "author-date" else _committer_date, reverse=order != "asc")
    return FoundCommits(hits=hits, incomplete=len(looked_at) > MOST_COMMITS or len(seen) > MOST_PLACES)


def _commits(instance: Instance, repository: Repository, asked: _Asked) -> Iterator[pygit2.Commit]:
    if repository.is_fork or not asked.may_be_in(repository):  # as on GitHub, forks are not looked into
        return
    git = git_of(instance, repository)
    tip = refs.read_ref(git, f"refs/heads/{repository.default_branch}")
    if tip is not None:
        yield from git.walk(tip, SortMode.TIME)


class _Asked:
    """Answers a query's words and qualifiers for one commit after the other."""

    def __init__(self, ground: Ground, query: All) -> None:
        self._query = query
        self._me = ground.viewer.login if ground.viewer else ""
        named = [leaf for leaf in leaves(query) if isinstance(leaf, Qualifier) and leaf.name in ("author", "committer")]
        people = {value: ground.account(value) for leaf in named for value in leaf.values}
        self._people = {value: {person.email.lower(), person.login.lower()} - {""} for value, person in people.items()}

    def may_be_in(self, repository: Repository) -> bool:
        """Whether the outermost places of the query allow a repository, so that others need not be opened."""
        named = [part for part in self._query.parts if isinstance(part, Qualifier) and part.name in SCOPES]
        return not named or any(is_at(repository, part, me=self._me) for part in named)

    def about(self, hit: CommitHit) -> bool:
        """Whether the query finds a commit."""
        return holds(self._query, lambda leaf: self._answer(hit, leaf))

    def _answer(self, hit: CommitHit, leaf: Text | Qualifier) -> bool:
        if isinstance(leaf, Text):
            return in_text(leaf.words, hit.commit.message)
        if leaf.name in SCOPES:
            return is_at(hit.repository, leaf, me=self._me)
        if leaf.name == "is":
            return visibility(hit.repository, leaf.values)
        if leaf.name in ("author", "committer"):
            address = _address(getattr(hit.commit, leaf.name).email)
            return any(address in self._people[value] for value in leaf.values)
        term = _TERMS.get(leaf.name)
        if term is None:
            return in_text(leaf.raw, hit.commit.message)
        return any(term(hit.commit, value) for value in leaf.values)


def _address(email: str) -> str:
    # an e-mail address, or the login that a noreply address stands for
    noreply = _NOREPLY.match(email.lower())
    return noreply["login"] if noreply else email.lower()


def _author_date(hit: CommitHit) -> int:
    return int(hit.commit.author.time)


def _committer_date(hit: CommitHit) -> int:
    return int(hit.commit.commit_time)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


Term = Callable[[pygit2.Commit, str], bool]
_TERMS: Mapping[str, Term] = {
    "author-date": lambda commit, value: instants(value).holds(_moment(commit.author.time)),
    "author-email": lambda commit, value: bool(commit.author.email.lower() == value.lower()),
    "author-name": lambda commit, value: in_text(value, commit.author.name),
    "committer-date": lambda commit, value: instants(value).holds(_moment(commit.commit_time)),
    "committer-email": lambda commit, value: bool(commit.committer.email.lower() == value.lower()),
    "committer-name": lambda commit, value: in_text(value, commit.committer.name),
    "hash": lambda commit, value: str(commit.id) == value.lower(),
    "merge": lambda commit, value: (len(commit.parent_ids) > 1) == (value.lower() == "true"),
    "parent": lambda commit, value: value.lower() in {str(parent) for parent in commit.parent_ids},
    "tree": lambda commit, value: str(commit.tree_id) == value.lower(),
}

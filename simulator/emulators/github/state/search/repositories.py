"""Search for repositories by name, description, topics and README, and by what is known of them.

Source: https://docs.github.com/en/search-github/searching-on-github/searching-for-repositories
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pygit2
from sqlalchemy import Connection

from simulator.emulators.github.state.contents import readme_of
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.repository_facts import Facts, facts_of
from simulator.emulators.github.state.search.ground import Ground
from simulator.emulators.github.state.search.matching import holds, in_text
from simulator.emulators.github.state.search.places import MOST_PLACES, is_at, places, visibility
from simulator.emulators.github.state.search.query import All, Qualifier, Text, leaves, parse, without
from simulator.emulators.github.state.search.ranges import instants, numbers
from simulator.emulators.gitserver import history, refs, store
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance

SORTS = ("stars", "forks", "help-wanted-issues", "updated")
_FIELDS = ("name", "description", "topics", "readme")
_LONGEST_README = 100_000  # characters that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRepositories:
    """A page of what was found, in order, with what bodies show beside; `total` counts all of it."""

    total: int
    repositories: list[Repository]
    facts: Mapping[int, Facts]
    incomplete: bool = False


def search_repositories(
    connection: Connection,
    instance: Instance,
    site: str,
    viewer: Account | None,
    text: str,
    *,
    sort: str | None = None,
    order: str = "desc",
    page: slice = slice(0, 30),
) -> FoundRepositories:
    """Repositories that a query finds among those that `viewer` may see (None: anybody). Raises SearchRefused.

    `sort` is one of SORTS, None for the best match. Forks are left out unless the query has `fork:`.
    """
    query, orders = without(parse(text), "sort")
    if orders and orders[-1].values:
        sort, _, order = orders[-1].values[0].partition("-")
    seen = places(Ground(connection=connection, site=site, viewer=viewer), query)
    facts = facts_of(connection, instance, seen[:MOST_PLACES])
    asked = _Asked(instance, query, facts, viewer)
    found = [each for each in seen[:MOST_PLACES] if asked.about(each, query)]
    found.sort(key=lambda each: _rank(each, facts[each.id], sort), reverse=order != "asc")
    return FoundRepositories(
        total=len(found), repositories=found[page], facts=facts, incomplete=len(seen) > MOST_PLACES
    )


def _rank(repository: Repository, facts: Facts, sort: str | None) -> tuple[float, datetime]:
    number = {"stars": facts.stars, "forks": facts.forks, None: facts.stars}.get(sort, 0)
    return float(number), repository.updated_at


class _Asked:
    """Answers a query's words and qualifiers for one repository after the other."""

    def __init__(self, instance: Instance, query: All, facts: Mapping[int, Facts], viewer: Account | None) -> None:
        named = [leaf for leaf in leaves(query) if isinstance(leaf, Qualifier)]
        fields = [value for leaf in named if leaf.name == "in" for value in leaf.values]
        self._fields = [field for field in _FIELDS if field in fields] or _FIELDS[:3]
        self._forks_too = any(leaf.name == "fork" for leaf in named)
        self._instance = instance
        self._facts = facts
        self._me = viewer.login if viewer else ""

    def about(self, repository: Repository, query: All) -> bool:
        """Whether the query finds a repository."""
        if repository.is_fork and not self._forks_too:
            return False
        return holds(query, lambda leaf: self._answer(repository, leaf))

    def _answer(self, repository: Repository, leaf: Text | Qualifier) -> bool:
        if isinstance(leaf, Text):
            return self._has_words(repository, leaf.words)
        if leaf.name in ("repo", "user", "org"):
            return is_at(repository, leaf, me=self._me)
        if leaf.name == "in":
            return True
        term = _TERMS.get(leaf.name)
        if term is None:
            return self._has_words(repository, leaf.raw)
        return any(term(repository, self._facts[repository.id], value) for value in leaf.values)

    def _has_words(self, repository: Repository, words: str) -> bool:
        return any(in_text(words, self._text(repository, field)) for field in self._fields)

    def _text(self, repository: Repository, field: str) -> str:
        match field:
            case "name":
                return f"{repository.name} {repository.full_name}"
            case "description":
                return repository.description or ""
            case "topics":
                return " ".join(repository.topics or ())
        path = self._instance.repository_path(repository.site, repository.id)
        return _readme(path, repository.default_branch, repository.pushed_at)


@lru_cache(maxsize=256)
def _readme(path: Path, branch: str, _pushed_at: datetime | None) -> str:
    # the last push is part of the key: what was read once holds until the next one
    try:
        git = store.opened(path)
    except NoSuchObject:
        return ""
    tip = refs.read_ref(git, f"refs/heads/{branch}")
    tree = history.commit(git, tip).tree if tip else None
    name = readme_of(tree) if tree is not None else None
    blob = tree[name] if tree is not None and name else None
    return blob.data[:_LONGEST_README].decode(errors="replace") if isinstance(blob, pygit2.Blob) else ""


Term = Callable[[Repository, Facts, str], bool]
_TERMS: Mapping[str, Term] = {
    "archived": lambda repository, _, value: repository.archived == (value.lower() == "true"),
    "created": lambda repository, _, value: instants(value).holds(repository.created_at),
    "fork": lambda repository, _, value: value.lower() == "true" or repository.is_fork == (value.lower() == "only"),
    "forks": lambda _, facts, value: numbers(value).holds(facts.forks),
    "is": lambda repository, _, value: visibility(repository, (value,)),
    "language": lambda _, facts, value: (facts.code.language or "").lower() == value.lower(),
    "license": lambda _, facts, value: bool(facts.code.license and facts.code.license.key == value.lower()),
    "mirror": lambda _repository, _facts, value: value.lower() == "false",
    "pushed": lambda repository, _, value: instants(value).holds(repository.pushed_at),
    "size": lambda _, facts, value: numbers(value).holds(facts.code.size_kb),
    "stars": lambda _, facts, value: numbers(value).holds(facts.stars),
    "template": lambda repository, _, value: bool(repository.settings.get("is_template")) == (value.lower() == "true"),
    "topic": lambda repository, _, value: value.lower() in (repository.topics or ()),
    "topics": lambda repository, _, value: numbers(value).holds(len(repository.topics or ())),
    "visibility": lambda repository, _, value: visibility(repository, (value,)),
}

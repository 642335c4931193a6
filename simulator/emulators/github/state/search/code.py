"""Search for code: words in the files of default branches and in their names, read from git.

GitHub looks at files under 384 KB on default branches; so does this, within a budget of files and bytes.
Source: https://docs.github.com/en/search-github/github-code-search/understanding-github-code-search-syntax and
https://docs.github.com/en/rest/search/search#search-code
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pygit2
from pygit2.enums import FileMode
from sqlalchemy import Connection

from simulator.emulators.github.state.languages import language_of
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.search.conditions import SCOPES
from simulator.emulators.github.state.search.errors import SearchRefused
from simulator.emulators.github.state.search.ground import Ground
from simulator.emulators.github.state.search.matching import holds, in_text
from simulator.emulators.github.state.search.places import MOST_PLACES, is_at, places, visibility
from simulator.emulators.github.state.search.query import All, Qualifier, Text, leaves, parse, without
from simulator.emulators.github.state.search.ranges import numbers
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.names import legible
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance

LARGEST = 384 * 1024
"""Bytes of a file that is looked at: docs.github.com/en/rest/search/search#considerations-for-code-search"""

MOST_FILES = 20_000
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CodeHit:
    """A file and the repository it was found in; `text` is its content."""

    repository: Repository
    path: str
    sha: str
    commit_sha: str
    size: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCode:
    """All that was found, by repository and path; `words` are what it was looked for by, `incomplete` when there was more."""

    hits: list[CodeHit]
    words: list[str]
    incomplete: bool


def search_code(connection: Connection, instance: Instance, site: str, viewer: Account | None, text: str) -> FoundCode:
    """Files that a query finds on the default branches of repositories that `viewer` may see (None: anybody).

    A query must have a word to look for: qualifiers alone are refused, as on GitHub. Raises SearchRefused.
    """
    query, _ = without(parse(text), "sort")
    words = [leaf.words for leaf in leaves(query) if isinstance(leaf, Text)]
    named = {leaf.name for leaf in leaves(query) if isinstance(leaf, Qualifier)}
    if not words and not named & {"filename", "path"}:
        raise SearchRefused("The search must include at least one search term.")
    seen = places(Ground(connection=connection, site=site, viewer=viewer), query)
    asked, budget = _Asked(query, viewer.login if viewer else ""), _Budget()
    hits = [hit for home in seen[:MOST_PLACES] for hit in _files(instance, home, asked, budget) if asked.about(hit)]
    return FoundCode(hits=hits, words=words, incomplete=budget.is_used_up or len(seen) > MOST_PLACES)


class _Budget:
    """How many files and bytes a search may still look at."""

    def __init__(self) -> None:
        self._files, self._bytes = MOST_FILES, MOST_BYTES
        self.is_used_up = False

    def allows(self, size: int) -> bool:
        """Whether one more file may be looked at; it is taken off then."""
        self._files -= 1
        self._bytes -= size
        self.is_used_up = self.is_used_up or self._files < 0 or self._bytes < 0
        return not self.is_used_up


def _files(instance: Instance, repository: Repository, asked: _Asked, budget: _Budget) -> Iterator[CodeHit]:
    if not asked.may_be_in(repository):
        return
    git = git_of(instance, repository)
    tip = refs.read_ref(git, f"refs/heads/{repository.default_branch}")
    if tip is None:
        return
    for path, blob in _blobs(history.commit(git, tip).tree, ""):
        if not asked.may_be_at(path, blob.size):
            continue
        if not budget.allows(blob.size):
            return
        content = blob.data
        if b"\0" not in content[:8000]:  # what git takes for binary
            text = content.decode(errors="replace")
            yield CodeHit(repository, path, str(blob.id), tip, blob.size, text)


def _blobs(tree: pygit2.Tree, folder: str) -> Iterator[tuple[str, pygit2.Blob]]:
    for entry in tree:
        path = f"{folder}{legible(entry.name or '')}"
        if isinstance(entry, pygit2.Tree):
            yield from _blobs(entry, f"{path}/")
        elif isinstance(entry, pygit2.Blob) and entry.filemode != FileMode.LINK:
            yield path, entry


class _Asked:
    """Answers a query's words and qualifiers for one file after the other."""

    def __init__(self, query: All, me: str) -> None:
        self._query = query
        self._me = me
        named = [leaf for leaf in leaves(query) if isinstance(leaf, Qualifier)]
        self._fields = [value for leaf in named if leaf.name == "in" for value in leaf.values] or ["file", "path"]
        self._forks = {value.lower() for leaf in named if leaf.name == "fork" for value in leaf.values}

    def may_be_in(self, repository: Repository) -> bool:
        """Whether a repository need be opened: forks only when they are asked for, others not in `fork:only`."""
        if "only" in self._forks if not repository.is_fork else not self._forks:
            return False
        named = [part for part in self._query.parts if isinstance(part, Qualifier) and part.name in SCOPES]
        return not named or any(is_at(repository, part, me=self._me) for part in named)

    def may_be_at(self, path: str, size: int) -> bool:
        """Whether a file need be read, by what the outermost qualifiers say of its path and size."""
        if size > LARGEST:
            return False
        known = [part for part in self._query.parts if isinstance(part, Qualifier) and part.name in _OF_FILES]
        return all(_fits(part, path, size) for part in known)

    def about(self, hit: CodeHit) -> bool:
        """Whether the query finds a file."""
        return holds(self._query, lambda leaf: self._answer(hit, leaf))

    def _answer(self, hit: CodeHit, leaf: Text | Qualifier) -> bool:
        if isinstance(leaf, Text):
            return self._has_words(hit, leaf.words)
        if leaf.name in SCOPES:
            return is_at(hit.repository, leaf, me=self._me)
        if leaf.name == "is":
            return visibility(hit.repository, leaf.values)
        if leaf.name in ("in", "fork"):
            return True
        return _fits(leaf, hit.path, hit.size) if leaf.name in _OF_FILES else self._has_words(hit, leaf.raw)

    def _has_words(self, hit: CodeHit, words: str) -> bool:
        in_file = "file" in self._fields and in_text(words, hit.text)
        return in_file or ("path" in self._fields and in_text(words, hit.path))


_OF_FILES = ("extension", "filename", "language", "path", "size")


def _fits(leaf: Qualifier, path: str, size: int) -> bool:
    folder, _, name = path.rpartition("/")
    for value in leaf.values:
        match leaf.name:
            case "extension":
                found = name.lower().endswith(f".{value.lower().removeprefix('.')}")
            case "filename":
                found = name.lower() == value.lower() or in_text(value, name)
            case "language":
                found = (language_of(path) or "").lower() == value.lower()
            case "path":
                inside = value.strip("/").lower()
                found = folder == "" if value == "/" else f"{path.lower()}/".startswith(f"{inside}/")
            case _:
                found = numbers(value).holds(size)
        if found:
            return True
    return False

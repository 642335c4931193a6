"""Questions about commits: which are in which, who came first, what a path has seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pygit2
from pygit2.enums import SortMode

from simulator.emulators.gitserver.errors import NoSuchObject


def commit(repository: pygit2.Repository, sha: str) -> pygit2.Commit:
    """The commit of this full or shortened id; an annotated tag leads to its commit. Raises NoSuchObject."""
    try:
        found = repository[sha].peel(pygit2.Commit)
    except (KeyError, ValueError, pygit2.GitError) as exc:
        raise NoSuchObject(f"no commit {sha}") from exc
    return found


def merge_base(repository: pygit2.Repository, one: str, other: str) -> str | None:
    """The best common ancestor of two commits, None when their histories have nothing in common."""
    base = repository.merge_base(one, other)
    return str(base) if base else None


def is_ancestor(repository: pygit2.Repository, ancestor: str, descendant: str) -> bool:
    """Whether `descendant` contains `ancestor`; a commit contains itself."""
    return ancestor == descendant or bool(repository.descendant_of(descendant, ancestor))


def ahead_behind(repository: pygit2.Repository, base: str, head: str) -> tuple[int, int]:
    """How many commits `head` has that `base` lacks, and the other way round."""
    ahead, behind = repository.ahead_behind(head, base)
    return ahead, behind


def commits_between(repository: pygit2.Repository, base: str | None, head: str) -> list[pygit2.Commit]:
    """The commits of `head` that `base` lacks (None: all of them), parents before children."""
    walker = repository.walk(head, SortMode.TOPOLOGICAL | SortMode.TIME | SortMode.REVERSE)
    if base is not None:
        walker.hide(base)
    return list(walker)


def log(
    repository: pygit2.Repository,
    start: str,
    *,
    path: str = "",
    author: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[pygit2.Commit]:
    """Commits from `start` back, newest first, as `git log` filters them.

    `path` keeps commits that changed that file or folder, `author` those whose author's name or address is exactly this
    (any case), `since` and `until` bound the committer's date, both inclusive.
    """
    for found in repository.walk(start, SortMode.TOPOLOGICAL | SortMode.TIME):
        if since and found.commit_time < since.timestamp():
            continue
        if until and found.commit_time > until.timestamp():
            continue
        if author and author.lower() not in (found.author.email.lower(), found.author.name.lower()):
            continue
        if path and not _touches(found, path):
            continue
        yield found


def _touches(found: pygit2.Commit, path: str) -> bool:
    here = _entry(found.tree, path)
    if not found.parents:
        return here is not None
    return all(_entry(parent.tree, path) != here for parent in found.parents)


def _entry(tree: pygit2.Tree, path: str) -> pygit2.Oid | None:
    try:
        return tree[path].id
    except (KeyError, ValueError):
        return None

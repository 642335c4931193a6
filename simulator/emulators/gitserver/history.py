"""Questions about commits: which are in which, who came first, what a path has seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import pygit2
from pygit2.enums import DeltaStatus, FileMode, SortMode

from simulator.emulators.gitserver.errors import NoSuchObject

_LONGEST_CHAIN = 64
_MOST_BASES = 20_000
_MOST_RANGES = 2_000
_bases: dict[
    tuple[str, str], str | None
] = {}  # commits name their whole history, so what was found once holds anywhere
_between: dict[tuple[str, str], Sequence[str]] = {}


def commit(repository: pygit2.Repository, sha: str) -> pygit2.Commit:
    """The commit of this full or shortened id; an annotated tag leads to its commit. Raises NoSuchObject."""
    try:
        found = repository[sha].peel(pygit2.Commit)
    except (KeyError, ValueError, pygit2.GitError) as exc:
        raise NoSuchObject(f"no commit {sha}") from exc
    return found


def merge_base(repository: pygit2.Repository, one: str, other: str) -> str | None:
    """The best common ancestor of two commits, None when their histories have nothing in common."""
    key = (one, other)
    if key not in _bases:
        if len(_bases) >= _MOST_BASES:
            _bases.clear()
        base = repository.merge_base(one, other)
        _bases[key] = str(base) if base else None
    return _bases[key]


def is_only_merge_base(repository: pygit2.Repository, base: str, one: str, other: str) -> bool:
    """Whether no other common ancestor of two commits is as good as this one; criss-cross merges leave several."""
    if _chain(repository, base, other) is not None:
        return True  # what `other` has beyond the base leads to nothing but the base
    without_one, _ = repository.ahead_behind(other, one)
    without_base, _ = repository.ahead_behind(other, base)
    return bool(without_one == without_base)


def is_ancestor(repository: pygit2.Repository, ancestor: str, descendant: str) -> bool:
    """Whether `descendant` contains `ancestor`; a commit contains itself."""
    return ancestor == descendant or merge_base(repository, descendant, ancestor) == ancestor


def ahead_behind(repository: pygit2.Repository, base: str, head: str) -> tuple[int, int]:
    """How many commits `head` has that `base` lacks, and the other way round."""
    ahead, behind = repository.ahead_behind(head, base)
    return ahead, behind


def commits_between(repository: pygit2.Repository, base: str | None, head: str) -> list[pygit2.Commit]:
    """The commits of `head` that `base` lacks (None: all of them), parents before children."""
    plain = None if base is None else _added(repository, base, head)
    if plain is not None:
        return plain
    walker = repository.walk(head, SortMode.TOPOLOGICAL | SortMode.TIME | SortMode.REVERSE)
    if base is not None:
        walker.hide(base)
    return list(walker)


def shas_between(repository: pygit2.Repository, base: str, head: str) -> Sequence[str]:
    """The ids of the same commits, found once."""
    key = (base, head)
    if key not in _between:
        if len(_between) >= _MOST_RANGES:
            _between.clear()
        _between[key] = tuple(str(each.id) for each in commits_between(repository, base, head))
    return _between[key]


def commits_beyond(repository: pygit2.Repository, known: Iterable[str], *heads: str) -> list[pygit2.Commit]:
    """The commits of heads, or of annotated tags, that none of the known ones has, parents before children."""
    hidden = set(known)
    tops = [top for top in {str(commit(repository, head).id) for head in heads} if top not in hidden]
    if len(hidden) == 1 and len(tops) == 1:
        return commits_between(repository, *hidden, *tops)
    walker = repository.walk(None, SortMode.TOPOLOGICAL | SortMode.TIME | SortMode.REVERSE)
    for each in tops:
        walker.push(each)
    for each in hidden if tops else ():
        walker.hide(each)
    return list(walker)


def _added(repository: pygit2.Repository, base: str, head: str) -> list[pygit2.Commit] | None:
    """The commits of `head` that `base` lacks if they are plain to see, None when a walk has to find out.

    A walk goes through all that `base` has had since `head` left it; a chain of commits, and what a merge of one into `base`
    brings, need only be followed back to where they began.
    """
    top = commit(repository, head)
    parents = [str(parent) for parent in top.parent_ids]
    if len(parents) == 2 and parents[0] == base:
        brought = _chain(repository, merge_base(repository, base, parents[1]), parents[1])
        return None if brought is None else [*brought, top]
    return _chain(repository, merge_base(repository, base, str(top.id)), str(top.id))


def _chain(repository: pygit2.Repository, start: str | None, end: str) -> list[pygit2.Commit] | None:
    """The commits after `start` up to `end`, if they are few and each has one parent."""
    found: list[pygit2.Commit] = []
    while start is not None and end != start and len(found) < _LONGEST_CHAIN:
        link = commit(repository, end)
        if len(link.parent_ids) != 1:
            return None
        found.append(link)
        end = str(link.parent_ids[0])
    return found[::-1] if end == start else None


def files_brought(repository: pygit2.Repository, commits: Iterable[pygit2.Commit]) -> dict[str, int]:
    """Paths of the files that commits add or change, with the largest size in bytes that each has among them."""
    found: dict[str, int] = {}
    for each in commits:
        diff = each.parents[0].tree.diff_to_tree(each.tree) if each.parents else each.tree.diff_to_tree(swap=True)
        for delta in diff.deltas:
            file = delta.new_file
            if delta.status != DeltaStatus.DELETED and file.mode != FileMode.COMMIT:
                _, size = repository.odb.read_header(file.id)
                found[file.path] = max(size, found.get(file.path, 0))
    return found


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

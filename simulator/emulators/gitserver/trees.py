"""Merging trees: the plain cases by comparing files, all others by git's own `merge-tree`.

Git below 2.38 has no `merge-tree --write-tree`; there libgit2 merges, which can differ from git in files that both sides
changed next to each other.
"""

from __future__ import annotations

import functools
import re
import subprocess
from dataclasses import dataclass

import pygit2
from pygit2.enums import DeltaStatus

from simulator.emulators.gitserver.errors import GitError
from simulator.emulators.gitserver.names import legible
from simulator.emulators.gitserver.programs import clean_environment, git_program
from simulator.emulators.gitserver.writing import Entry, put_entries

_FIRST_WITH_MERGE_TREE = (2, 38)
_LONGEST_S = 60
_NOBODY = pygit2.Signature("GitHub", "noreply@github.com", 0, 0)
_IN_ANY_FOLDER = {"safe.directory": "*"}


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a merge: a tree, or the paths in conflict and no tree."""

    tree: str | None
    conflicts: tuple[str, ...] = ()


def by_files(repository: pygit2.Repository, base: str, ours: str, theirs: str) -> str | None:
    """The merged tree when no file changed on both sides and neither side can have renamed one; None when git has to decide."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    mine, others = _touched(repository, base, ours), _touched(repository, base, theirs)
    if mine is None or others is None or _meet(set(mine), set(others)):
        return None
    onto, changes = (ours, others) if len(others) <= len(mine) else (theirs, mine)
    return put_entries(repository, onto, changes)


def by_git(repository: pygit2.Repository, ours: str, theirs: str) -> Merged:
    """What `git merge` makes of two commits."""
    if _git_version() < _FIRST_WITH_MERGE_TREE:
        return _of_index(repository, repository.merge_commits(ours, theirs))
    options = ("--write-tree", "--name-only", "--no-messages", "--allow-unrelated-histories", "-z")
    done = subprocess.run(  # noqa: S603 - a fixed program, a folder of our own, two object ids
        [git_program(), f"--git-dir={repository.path}", "merge-tree", *options, ours, theirs],
        env=clean_environment(_IN_ANY_FOLDER),
        capture_output=True,
        timeout=_LONGEST_S,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise GitError(done.stderr.decode("utf-8", "replace").strip() or "git merge-tree failed")
    tree, *paths = [part.decode("utf-8", "surrogateescape") for part in done.stdout.split(b"\0") if part]
    return Merged(None, tuple(sorted({legible(path) for path in paths}))) if done.returncode else Merged(tree)


def by_git_over(repository: pygit2.Repository, base: str, ours: str, theirs: str) -> Merged:
    """What git makes of two trees over a third, as when it replays a commit."""
    if _git_version() < _FIRST_WITH_MERGE_TREE:
        return _of_index(repository, repository.merge_trees(base, ours, theirs))
    root = _commit(repository, base)  # `merge-tree` takes commits; these have the trees and nothing else
    return by_git(repository, _commit(repository, ours, root), _commit(repository, theirs, root))


def _touched(repository: pygit2.Repository, old: str, new: str) -> dict[str, Entry | None] | None:
    """Files that differ, by path, None for one that went; None when some went and some came, which may have been renames."""
    deltas = list(repository[old].peel(pygit2.Tree).diff_to_tree(repository[new].peel(pygit2.Tree)).deltas)
    statuses = {delta.status for delta in deltas}
    if {DeltaStatus.ADDED, DeltaStatus.DELETED} <= statuses:
        return None
    return {
        delta.new_file.path: None
        if delta.status == DeltaStatus.DELETED
        else Entry(delta.new_file.id, delta.new_file.mode)
        for delta in deltas
    }


def _meet(mine: set[str], others: set[str]) -> bool:
    return bool(mine & (others | _folders(others)) or others & _folders(mine))


def _folders(paths: set[str]) -> set[str]:
    found = set()
    for path in paths:
        parts = path.split("/")
        found |= {"/".join(parts[:end]) for end in range(1, len(parts))}
    return found


def _of_index(repository: pygit2.Repository, index: pygit2.Index) -> Merged:
    if index.conflicts is None:
        return Merged(str(index.write_tree(repository)))
    paths = {entry.path for conflict in index.conflicts for entry in conflict if entry is not None}
    return Merged(None, tuple(sorted(paths)))


def _commit(repository: pygit2.Repository, tree: str, *parents: str) -> str:
    return str(repository.create_commit(None, _NOBODY, _NOBODY, "", tree, list(parents)))


@functools.lru_cache(maxsize=1)
def _git_version() -> tuple[int, int]:
    said = subprocess.run(  # noqa: S603 - a fixed program
        [git_program(), "version"], env=clean_environment({}), capture_output=True, text=True, timeout=60, check=True
    ).stdout
    found = re.search(r"(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)

"""Commits of one repository brought into another, with all that they need and nothing that is there already."""

from __future__ import annotations

from collections.abc import Iterator

import pygit2
from pygit2.enums import FileMode

from simulator.emulators.gitserver import history


def borrow(source: pygit2.Repository, target: pygit2.Repository, sha: str) -> None:
    """Copy a commit with its whole history into `target`. Raises NoSuchObject when `source` has no such commit.

    What an object refers to is written before the object itself, so that an object that is there is there with all of it,
    also after a copy that was cut short.
    """
    for commit in _missing_commits(source, target, history.commit(source, sha)):
        borrow_tree(source, target, commit.tree)
        _copy(source, target, commit.id)


def borrow_tree(source: pygit2.Repository, target: pygit2.Repository, tree: pygit2.Tree) -> None:
    """Copy a tree with all files below it into `target`."""
    if tree.id in target:
        return
    for entry in tree:
        if entry.filemode == FileMode.TREE:
            borrow_tree(source, target, source[entry.id].peel(pygit2.Tree))
        elif entry.filemode != FileMode.COMMIT and entry.id not in target:  # a submodule's commit lives elsewhere
            _copy(source, target, entry.id)
    _copy(source, target, tree.id)


def _missing_commits(
    source: pygit2.Repository, target: pygit2.Repository, last: pygit2.Commit
) -> Iterator[pygit2.Commit]:
    """The commits that `target` lacks, parents before children."""
    if last.id in target:
        return
    waiting, begun = [last], set[pygit2.Oid]()
    while waiting:
        commit = waiting[-1]
        parents = [] if commit.id in begun else [each for each in commit.parent_ids if each not in target]
        begun.add(commit.id)
        if parents:
            waiting += [source[parent].peel(pygit2.Commit) for parent in parents if parent not in begun]
            continue
        waiting.pop()
        if commit.id not in target:
            yield commit


def _copy(source: pygit2.Repository, target: pygit2.Repository, oid: pygit2.Oid) -> None:
    kind, content = source.read(oid)
    target.write(kind, content)

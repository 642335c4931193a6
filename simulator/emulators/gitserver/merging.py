"""Merges as git does them: three-way with rename detection, squashed, rebased. Nothing here moves a ref."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygit2

from simulator.emulators.gitserver import history
from simulator.emulators.gitserver.errors import MergeConflict
from simulator.emulators.gitserver.writing import commit_tree


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a merge: a tree, or the paths in conflict and no tree."""

    tree: str | None
    conflicts: tuple[str, ...] = ()


def merge(repository: pygit2.Repository, ours: str, theirs: str) -> Merged:
    """Merge two commits over their common ancestor, or over an empty tree when they have none."""
    return _outcome(repository, repository.merge_commits(ours, theirs))


def merge_commit(
    repository: pygit2.Repository,
    ours: str,
    theirs: str,
    *,
    message: str,
    author: pygit2.Signature,
    committer: pygit2.Signature,
) -> str:
    """A commit with both parents that holds the merged tree. Raises MergeConflict."""
    tree = _tree(merge(repository, ours, theirs))
    return commit_tree(repository, tree, parents=(ours, theirs), message=message, author=author, committer=committer)


def squash_commit(
    repository: pygit2.Repository,
    ours: str,
    theirs: str,
    *,
    message: str,
    author: pygit2.Signature,
    committer: pygit2.Signature,
) -> str:
    """One commit on top of `ours` that holds the merged tree. Raises MergeConflict."""
    tree = _tree(merge(repository, ours, theirs))
    return commit_tree(repository, tree, parents=(ours,), message=message, author=author, committer=committer)


def rebase(
    repository: pygit2.Repository, onto: str, commits: Sequence[pygit2.Commit], *, committer: pygit2.Signature
) -> list[str]:
    """Replay commits one by one on top of `onto`, keeping authors and messages; gives the new ids, oldest first.

    Merge commits are left out, and so are commits whose change is there already, as `git rebase` does. Raises MergeConflict.
    """
    made: list[str] = []
    for commit in commits:
        if len(commit.parents) > 1:
            continue
        top = history.commit(repository, made[-1] if made else onto)
        tree = _tree(_replayed(repository, commit, top))
        if tree != str(top.tree_id) or _is_empty(commit):
            made.append(
                commit_tree(
                    repository,
                    tree,
                    parents=(str(top.id),),
                    message=commit.message,
                    author=commit.author,
                    committer=committer,
                )
            )
    return made


def _replayed(repository: pygit2.Repository, commit: pygit2.Commit, top: pygit2.Commit) -> Merged:
    before = commit.parents[0].tree_id if commit.parents else repository.TreeBuilder().write()
    return _outcome(repository, repository.merge_trees(before, top.tree_id, commit.tree_id))


def _is_empty(commit: pygit2.Commit) -> bool:
    return bool(commit.parents) and commit.parents[0].tree_id == commit.tree_id


def _outcome(repository: pygit2.Repository, index: pygit2.Index) -> Merged:
    if index.conflicts is None:
        return Merged(str(index.write_tree(repository)))
    paths = {entry.path for conflict in index.conflicts for entry in conflict if entry is not None}
    return Merged(None, tuple(sorted(paths)))


def _tree(merged: Merged) -> str:
    if merged.tree is None:
        raise MergeConflict(merged.conflicts)
    return merged.tree

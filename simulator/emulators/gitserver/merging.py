"""Merges as git does them: three-way with rename detection, squashed, rebased. Nothing here moves a ref.

Trees come out as git's own `merge` makes them. What changed on one side only is put together right here (`by_files`); when a
file changed on both sides, a rename may play a part, or there are several common ancestors, git itself decides (`by_git`),
because libgit2 merges lines and follows renames in its own way.
"""

from __future__ import annotations

from collections.abc import Sequence

import pygit2

from simulator.emulators.gitserver import history, trees
from simulator.emulators.gitserver.errors import MergeConflict
from simulator.emulators.gitserver.trees import Merged
from simulator.emulators.gitserver.writing import commit_tree, empty_tree


def merge(repository: pygit2.Repository, ours: str, theirs: str) -> Merged:
    """Merge two commits over their common ancestors, or over an empty tree when they have none."""
    base = history.merge_base(repository, ours, theirs)
    if base is not None and history.is_only_merge_base(repository, base, ours, theirs):
        trivial = trees.by_files(repository, *(_tree_of(repository, each) for each in (base, ours, theirs)))
        if trivial is not None:
            return Merged(trivial)
    return trees.by_git(repository, ours, theirs)


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
        tree = _tree(_replayed(repository, commit, str(top.tree_id)))
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


def can_be_rebased(repository: pygit2.Repository, onto: str, commits: Sequence[pygit2.Commit]) -> bool:
    """Whether `rebase` would go through; makes no commit to find out."""
    top = _tree_of(repository, onto)
    for commit in commits:
        if len(commit.parents) < 2:
            replayed = _replayed(repository, commit, top).tree
            if replayed is None:
                return False
            top = replayed
    return True


def _replayed(repository: pygit2.Repository, commit: pygit2.Commit, top: str) -> Merged:
    before = str(commit.parents[0].tree_id) if commit.parents else empty_tree(repository)
    trivial = trees.by_files(repository, before, top, str(commit.tree_id))
    if trivial is not None:
        return Merged(trivial)
    return trees.by_git_over(repository, before, top, str(commit.tree_id))


def _is_empty(commit: pygit2.Commit) -> bool:
    return bool(commit.parents) and commit.parents[0].tree_id == commit.tree_id


def _tree_of(repository: pygit2.Repository, sha: str) -> str:
    return str(history.commit(repository, sha).tree_id)


def _tree(merged: Merged) -> str:
    if merged.tree is None:
        raise MergeConflict(merged.conflicts)
    return merged.tree

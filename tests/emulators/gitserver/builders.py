"""Repositories and commits for tests of git itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pygit2

from simulator.emulators.gitserver import history
from simulator.emulators.gitserver.writing import commit_tree, edit_tree, signature

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ALICE = signature("Alice", "alice@example.com", MONDAY)
BOB = signature("Bob", "bob@example.com", MONDAY)


def a_commit(
    git: pygit2.Repository,
    files: Mapping[str, str | bytes | None],
    *,
    parents: Sequence[str] = (),
    message: str = "change",
    author: pygit2.Signature = ALICE,
) -> str:
    """A commit that changes files of its first parent; None removes one."""
    before = str(history.commit(git, parents[0]).tree_id) if parents else None
    changes = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    tree = edit_tree(git, before, changes)
    return commit_tree(git, tree, parents=parents, message=message, author=author, committer=author)


def content(git: pygit2.Repository, commit: str, path: str) -> str | None:
    """The text of a file at a commit, None when it isn't there."""
    try:
        return str(git[commit].peel(pygit2.Tree)[path].peel(pygit2.Blob).data.decode())
    except KeyError:
        return None

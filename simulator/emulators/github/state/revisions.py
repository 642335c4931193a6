"""From the names that people give commits to the commits: branches, tags, object ids whole or shortened."""

from __future__ import annotations

import re

import pygit2

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.errors import NoSuchObject

_SHORT = re.compile(r"[0-9a-f]{4,40}\Z")


def is_empty(git: pygit2.Repository) -> bool:
    """Whether the repository has no branch yet."""
    return git.head_is_unborn and not refs.list_refs(git, "refs/heads/")


def resolve(git: pygit2.Repository, repository: Repository, name: str) -> str | None:
    """The commit that a name means, None when it means none. A branch goes before a tag, a tag before an object id.

    `HEAD` and the empty name mean the default branch.
    """
    name = repository.default_branch if name in ("", "HEAD") else name
    short = name.removeprefix("refs/")
    for ref in (f"refs/heads/{name}", f"refs/tags/{name}", f"refs/{short}"):
        sha = refs.read_ref(git, ref)
        if sha is not None:
            return _commit(git, sha)
    return _commit(git, name) if _SHORT.match(name) else None


def _commit(git: pygit2.Repository, sha: str) -> str | None:
    try:
        return str(history.commit(git, sha).id)
    except NoSuchObject:
        return None

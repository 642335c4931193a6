"""What a pull request would change: its commits, files and lines, as git sees them at present.

An open pull request is compared with the present tip of its base; a closed or merged one with the base it had then.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pygit2

from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.repositories import Repository, by_id, git_of
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import diffs, history, refs, store
from simulator.emulators.gitserver.borrowing import borrow
from simulator.emulators.gitserver.diffs import ChangedFile

MOST_COMMITS = 250
"""Commits that a pull request lists: docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request"""

MOST_FILES = 3000
"""Files that a pull request lists: docs.github.com/en/rest/pulls/pulls#list-pull-requests-files"""


def git(place: Place) -> pygit2.Repository:
    """The git repository of a place."""
    return place.git


def tip(place: Place, branch: str) -> str | None:
    """The commit at the end of a branch, None when there is no such branch."""
    return refs.read_ref(git(place), f"refs/heads/{branch}")


def head_repository(place: Place, pull: Pull) -> Repository | None:
    """The repository that a pull request's head is a branch of, None when it is deleted."""
    if pull.row.head_repository_id in (None, place.repository.id):
        return place.repository if pull.row.head_repository_id else None
    return by_id(place.connection, place.site, pull.row.head_repository_id or 0)


def head_tip(place: Place, pull: Pull) -> str | None:
    """Where the head branch is now, None when it is gone; its commits are brought here if it is in another repository."""
    home = head_repository(place, pull)
    if home is None:
        return None
    found = refs.read_ref(git_of(place.instance, home), pull.head_branch)
    if found is not None and home.id != place.repository.id:
        borrow(git_of(place.instance, home), git(place), found)
    return found


def base_of(place: Place, pull: Pull) -> str:
    """The commit that a pull request is compared with."""
    if pull.is_open:
        return tip(place, pull.row.base_ref) or pull.row.base_sha
    return pull.row.base_sha


def fork_point(place: Place, pull: Pull, *, head: str | None = None, base: str | None = None) -> str:
    """Where the head left the base; the base itself when they have no common history."""
    base = base or base_of(place, pull)
    return history.merge_base(git(place), base, head or pull.row.head_sha) or base


def commits_of(place: Place, pull: Pull) -> list[pygit2.Commit]:
    """The commits of the head that the base lacks, oldest first."""
    return history.commits_between(git(place), base_of(place, pull), pull.row.head_sha)


def commit_shas(place: Place, pull: Pull, *, base: str | None = None) -> Sequence[str]:
    """The ids of the same commits. `base`, where it is known already, saves looking for it."""
    return history.shas_between(git(place), base or base_of(place, pull), pull.row.head_sha)


def files_of(place: Place, pull: Pull, *, head: str | None = None, patches: bool = True) -> list[ChangedFile]:
    """The files that differ between the fork point and the head, or another commit of the pull request."""
    head = head or pull.row.head_sha
    path = place.instance.repository_path(place.site, place.repository.id)
    return list(_files_between(path, fork_point(place, pull, head=head), head, patches))


def file_at(place: Place, pull: Pull, path: str, *, head: str | None = None) -> ChangedFile | None:
    """One changed file with its patch, None when the pull request does not change it."""
    return next((file for file in files_of(place, pull, head=head) if file.path == path), None)


def totals_of(place: Place, pull: Pull, *, base: str | None = None) -> tuple[int, int, int]:
    """Changed files, added lines and deleted lines."""
    return diffs.totals(git(place), fork_point(place, pull, base=base), pull.row.head_sha)


def diff_of(place: Place, pull: Pull) -> bytes:
    """The whole change as one unified diff."""
    return diffs.unified_diff(git(place), fork_point(place, pull), pull.row.head_sha)


def patch_of(place: Place, pull: Pull) -> bytes:
    """The commits as mails for `git am`."""
    return diffs.patch_series(git(place), commits_of(place, pull))


def has_commit(place: Place, pull: Pull, sha: str) -> bool:
    """Whether a pull request brings a commit in: one of its head, or one that its merge made (squashed, rebased)."""
    base = base_of(place, pull)
    tops = (pull.row.head_sha, pull.row.merge_commit_sha)
    return any(top and is_landed(place, sha, top) for top in tops) and not is_landed(place, sha, base)


def is_landed(place: Place, head: str, base: str) -> bool:
    """Whether a head is contained in a base already."""
    return history.is_ancestor(git(place), head, base)


@lru_cache(maxsize=64)
def _files_between(path: Path, old: str, new: str, patches: bool) -> tuple[ChangedFile, ...]:
    # Commits never change, so neither does what lies between two of them; a review of many comments asks again and again.
    return tuple(diffs.changed_files(store.opened(path), old, new, patches=patches))

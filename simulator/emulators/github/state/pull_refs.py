"""The refs that a repository keeps for each pull request, and the test merge they show.

`refs/pull/N/head` holds the head for ever, so its commits survive the branch. `refs/pull/N/merge` holds what a merge would
give now; it is made when somebody asks and remade when head or base have moved.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pygit2

from simulator.emulators.github.state import changes
from simulator.emulators.github.state.pull_rows import Pull, latest_open_pulls
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, later, merging, refs
from simulator.emulators.gitserver.errors import MergeConflict, RefMoved
from simulator.emulators.gitserver.writing import signature

_MOST_RENEWED = 100

GITHUB = ("GitHub", "noreply@github.com")
"""Who commits what is made on the website or through the API."""


def keep_head(place: Place, number: int, sha: str) -> None:
    """Let `refs/pull/N/head` point to the head."""
    later.promise(changes.git(place), f"refs/pull/{number}/head", sha)


def test_merge(place: Place, pull: Pull) -> str | None:
    """The commit that merging the open pull request would make, None when that meets a conflict.

    The same base and head always give the same commit.
    """
    git = changes.git(place)
    base, head = changes.base_of(place, pull), pull.row.head_sha
    ref = f"refs/pull/{pull.number}/merge"
    known = refs.read_ref(git, ref)
    if known and _parents(git, known) == [base, head]:
        return known
    by_github = signature(*GITHUB, _newest(git, base, head))
    try:
        made = merging.merge_commit(
            git, base, head, message=f"Merge {head} into {base}", author=by_github, committer=by_github
        )
    except MergeConflict:
        return None
    _point(git, ref, made)
    return made


def renew(place: Place) -> None:
    """Bring the heads and the test merges of the latest open pull requests up to date, for whoever fetches them."""
    later.settle(changes.git(place))
    for pull in latest_open_pulls(place, limit=_MOST_RENEWED):
        test_merge(place, pull)


def _point(git: pygit2.Repository, ref: str, sha: str) -> None:
    at_present = refs.read_ref(git, ref)
    if at_present == sha:
        return
    try:
        refs.write_ref(git, ref, sha, expected=at_present)
    except RefMoved:  # somebody else has just pointed it to the same or to something newer
        return


def _parents(git: pygit2.Repository, sha: str) -> list[str]:
    return [str(parent) for parent in history.commit(git, sha).parent_ids]


def _newest(git: pygit2.Repository, *shas: str) -> datetime:
    return datetime.fromtimestamp(max(history.commit(git, sha).commit_time for sha in shas), UTC)

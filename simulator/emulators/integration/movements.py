"""What a push brings: the branches that moved, the commits that are new, and the commits that no branch holds any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pygit2
from pygit2.enums import SortMode

from simulator.emulators.github.state.activity import Movement
from simulator.emulators.github.state.pull_rows import pulls_from
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.gitserver.refs import ZERO
from simulator.emulators.integration.keys import keys_in

MOST_COMMITS = 500
"""New commits of one push that are looked at, the latest."""

_BRANCHES = "refs/heads/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A branch that moved. `commits` are those new ones that name issues, parents first; `tip` is None for a deleted branch.

    `keys` are all that branch and commits name; `leaves` says that commits may be left without a branch.
    """

    branch: str
    before: str
    tip: pygit2.Commit | None
    commits: Sequence[tuple[pygit2.Commit, Sequence[str]]]
    keys: Sequence[str]
    leaves: bool
    merged: bool


def moved_branches(work: Work, notices: Sequence[Notice]) -> list[Moved]:
    """Those of the pushes that may concern issues."""
    movements = [notice.detail["movement"] for notice in notices if notice.event == "push"]
    found = [_moved(work, movement) for movement in movements if movement.ref.startswith(_BRANCHES)]
    return [moved for moved in found if moved.keys or moved.leaves]


def without_a_branch(work: Work, moved: Moved) -> list[str]:
    """Ids of the commits that a branch had and that neither a branch nor a pull request holds any more, the latest first."""
    walker = work.git.walk(moved.before, SortMode.TIME)
    for sha in {*refs.list_refs(work.git, _BRANCHES).values(), *_held_by_pulls(work, moved)}:
        walker.hide(sha)
    return [str(each.id) for each in islice(walker, MOST_COMMITS)]


def _held_by_pulls(work: Work, moved: Moved) -> list[str]:
    # the head of an open pull request is about to follow the branch, unless that one is deleted
    pulls = pulls_from(work, moved.branch)
    return [pull.row.head_sha for pull in pulls if moved.tip is None or not pull.is_open]


def _moved(work: Work, movement: Movement) -> Moved:
    branch = movement.ref.removeprefix(_BRANCHES)
    commits = [(commit, keys_in(commit.message)) for commit in _new_commits(work, movement)]
    named = [(commit, keys) for commit, keys in commits if keys]
    return Moved(
        branch=branch,
        before=movement.before,
        tip=None if movement.after == ZERO else history.commit(work.git, movement.after),
        commits=named,
        keys=list(dict.fromkeys([*keys_in(branch), *(key for _, keys in named for key in keys)])),
        leaves=movement.after == ZERO or movement.kind == "force_push",
        merged=movement.kind == "pr_merge",
    )


def _new_commits(work: Work, movement: Movement) -> list[pygit2.Commit]:
    if movement.after == ZERO:
        return []
    git, base = work.git, movement.before
    if base == ZERO:
        base = refs.read_ref(git, _BRANCHES + work.repository.default_branch) or ZERO
    if base in (ZERO, movement.after):
        walker = git.walk(movement.after, SortMode.TIME)  # no other order is found without the whole history
        return list(islice(walker, MOST_COMMITS))[::-1] if base == ZERO or _is_default(work, movement) else []
    try:
        return history.commits_between(git, base, movement.after)[-MOST_COMMITS:]
    except NoSuchObject:
        return []


def _is_default(work: Work, movement: Movement) -> bool:
    return movement.ref == _BRANCHES + work.repository.default_branch

"""A fork's branch brought up to date with the same branch of the repository that it was forked from.

Source: https://docs.github.com/en/rest/branches/branches#sync-a-fork-branch-with-the-upstream-repository
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.emulators.github.errors import Conflict, NotFound, ValidationFailed
from simulator.emulators.github.state import changes, repositories
from simulator.emulators.github.state.api_rules import forbidden
from simulator.emulators.github.state.permissions import permission_of
from simulator.emulators.github.state.pull_refs import GITHUB
from simulator.emulators.github.state.refs import move_ref
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import merging, refs
from simulator.emulators.gitserver.borrowing import borrow
from simulator.emulators.gitserver.errors import MergeConflict, RefMoved
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.gitserver.writing import signature

_HEADS = "refs/heads/"
_CONFLICT = "There are merge conflicts that must be resolved before this branch can be synced."


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """What came of it: `kind` is none, fast-forward or merge; `base_branch` is `owner:branch` of the upstream."""

    kind: str
    message: str
    base_branch: str


def sync(work: Work, branch: str) -> Synced:
    """Bring the upstream's commits into a branch, by a merge commit when it has commits of its own.

    Raises NotFound without the branch, ValidationFailed when the repository is no fork, the upstream has no such branch or
    rules forbid it, Conflict when both sides changed the same lines.
    """
    ours = changes.tip(work, branch)
    if ours is None:
        raise NotFound("Branch not found")
    upstream = _upstream(work)
    theirs = refs.read_ref(git_of(work.instance, upstream), _HEADS + branch)
    if theirs is None:
        raise ValidationFailed(message=f"The upstream repository has no branch {branch}.")
    name = f"{upstream.owner.login}:{branch}"
    borrow(git_of(work.instance, upstream), changes.git(work), theirs)
    if changes.is_landed(work, theirs, ours):
        return Synced(kind="none", message=f"This branch is not behind the upstream {name}.", base_branch=name)
    forward = changes.is_landed(work, ours, theirs)
    made = theirs if forward else _merged(work, ours, theirs, branch, name)
    _move(work, RefUpdate(ref=_HEADS + branch, before=ours, after=made))
    if forward:
        return Synced(
            kind="fast-forward",
            message=f"Successfully fetched and fast-forwarded from upstream {name}.",
            base_branch=name,
        )
    return Synced(kind="merge", message=f"Successfully fetched and merged from upstream {name}.", base_branch=name)


def _upstream(work: Work) -> Repository:
    parent_id = work.repository.parent_id
    parent = repositories.by_id(work.connection, work.site, parent_id) if parent_id else None
    if parent is None or permission_of(work.connection, parent, work.actor) == "none":
        raise ValidationFailed(message="This repository is not a fork.")
    return parent


def _merged(work: Work, ours: str, theirs: str, branch: str, name: str) -> str:
    try:
        return merging.merge_commit(
            changes.git(work),
            ours,
            theirs,
            message=f"Merge branch '{name}' into {branch}",
            author=signature(work.actor.name or work.actor.login, work.actor.email, work.at),
            committer=signature(*GITHUB, work.at),
        )
    except MergeConflict as exc:
        raise Conflict(_CONFLICT) from exc


def _move(work: Work, update: RefUpdate) -> None:
    reason = forbidden(work, update, work.actor)
    if reason:
        raise ValidationFailed(message=reason)
    try:
        move_ref(work.connection, work.instance, work.repository, update, work.actor)
    except RefMoved as exc:
        raise Conflict("The branch has just moved. Sync it again.") from exc

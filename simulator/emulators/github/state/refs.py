"""Refs that move: by a push or through the API, everything that follows from it happens here.

Each movement of a branch becomes a row of activity; webhooks and pull requests hear of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pygit2
from sqlalchemy import Connection

from simulator.emulators.github.announce_refs import announce_movements
from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.activity import Movement, last_positions, record_activity
from simulator.emulators.github.state.following import refs_moved
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.untagged import withdraw_untagged
from simulator.emulators.gitserver import history, refs, store
from simulator.emulators.gitserver.refs import ZERO, RefUpdate
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import after_commit
from simulator.emulators.kit.instance import Instance

BRANCHES = "refs/heads/"


def move_ref(
    connection: Connection,
    instance: Instance,
    repository: Repository,
    update: RefUpdate,
    caller: Account,
    *,
    kind: str | None = None,
) -> list[str]:
    """Move a ref from where the caller saw it, write that down and let pull requests follow; gives lines for a person.

    `kind` is the activity's kind when it is none of the plain ones (pr_merge). Raises RefMoved, BadName, NoSuchObject.
    """
    repositories.lock(connection, repository)
    git = git_of(instance, repository)
    if update.after is None:
        refs.delete_ref(git, update.ref, expected=update.before or ZERO)
    else:
        refs.write_ref(git, update.ref, update.after, expected=update.before)
    return ref_updated(connection, instance, repository, [update], caller, kind=kind)


def ref_updated(
    connection: Connection,
    instance: Instance,
    repository: Repository,
    updates: Sequence[RefUpdate],
    caller: Account,
    *,
    kind: str | None = None,
) -> list[str]:
    """Write down that refs have moved and let everything follow; gives lines for the person who moved them."""
    repositories.lock(connection, repository)
    git = git_of(instance, repository)
    movements = [_movement(git, update, kind) for update in updates]
    said = note_movements(connection, instance, repository, movements, caller)
    return [*said, *refs_moved(connection, instance, repository.site, repository, movements, caller)]


def note_movements(
    connection: Connection,
    instance: Instance,
    repository: Repository,
    movements: Sequence[Movement],
    caller: Account,
) -> list[str]:
    """Write movements down as activity and tell webhooks, without letting pull requests follow; gives lines for a person."""
    now = instance.now()
    for movement in movements:
        if movement.ref.startswith(BRANCHES):
            record_activity(connection, repository.site, repository.id, movement, actor_id=caller.id, at=now)
    repositories.touch(connection, repository, pushed_at=now)
    _adopt_default_branch(connection, instance, repository, movements)
    withdraw_untagged(connection, repository, movements)
    said = announce_movements(connection, instance, repository, movements, caller)
    after_commit(connection, partial(instance.tidy, instance.repository_path(repository.site, repository.id)))
    return said


def reconcile(connection: Connection, instance: Instance, repository: Repository) -> int:
    """Write down movements that a process which died left unrecorded; gives how many. They count as the owner's."""
    repositories.lock(connection, repository)
    lost = unrecorded(connection, instance, repository)
    if lost:
        ref_updated(connection, instance, repository, lost, repository.owner)
    return len(lost)


def unrecorded(connection: Connection, instance: Instance, repository: Repository) -> list[RefUpdate]:
    """Movements that nobody has written down: as yet, while the repository is not locked; lost ones, when it is."""
    known = last_positions(connection, repository.site, repository.id)
    present = refs.list_refs(git_of(instance, repository), BRANCHES)
    return [
        RefUpdate(ref=ref, before=_or_none(known.get(ref, ZERO)), after=present.get(ref))
        for ref in sorted(known.keys() | present.keys())
        if known.get(ref, ZERO) != present.get(ref, ZERO)
    ]


def _movement(git: pygit2.Repository, update: RefUpdate, kind: str | None) -> Movement:
    return Movement(
        kind=kind or _kind(git, update), ref=update.ref, before=update.before or ZERO, after=update.after or ZERO
    )


def _kind(git: pygit2.Repository, update: RefUpdate) -> str:
    if update.before is None:
        return "branch_creation"
    if update.after is None:
        return "branch_deletion"
    if update.branch is None:
        return "push"
    return "push" if history.is_ancestor(git, update.before, update.after) else "force_push"


def _adopt_default_branch(
    connection: Connection, instance: Instance, repository: Repository, movements: Sequence[Movement]
) -> None:
    # The first branch pushed to an empty repository becomes its default branch, whatever it is called.
    created = [each.ref for each in movements if each.before == ZERO and each.ref.startswith(BRANCHES)]
    git = git_of(instance, repository)
    if created and refs.read_ref(git, BRANCHES + repository.default_branch) is None:
        branch = created[0].removeprefix(BRANCHES)
        store.set_default_branch(git, branch)
        repositories.edit(connection, repository, at=instance.now(), default_branch=branch)


def _or_none(sha: str) -> str | None:
    return None if sha == ZERO else sha

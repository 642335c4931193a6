"""The branches that people name across a network of forks: `branch`, `owner:branch`, `owner:repository:branch`."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.emulators.github.state import changes, repositories
from simulator.emulators.github.state.forks import fork_of
from simulator.emulators.github.state.permissions import permission_of
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import refs
from simulator.emulators.gitserver.borrowing import borrow
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A branch of a repository, which need not exist."""

    repository: Repository
    branch: str


def head_named(place: Place, viewer: Account | None, name: str, *, repository: str | None = None) -> Head | None:
    """The head that a name means here, None when the viewer sees no such repository in the network.

    `repository` is the name of the head's repository where the owner has several (`head_repo`).
    """
    owner, colon, branch = name.partition(":")
    if not colon:
        owner, branch = place.repository.owner.login, name
    if ":" in branch:
        repository, _, branch = branch.partition(":")
    found = _of_owner(place, owner, repository)
    if found is None or permission_of(place.connection, found, viewer) == "none":
        return None
    return Head(repository=found, branch=branch)


def tip_of(place: Place, head: Head) -> str | None:
    """Where a head is, None when there is no such branch; its commits are brought here if it is in another repository."""
    if head.repository.id == place.repository.id:
        return changes.tip(place, head.branch)
    there = git_of(place.instance, head.repository)
    found = refs.read_ref(there, f"refs/heads/{head.branch}")
    if found is not None:
        borrow(there, changes.git(place), found)
    return found


def _of_owner(place: Place, owner: str, repository: str | None) -> Repository | None:
    here = place.repository
    if repository is not None:
        found = repositories.called(place.connection, place.site, owner, repository)
        return found if found is not None and found.network_id == here.network_id else None
    if owner.lower() == here.owner.login.lower():
        return here
    account = accounts.by_login(place.connection, place.site, owner)
    return fork_of(place.connection, here, account) if account is not None else None

"""What routes begin with: a transaction, the repository, the caller; and the things that requests name.

A route that reads asks for a `Place`, one that changes something for a `Work`; its webhooks are told and its transaction
is through before the reply leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from simulator.emulators.github.announce import announce
from simulator.emulators.github.auth import account_of_caller, repository_for, signed_in, token_scopes
from simulator.emulators.github.errors import Forbidden, NotFound
from simulator.emulators.github.state.collaborators import with_access
from simulator.emulators.github.state.issues import Issue, find_issue
from simulator.emulators.github.state.locks import is_locked_for
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_rows import Pull, find_pull
from simulator.emulators.github.state.repositories import lock
from simulator.emulators.github.state.users import by_logins
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.web import site


@contextmanager
def place_for(owner: str, name: str) -> Iterator[Place]:
    """A repository that the caller may read. Raises NotFound as `repository_for` does."""
    here = instance()
    with here.database.reading() as connection:
        repository = repository_for(connection, owner, name)
        yield Place(connection=connection, instance=here, site=site(), repository=repository)


@contextmanager
def work_for(owner: str, name: str, *, need: str = "pull") -> Iterator[Work]:
    """A repository to change something in, by a caller who has the permission `need` at least.

    Raises NotFound, RequiresAuthentication and Forbidden as `repository_for` does.
    """
    here = instance()
    with here.database.writing() as connection:
        repository = repository_for(connection, owner, name, need=need)
        actor = signed_in(connection)
        if repository.archived:
            raise Forbidden("Repository was archived so is read-only.")
        lock(connection, repository)
        work = Work(
            connection=connection,
            instance=here,
            site=site(),
            repository=repository,
            scopes=token_scopes(connection),
            actor=actor,
            at=here.now(),
        )
        yield work
        announce(work)


def viewer_id(place: Place) -> int | None:
    """The id of whoever asks, None for nobody in particular."""
    account = account_of_caller(place.connection)
    return account.id if account else None


def may(work: Work, need: str) -> bool:
    """Whether the actor has a permission in the repository."""
    return allows(permission_of(work.connection, work.repository, work.actor), need)


def check_own(work: Work, author_id: int, need: str = "push") -> None:
    """Raise Forbidden unless the actor wrote the thing or has the permission `need`."""
    if author_id != work.actor.id and not may(work, need):
        raise Forbidden("Must have admin rights to Repository.")


def named_account(connection: Connection, login: str) -> Account:
    """The person or organization of a login. Raises NotFound."""
    found = accounts.by_login(connection, site(), login)
    if found is None:
        raise NotFound
    return found


def named_issue(place: Place, number: int) -> Issue:
    """The issue or pull request of a number. Raises NotFound."""
    issue = find_issue(place, number)
    if issue is None:
        raise NotFound
    return issue


def open_conversation(work: Work, number: int) -> Issue:
    """The issue or pull request of a number, in whose conversation the actor may take part. Raises NotFound, Forbidden."""
    issue = named_issue(work, number)
    _check_unlocked(work, issue)
    return issue


def named_pull(place: Place, number: int) -> Pull:
    """The pull request of a number. Raises NotFound."""
    pull = find_pull(place, number)
    if pull is None:
        raise NotFound
    return pull


def open_review(work: Work, number: int) -> Pull:
    """The pull request of a number, in whose review the actor may take part. Raises NotFound, Forbidden."""
    pull = named_pull(work, number)
    _check_unlocked(work, pull.issue)
    return pull


def belonging(place: Place, logins: Iterable[str]) -> tuple[list[Account], list[str]]:
    """People of the logins who have access to the repository (owner, by team or organization, collaborator), and the others."""
    wanted = list(dict.fromkeys(logins))
    found = by_logins(place.connection, place.site, wanted)
    people = [account.id for account in found.values() if account.kind == "user"]
    inside = with_access(place.connection, place.repository, people)
    others = [login for login in wanted if login.lower() not in found or found[login.lower()].id not in inside]
    return [account for account in found.values() if account.id in inside], others


def _check_unlocked(work: Work, issue: Issue) -> None:
    if is_locked_for(work, issue):
        raise Forbidden("Unable to create comment because issue is locked.")

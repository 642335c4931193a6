"""What routes begin with: a transaction, the repository, the caller; and the things that requests name.

A route that reads asks for a `Place`, one that changes something for a `Work`; its webhooks are told and its transaction
is through before the reply leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from simulator.emulators.github.announce import announce
from simulator.emulators.github.auth import account_of_caller, repository_for, signed_in
from simulator.emulators.github.errors import Forbidden, NotFound
from simulator.emulators.github.state.issues import Issue, find_issue
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_rows import Pull, find_pull
from simulator.emulators.github.state.repositories import lock
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
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


def named_issue(place: Place, number: int) -> Issue:
    """The issue or pull request of a number. Raises NotFound."""
    issue = find_issue(place, number)
    if issue is None:
        raise NotFound
    return issue


def named_pull(place: Place, number: int) -> Pull:
    """The pull request of a number. Raises NotFound."""
    pull = find_pull(place, number)
    if pull is None:
        raise NotFound
    return pull


def belonging(place: Place, logins: Iterable[str]) -> tuple[list[Account], list[str]]:
    """Accounts of the logins who belong to the repository (owner, member, collaborator), and the logins that do not."""
    found = {login: accounts.by_login(place.connection, place.site, login) for login in logins}
    people = load_people(place, (account.id for account in found.values() if account))
    insiders, others = [], []
    for login, account in found.items():
        if account and people.association(account.id) in {"OWNER", "MEMBER", "COLLABORATOR"}:
            insiders.append(account)
        else:
            others.append(login)
    return insiders, others

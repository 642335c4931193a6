"""What the pages begin with: the repository that an address names, as the person who is signed in may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Response, g, request
from werkzeug.routing import BaseConverter

from simulator.emulators.github.auth import account_of_caller, has_scope, repository_for
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.permissions import permission_of
from simulator.emulators.github.state.pull_rows import list_pulls
from simulator.emulators.github.state.repositories import Repository, open_issues
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account, Caller
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.pages import SignInWanted, reader, show, wants_page
from simulator.emulators.kit.scopes import ALL_SCOPES
from simulator.emulators.kit.web import caller_token, site


class OwnerName(BaseConverter):
    """The first part of a page's address. `api` is none: below it programs look for what the API may lack (501)."""

    regex = "(?!api(?:/|$))[^/]+"
    part_isolating = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The numbers beside a repository's tabs."""

    issues: int
    pulls: int


@contextmanager
def place_of(owner: str, name: str) -> Iterator[Place]:
    """A repository that the reader may see.

    Raises NotFound as for the API, for a stranger and for what does not exist alike, and SignInWanted instead when a browser
    asks that nobody is signed in with.
    """
    account = read_as()
    here = instance()
    with here.database.reading() as connection:
        try:
            repository = repository_for(connection, owner, name)
        except NotFound:
            if account is None and wants_page():
                raise SignInWanted from None
            raise
        yield Place(connection=connection, instance=here, site=site(), repository=repository)


@contextmanager
def place_to_fetch(owner: str, name: str, *, opens: Callable[[str, Repository], bool]) -> Iterator[Place]:
    """The same for what programs fetch, too: they show a token in a header, or a signature that `opens` finds good.

    The signature is the address's `token`. Raises NotFound, SignInWanted, BadCredentials.
    """
    account = read_as() if caller_token() is None else None
    here = instance()
    with here.database.reading() as connection:
        repository = repositories.called(connection, site(), owner, name)
        if repository is None or not (_may_fetch(connection, repository) or opens(_shown(), repository)):
            if account is None and wants_page():
                raise SignInWanted
            raise NotFound
        yield Place(connection=connection, instance=here, site=site(), repository=repository)


def _may_fetch(connection: Connection, repository: Repository) -> bool:
    if repository.private and not has_scope(connection, "repo"):
        return False
    return permission_of(connection, repository, account_of_caller(connection)) != "none"


def _shown() -> str:
    return request.args.get("token", "")


def read_as() -> Account | None:
    """Let the whole request count as the reader's, which no token limits; gives the reader."""
    account = reader()
    g.caller = Caller(account=account, scopes=frozenset(ALL_SCOPES)) if account else None
    return account


def show_in(place: Place, template: str, **values: object) -> Response:
    """A page of a repository, with its name and tabs."""
    here = f"{request.script_root}/{place.repository.full_name}"
    return show(template, 200, repository=place.repository, here=here, counts=counts_of(place), **values)


def counts_of(place: Place) -> Counts:
    """How much is open."""
    _, pulls = list_pulls(
        place, state="open", head=None, base=None, sort="created", direction="desc", offset=0, limit=1
    )
    both = open_issues(place.connection, [place.repository])[place.repository.id]
    return Counts(issues=both - pulls, pulls=pulls)

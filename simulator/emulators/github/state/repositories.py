"""Repositories: finding, making, editing and deleting them.

A repository is a row and a folder with a bare git repository. Refuses to know the request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pygit2
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    false,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from simulator.emulators.github.state import former_names
from simulator.emulators.github.state.access import organizations_open_to, repositories_by_team
from simulator.emulators.github.state.tallies import tally
from simulator.emulators.github.tables import collaborators, repositories
from simulator.emulators.gitserver import store
from simulator.emulators.kit.accounts import Account, account_of
from simulator.emulators.kit.database import hold
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.prepared import Prepared, change
from simulator.emulators.kit.tables import accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A row of gh_repositories with its owner."""

    site: str
    id: int
    owner_id: int
    owner: Account
    name: str
    private: bool
    description: str | None
    homepage: str | None
    default_branch: str
    archived: bool
    has_issues: bool
    allow_merge_commit: bool
    allow_squash_merge: bool
    allow_rebase_merge: bool
    allow_auto_merge: bool
    delete_branch_on_merge: bool
    settings: Mapping[str, Any]
    size_kb: int
    created_at: datetime
    updated_at: datetime
    pushed_at: datetime | None
    parent_id: int | None
    source_id: int | None
    topics: Sequence[str] | None

    @property
    def is_fork(self) -> bool:
        """Whether it was forked from another one."""
        return self.parent_id is not None

    @property
    def network_id(self) -> int:
        """The number of the repository that its network of forks began with, its own if it is no fork."""
        return self.source_id or self.id

    @property
    def allows_forking(self) -> bool:
        """Whether it is set to be forked by whom may read it; an organization's private one is not, unless somebody says so."""
        return bool(self.settings.get("allow_forking", not self.private or self.owner.kind != "organization"))

    @property
    def full_name(self) -> str:
        """`owner/name`."""
        return f"{self.owner.login}/{self.name}"

    @property
    def path(self) -> str:
        """Its path in the REST API: `/repos/owner/name`."""
        return f"/repos/{self.owner.login}/{self.name}"


class NameTaken(Exception):
    """Another repository of the owner has the name already."""


_OWN = [name for name in Repository.__slots__ if name != "owner"]
_OWNER = [accounts.c[name].label(f"owner_{name}_") for name in Account.__slots__]
_SELECT = select(*(repositories.c[name] for name in _OWN), *_OWNER).join_from(
    repositories, accounts, (accounts.c.site == repositories.c.site) & (accounts.c.id == repositories.c.owner_id)
)
_HERE = _SELECT.where(repositories.c.site == bindparam("site"))
_BY_NAME = Prepared(_HERE.where(repositories.c.full_name_lower == bindparam("full_name")))
_BY_ID = Prepared(_HERE.where(repositories.c.id == bindparam("id")))
_OPEN_ISSUES = Prepared(
    select(
        repositories.c.id,
        tally(repositories.c.site, repositories.c.id, is_pull=False, state="open")
        + tally(repositories.c.site, repositories.c.id, is_pull=True, state="open"),
    ).where(repositories.c.site == bindparam("site"), repositories.c.id.in_(bindparam("ids", expanding=True))),
    names="ids",
)
_BY_IDS = Prepared(_HERE.where(repositories.c.id.in_(bindparam("ids", expanding=True))), names="ids")


def by_name(connection: Connection, site: str, owner: str, name: str) -> Repository | None:
    """A repository by its owner's login and its name, without regard to case."""
    full_name = f"{owner}/{name}".lower()
    return _BY_NAME.first_as(connection, _repository, site=site, full_name=full_name)


def called(connection: Connection, site: str, owner: str, name: str) -> Repository | None:
    """A repository by its name, or by one that it had once and no other has now."""
    found = by_name(connection, site, owner, name)
    if found is not None:
        return found
    moved = former_names.moved_to(connection, site, f"{owner}/{name}")
    return None if moved is None else by_id(connection, site, moved)


def by_id(connection: Connection, site: str, repository_id: int) -> Repository | None:
    """A repository by its number in the site."""
    return _BY_ID.first_as(connection, _repository, site=site, id=repository_id)


def by_ids(connection: Connection, site: str, ids: Iterable[int]) -> dict[int, Repository]:
    """Repositories by their numbers; those that do not exist are left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = map(_repository, _BY_IDS.all(connection, site=site, ids=wanted))
    return {repository.id: repository for repository in found}


def visible_to(
    connection: Connection, site: str, account: Account | None, *, owner: Account | None = None
) -> list[Repository]:
    """Repositories of the site that an account may see (None: anybody), all or one owner's, in order of their full names."""
    query = _SELECT.where(repositories.c.site == site, or_(~repositories.c.private, _belongs_to(account)))
    if owner is not None:
        query = query.where(repositories.c.owner_id == owner.id)
    return _many(connection, query)


def belonging_to(connection: Connection, site: str, account: Account) -> list[Repository]:
    """Repositories that an account owns, works in, or has through an organization."""
    return _many(connection, _SELECT.where(repositories.c.site == site, _belongs_to(account)))


def may_see(account: Account | None) -> ColumnElement[bool]:
    """The condition on gh_repositories that an account may see them (None: anybody), for queries over several of them."""
    return or_(~repositories.c.private, _belongs_to(account))


def repositories_where(
    connection: Connection, where: ColumnElement[bool], *, offset: int, limit: int
) -> list[Repository]:
    """A page of the repositories of a condition on gh_repositories, in order of their full names."""
    return _many(connection, _SELECT.where(where).offset(offset).limit(limit))


def open_issues(connection: Connection, found: Sequence[Repository]) -> dict[int, int]:
    """How many issues and pull requests of each repository are open, by its number."""
    counts = {repository.id: 0 for repository in found}
    if not counts:
        return counts
    return counts | dict(_OPEN_ISSUES.all(connection, site=found[0].site, ids=counts))


def edit(connection: Connection, repository: Repository, *, at: datetime, **changes: Any) -> Repository:
    """Change columns of a repository; gives the repository as it is now. Raises NameTaken for a `name` that is not free."""
    if "name" in changes:
        return move(connection, repository, repository.owner, changes.pop("name"), at=at, **changes)
    connection.execute(update(repositories).where(_own_row(repository)).values(**changes, updated_at=at))
    return _found(connection, repository.site, repository.id)


def move(
    connection: Connection, repository: Repository, owner: Account, name: str, *, at: datetime, **changes: Any
) -> Repository:
    """Give a repository another name or owner; its old name leads to the new one from now on. Raises NameTaken."""
    full_name = f"{owner.login}/{name}"
    values = {**changes, "owner_id": owner.id, "name": name, "full_name_lower": full_name.lower(), "updated_at": at}
    with name_to_itself(connection):
        connection.execute(update(repositories).where(_own_row(repository)).values(**values))
    if full_name.lower() != repository.full_name.lower():
        former_names.forget(connection, repository.site, full_name)
        former_names.remember(connection, repository.site, repository.full_name, repository.id)
    return _found(connection, repository.site, repository.id)


def touch(connection: Connection, repository: Repository, *, pushed_at: datetime) -> None:
    """Write down when the last push was."""
    key = {"site": repository.site, "id": repository.id}
    change(connection, repositories, key, {"pushed_at": pushed_at, "updated_at": pushed_at})


def remove(connection: Connection, repository: Repository) -> None:
    """Delete the rows of a repository and of all that hangs on it; the folder is left to the caller, after the commit."""
    connection.execute(delete(repositories).where(_own_row(repository)))


def lock(connection: Connection, repository: Repository) -> None:
    """Hold the repository until the transaction ends, so that two changes in it come one after the other.

    All of its site is held with it: changes go from one repository into others, into those of forks and of mentions.
    """
    hold(connection, repository.site)


def git_of(instance: Instance, repository: Repository) -> pygit2.Repository:
    """The git repository, for the calling thread."""
    return store.opened(instance.repository_path(repository.site, repository.id))


@contextmanager
def name_to_itself(connection: Connection) -> Iterator[None]:
    """Turn a clash of names in the block into NameTaken, with the transaction still good."""
    try:
        with connection.begin_nested():
            yield
    except IntegrityError as exc:
        raise NameTaken from exc


def _belongs_to(account: Account | None) -> ColumnElement[bool]:
    if account is None:
        return false()
    granted = select(collaborators.c.repository_id).where(
        collaborators.c.site == account.site, collaborators.c.account_id == account.id
    )
    return or_(
        repositories.c.owner_id == account.id,
        repositories.c.id.in_(granted),
        repositories.c.id.in_(repositories_by_team(account)),
        repositories.c.owner_id.in_(organizations_open_to(account)),
    )


def _own_row(repository: Repository) -> ColumnElement[bool]:
    return and_(repositories.c.site == repository.site, repositories.c.id == repository.id)


def _many(connection: Connection, query: Select[Any]) -> list[Repository]:
    return [_repository(row) for row in connection.execute(query.order_by(repositories.c.full_name_lower))]


def _found(connection: Connection, site: str, repository_id: int) -> Repository:
    found = by_id(connection, site, repository_id)
    assert found is not None
    return found


def _repository(row: Sequence[Any]) -> Repository:
    return Repository(owner=account_of(row[len(_OWN) :]), **dict(zip(_OWN, row, strict=False)))

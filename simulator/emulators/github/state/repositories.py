"""Repositories: finding, making, editing and deleting them.

A repository is a row and a folder with a bare git repository. Refuses to know the request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pygit2
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    bindparam,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from simulator.emulators.github.state.activity import Movement, record_activity
from simulator.emulators.github.state.labels import plant_default_labels
from simulator.emulators.github.tables import collaborators, issues, members, repositories
from simulator.emulators.gitserver import refs, store
from simulator.emulators.gitserver.writing import commit_tree, edit_tree, signature
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.instance import Instance
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


_DEFAULTS: dict[str, Any] = {
    "private": False,
    "description": None,
    "default_branch": "main",
    "homepage": None,
    "archived": False,
    "has_issues": True,
    "allow_merge_commit": True,
    "allow_squash_merge": True,
    "allow_rebase_merge": True,
    "allow_auto_merge": False,
    "delete_branch_on_merge": False,
    "size_kb": 0,
}
_OWN = [name for name in Repository.__slots__ if name != "owner"]
_OWNER = [accounts.c[name].label(f"owner_{name}_") for name in Account.__slots__]
_SELECT = select(*(repositories.c[name] for name in _OWN), *_OWNER).join_from(
    repositories, accounts, (accounts.c.site == repositories.c.site) & (accounts.c.id == repositories.c.owner_id)
)
_BY_NAME = _SELECT.where(
    repositories.c.site == bindparam("site"), repositories.c.full_name_lower == bindparam("full_name")
)
_BY_ID = _SELECT.where(repositories.c.site == bindparam("site"), repositories.c.id == bindparam("id"))


def by_name(connection: Connection, site: str, owner: str, name: str) -> Repository | None:
    """A repository by its owner's login and its name, without regard to case."""
    full_name = f"{owner}/{name}".lower()
    return _one(connection.execute(_BY_NAME, {"site": site, "full_name": full_name}).mappings().first())


def by_id(connection: Connection, site: str, repository_id: int) -> Repository | None:
    """A repository by its number in the site."""
    return _one(connection.execute(_BY_ID, {"site": site, "id": repository_id}).mappings().first())


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


def open_issues(connection: Connection, found: Sequence[Repository]) -> dict[int, int]:
    """How many issues and pull requests of each repository are open, by its number."""
    counts = {repository.id: 0 for repository in found}
    if not counts:
        return counts
    query = (
        select(issues.c.repository_id, func.count().label("open"))
        .where(issues.c.site == found[0].site, issues.c.repository_id.in_(counts), issues.c.state == "open")
        .group_by(issues.c.repository_id)
    )
    return counts | {row.repository_id: row.open for row in connection.execute(query)}


def create_repository(
    connection: Connection,
    instance: Instance,
    *,
    site: str,
    owner: Account,
    name: str,
    files: Mapping[str, str | bytes] | None = None,
    author: Account | None = None,
    **settings: Any,  # column values, and settings that are only echoed
) -> Repository:
    """A new repository with GitHub's default labels; `files` become its first commit, by `author` (else the owner).

    Raises NameTaken. `settings` may be `private`, `description`, `default_branch` and the other
    columns, or anything that is only echoed.
    """
    row = _new_row(site, next_value(connection, site, "gh_repositories"), owner, name, settings, at=instance.now())
    with _name_to_itself(connection):
        connection.execute(insert(repositories), row)
    plant_default_labels(connection, site, row["id"])
    made = _found(connection, site, row["id"])
    path = instance.repository_path(site, made.id)
    store.delete(path)  # of an attempt whose transaction was undone
    git = store.create(path, default_branch=made.default_branch)
    if files:
        _first_commit(connection, made, git, files, author or owner)
    return made


def edit(connection: Connection, repository: Repository, *, at: datetime, **changes: Any) -> Repository:
    """Change columns of a repository; gives the repository as it is now. Raises NameTaken for a `name` that is not free."""
    if "name" in changes:
        changes["full_name_lower"] = f"{repository.owner.login}/{changes['name']}".lower()
    with _name_to_itself(connection):
        connection.execute(update(repositories).where(_own_row(repository)).values(**changes, updated_at=at))
    return _found(connection, repository.site, repository.id)


def touch(connection: Connection, repository: Repository, *, pushed_at: datetime) -> None:
    """Write down when the last push was."""
    connection.execute(
        update(repositories).where(_own_row(repository)).values(pushed_at=pushed_at, updated_at=pushed_at)
    )


def remove(connection: Connection, repository: Repository) -> None:
    """Delete the rows of a repository and of all that hangs on it; the folder is left to the caller, after the commit."""
    connection.execute(delete(repositories).where(_own_row(repository)))


def lock(connection: Connection, repository: Repository) -> None:
    """Hold the repository's row until the transaction ends, so that two changes in it come one after the other.

    SQLite has one writer at a time anyway. Rows that refer to the repository can still be added meanwhile.
    """
    if connection.dialect.name != "sqlite":
        query = select(repositories.c.id).where(_own_row(repository)).with_for_update(key_share=True)
        connection.execute(query)


def git_of(instance: Instance, repository: Repository) -> pygit2.Repository:
    """The git repository, for the calling thread."""
    return store.opened(instance.repository_path(repository.site, repository.id))


def _new_row(
    site: str, repository_id: int, owner: Account, name: str, settings: Mapping[str, Any], *, at: datetime
) -> dict[str, Any]:
    return {
        **_DEFAULTS,
        **{key: value for key, value in settings.items() if key in _DEFAULTS},
        "site": site,
        "id": repository_id,
        "owner_id": owner.id,
        "name": name,
        "full_name_lower": f"{owner.login}/{name}".lower(),
        "settings": {key: value for key, value in settings.items() if key not in _DEFAULTS},
        "created_at": at,
        "updated_at": at,
        "pushed_at": at,
    }


@contextmanager
def _name_to_itself(connection: Connection) -> Iterator[None]:
    try:
        with connection.begin_nested():
            yield
    except IntegrityError as exc:
        raise NameTaken from exc


def _first_commit(
    connection: Connection,
    repository: Repository,
    git: pygit2.Repository,
    files: Mapping[str, str | bytes],
    author: Account,
) -> None:
    contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    email = author.email or f"{author.login}@users.noreply.github.com"
    who = signature(author.name or author.login, email, repository.created_at)
    tree = edit_tree(git, None, contents)
    sha = commit_tree(git, tree, parents=(), message="Initial commit", author=who, committer=who)
    ref = f"refs/heads/{repository.default_branch}"
    refs.write_ref(git, ref, sha, expected=None)
    movement = Movement(kind="branch_creation", ref=ref, before=refs.ZERO, after=sha)
    record_activity(connection, repository.site, repository.id, movement, actor_id=author.id, at=repository.created_at)


def _belongs_to(account: Account | None) -> ColumnElement[bool]:
    if account is None:
        return false()
    granted = select(collaborators.c.repository_id).where(
        collaborators.c.site == account.site, collaborators.c.account_id == account.id
    )
    organizations = select(members.c.organization_id).where(
        members.c.site == account.site, members.c.account_id == account.id
    )
    return or_(
        repositories.c.owner_id == account.id,
        repositories.c.id.in_(granted),
        repositories.c.owner_id.in_(organizations),
    )


def _own_row(repository: Repository) -> ColumnElement[bool]:
    return and_(repositories.c.site == repository.site, repositories.c.id == repository.id)


def _many(connection: Connection, query: Select[Any]) -> list[Repository]:
    rows = connection.execute(query.order_by(repositories.c.full_name_lower)).mappings()
    return [_repository(row) for row in rows]


def _found(connection: Connection, site: str, repository_id: int) -> Repository:
    found = by_id(connection, site, repository_id)
    assert found is not None
    return found


def _one(row: RowMapping | None) -> Repository | None:
    return None if row is None else _repository(row)


def _repository(row: RowMapping) -> Repository:
    owner = Account(**{name: row[f"owner_{name}_"] for name in Account.__slots__})
    return Repository(owner=owner, **{name: row[name] for name in _OWN})

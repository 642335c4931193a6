"""Who works in a repository beside its owner."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
    true,
    update,
)

from simulator.emulators.github.state.permissions import has_at_least
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import collaborators, members
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.tables import accounts

_COLUMNS = [accounts.c[name] for name in Account.__slots__]


def page_of(
    connection: Connection,
    repository: Repository,
    *,
    affiliation: str = "all",
    permission: str = "pull",
    offset: int,
    limit: int,
) -> tuple[list[Account], int]:
    """A page of those who have a permission or more, by login, and how many they are.

    `affiliation` is all, `direct` for those who were given access one by one (and a personal repository's owner), `outside` for
    those of them who do not belong to the organization.
    """
    where = and_(
        accounts.c.site == repository.site,
        accounts.c.kind == "user",
        has_at_least(repository, permission),
        _AFFILIATIONS[affiliation](repository),
    )
    total = connection.execute(select(func.count()).select_from(accounts).where(where)).scalar_one()
    query = select(*_COLUMNS).where(where).order_by(accounts.c.login_lower).offset(offset).limit(limit)
    return [Account(**row) for row in connection.execute(query).mappings()], total


def has_access(connection: Connection, repository: Repository, account: Account) -> bool:
    """Whether somebody works in a repository: as its owner, by a team or the organization, or one by one."""
    return bool(with_access(connection, repository, [account.id]))


def with_access(connection: Connection, repository: Repository, account_ids: Iterable[int]) -> set[int]:
    """Those of some accounts who work in a repository, as `has_access` says of one."""
    ids = set(account_ids)
    if not ids:
        return set()
    query = select(accounts.c.id).where(
        accounts.c.site == repository.site, accounts.c.id.in_(ids), has_at_least(repository, "pull")
    )
    return set(connection.execute(query).scalars())


def is_inside(connection: Connection, repository: Repository, account: Account) -> bool:
    """Whether somebody need not be invited: a member of the organization, or one who has access already."""
    member = select(accounts.c.id).where(accounts.c.id == account.id, accounts.c.site == account.site)
    belongs = connection.execute(member.where(_is_member(repository))).first() is not None
    return belongs or has_access(connection, repository, account)


def granted_to(connection: Connection, repository: Repository, account: Account) -> str | None:
    """What somebody was given one by one, None for nothing."""
    query = select(collaborators.c.permission).where(_is(repository, account))
    return connection.execute(query).scalar_one_or_none()


def grant(connection: Connection, repository: Repository, account: Account, permission: str) -> bool:
    """Give access or change it; `permission` is one of pull, triage, push, maintain, admin. True when it is new."""
    changed = connection.execute(update(collaborators).where(_is(repository, account)).values(permission=permission))
    if changed.rowcount:
        return False
    row = {
        "site": repository.site,
        "repository_id": repository.id,
        "account_id": account.id,
        "permission": permission,
    }
    connection.execute(insert(collaborators), row)
    return True


def revoke(connection: Connection, repository: Repository, account: Account) -> None:
    """Take access away; nothing happens when there was none."""
    connection.execute(delete(collaborators).where(_is(repository, account)))


def _is_member(repository: Repository) -> ColumnElement[bool]:
    return accounts.c.id.in_(
        select(members.c.account_id).where(
            members.c.site == repository.site, members.c.organization_id == repository.owner_id
        )
    )


def _was_given(repository: Repository) -> ColumnElement[bool]:
    given = select(collaborators.c.account_id).where(
        collaborators.c.site == repository.site, collaborators.c.repository_id == repository.id
    )
    return accounts.c.id.in_(given)


def _is(repository: Repository, account: Account) -> ColumnElement[bool]:
    return and_(
        collaborators.c.site == repository.site,
        collaborators.c.repository_id == repository.id,
        collaborators.c.account_id == account.id,
    )


_AFFILIATIONS: dict[str, Callable[[Repository], ColumnElement[bool]]] = {
    "all": lambda _repository: true(),
    "direct": lambda repository: or_(accounts.c.id == repository.owner_id, _was_given(repository)),
    "outside": lambda repository: and_(
        accounts.c.id != repository.owner_id, _was_given(repository), not_(_is_member(repository))
    ),
}

"""Who works in a repository beside its owner."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.users import members_of
from simulator.emulators.github.tables import collaborators
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.tables import accounts

_COLUMNS = [accounts.c[name] for name in Account.__slots__]


def outside(connection: Connection, repository: Repository) -> list[Account]:
    """The accounts that were given access one by one, in order of their logins."""
    query = (
        select(*_COLUMNS)
        .join_from(
            collaborators,
            accounts,
            (collaborators.c.site == accounts.c.site) & (collaborators.c.account_id == accounts.c.id),
        )
        .where(collaborators.c.site == repository.site, collaborators.c.repository_id == repository.id)
        .order_by(accounts.c.login_lower)
    )
    return [Account(**row) for row in connection.execute(query).mappings()]


def everybody(connection: Connection, repository: Repository) -> list[Account]:
    """All who have access: the owner or the organization's members, and those given access, each once, by login."""
    owner = repository.owner
    inside = members_of(connection, owner) if owner.kind == "organization" else [owner]
    found = {account.login.lower(): account for account in (*inside, *outside(connection, repository))}
    return [found[login] for login in sorted(found)]


def is_inside(connection: Connection, repository: Repository, account: Account) -> bool:
    """Whether somebody has access already, by the organization or one by one."""
    return any(account.id == other.id for other in everybody(connection, repository))


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


def _is(repository: Repository, account: Account) -> ColumnElement[bool]:
    return and_(
        collaborators.c.site == repository.site,
        collaborators.c.repository_id == repository.id,
        collaborators.c.account_id == account.id,
    )

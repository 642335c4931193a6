"""Access to a repository that waits for the invited person to accept it.

Nobody is invited as long as `are_sent` is off, as on GitHub Enterprise Server.

Source: https://docs.github.com/en/rest/collaborators/invitations
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import invitations
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.site_settings import read_setting, write_setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Who is invited where, by whom, to do what."""

    site: str
    id: int
    repository_id: int
    invitee_id: int
    inviter_id: int
    permission: str
    created_at: datetime


_COLUMNS = [invitations.c[name] for name in Invitation.__slots__]


_SETTING = "github_invitations"


def are_sent(connection: Connection, site: str) -> bool:
    """Whether people from outside are invited, as on github.com; else they get access at once."""
    return read_setting(connection, site, _SETTING) is True


def send(connection: Connection, site: str, *, on: bool) -> None:
    """Invite people from now on, or give access at once again."""
    write_setting(connection, site, _SETTING, True if on else None)


def invite(
    connection: Connection,
    repository: Repository,
    account: Account,
    permission: str,
    *,
    inviter: Account,
    at: datetime,
) -> Invitation:
    """Invite somebody; an invitation that waits already gives way to the new one."""
    withdraw(connection, repository, account)
    made = Invitation(
        site=repository.site,
        id=next_value(connection, repository.site, "gh_invitations"),
        repository_id=repository.id,
        invitee_id=account.id,
        inviter_id=inviter.id,
        permission=permission,
        created_at=at,
    )
    connection.execute(insert(invitations), {name: getattr(made, name) for name in Invitation.__slots__})
    return made


def waiting_for(connection: Connection, account: Account) -> list[Invitation]:
    """The invitations that somebody has not answered, oldest first."""
    return _list(connection, invitations.c.site == account.site, invitations.c.invitee_id == account.id)


def waiting_in(connection: Connection, repository: Repository) -> list[Invitation]:
    """The repository's unanswered invitations, oldest first."""
    return _list(connection, invitations.c.site == repository.site, invitations.c.repository_id == repository.id)


def forget(connection: Connection, invitation: Invitation) -> None:
    """Take an invitation away."""
    connection.execute(
        delete(invitations).where(invitations.c.site == invitation.site, invitations.c.id == invitation.id)
    )


def withdraw(connection: Connection, repository: Repository, account: Account) -> None:
    """Take away what waits for somebody in a repository, if anything does."""
    for invitation in waiting_in(connection, repository):
        if invitation.invitee_id == account.id:
            forget(connection, invitation)


def _list(connection: Connection, *conditions: ColumnElement[bool]) -> list[Invitation]:
    query = select(*_COLUMNS).where(*conditions).order_by(invitations.c.id)
    return [Invitation(**row) for row in connection.execute(query).mappings()]

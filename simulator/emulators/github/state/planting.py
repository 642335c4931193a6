"""What a seed says beyond repositories: who belongs to an organization. Repeating changes nothing."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from simulator.emulators.github.tables import members
from simulator.emulators.kit.accounts import Account


def join(connection: Connection, organization: Account, member: Account, *, role: str) -> None:
    """Make an account a member of an organization; `role` is member or admin (an owner)."""
    key = {"site": organization.site, "organization_id": organization.id, "account_id": member.id}
    if connection.execute(select(members.c.role).filter_by(**key)).first() is None:
        connection.execute(insert(members), {**key, "role": role})

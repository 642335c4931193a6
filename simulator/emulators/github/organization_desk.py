"""What routes of organizations begin with: a transaction, the organization, and what the caller is in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.emulators.github.announce import announce_in_organization
from simulator.emulators.github.auth import account_of_caller, has_scope, signed_in
from simulator.emulators.github.errors import Forbidden, NotFound
from simulator.emulators.github.state import memberships
from simulator.emulators.github.state.users import role_in
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.web import site


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationPlace:
    """An organization to read in. `role` is the caller's there (member, admin), None for strangers and nobody in particular."""

    connection: Connection
    organization: Account
    viewer: Account | None
    role: str | None

    @property
    def knows_members(self) -> bool:
        """Whether the caller sees more than everybody: a member whose token may read organizations."""
        return self.role is not None and any(
            has_scope(self.connection, scope) for scope in ("read:org", "repo", "user")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationChange(OrganizationPlace):
    """An organization to change something in, by `actor`, at the wall-clock instant `at`."""

    actor: Account
    at: datetime

    @property
    def is_owner(self) -> bool:
        """Whether the actor owns the organization."""
        return self.role == "admin"

    def tell(self, event: str, action: str, **detail: Any) -> None:
        """Tell the organization's webhooks of something, after it was done."""
        announce_in_organization(self.connection, instance(), self.organization, self.actor, event, action, **detail)

    def need_owner(self, refusal: str) -> None:
        """Raise Forbidden unless the actor owns the organization."""
        if not self.is_owner:
            raise Forbidden(refusal)


@contextmanager
def organization_place(login: str) -> Iterator[OrganizationPlace]:
    """An organization by its login. Raises NotFound."""
    with instance().database.reading() as connection:
        viewer = account_of_caller(connection)
        organization = named_organization(connection, login)
        role = role_in(connection, organization, viewer) if viewer else None
        yield OrganizationPlace(connection=connection, organization=organization, viewer=viewer, role=role)


@contextmanager
def organization_change(login: str) -> Iterator[OrganizationChange]:
    """An organization to change, one request after the other. Raises RequiresAuthentication and NotFound."""
    here = instance()
    with here.database.writing() as connection:
        actor = signed_in(connection)
        organization = named_organization(connection, login)
        memberships.lock(connection, organization)
        yield OrganizationChange(
            connection=connection,
            organization=organization,
            viewer=actor,
            actor=actor,
            role=role_in(connection, organization, actor),
            at=here.now(),
        )


def named_organization(connection: Connection, login: str) -> Account:
    """The organization of a login. Raises NotFound."""
    found = accounts.by_login(connection, site(), login)
    if found is None or found.kind != "organization":
        raise NotFound
    return found


def named_person(connection: Connection, login: str) -> Account:
    """The user of a login, no organization. Raises NotFound."""
    found = accounts.by_login(connection, site(), login)
    if found is None or found.kind == "organization":
        raise NotFound
    return found

"""People, organizations, bots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.problems import not_found
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import Numbered, Paged
from simulator.emulators.github.graphql.views.owned import (
    issues_by,
    named_repository,
    pulls_by,
    repositories_of,
    starred_by,
)
from simulator.emulators.github.graphql.views.projects import OwnsProjects
from simulator.emulators.github.graphql.views.teams import team_named, teams_of
from simulator.emulators.github.state import users
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account


class ActorView(Numbered, Paged):
    """Any account."""

    def __init__(self, reader: Reader, account: Account) -> None:
        super().__init__(reader)
        self.account = account
        self.number_in_site = account.id
        self.login = account.login

    @property
    def resource_path(self) -> str:
        """The account's page."""
        return f"/{self.login}"

    @property
    def name(self) -> str | None:
        """The name that people read."""
        return self.account.name or None

    def avatar_url(self, size: int | None = None) -> str:
        """The picture's address; all sizes are one drawing."""
        suffix = f"&s={size}" if size else ""
        return self.reader.urls.html(f"/avatars/u/{self.account.id}?v=4{suffix}")

    @cached_property
    def created_at(self) -> datetime:
        """When the account was made."""
        return users.created_at(self.reader.connection, self.account)

    @property
    def updated_at(self) -> datetime:
        """When the account last changed."""
        return self.created_at


class BotView(ActorView):
    """A program's account."""

    typename = "Bot"


class OwnerView(OwnsProjects, ActorView):
    """Whoever repositories can belong to."""

    bio = company = location = twitter_username = None

    def repositories(self, window: Window, **wanted: Any) -> Connection:
        """The repositories that belong to the account."""
        return repositories_of(self.reader, self.account, window, **wanted)

    def repository(self, name: str, follow_renames: bool = True) -> Any:
        """One repository of the account by its name."""
        return named_repository(self.reader, self.login, name, follow_renames=follow_renames)


class UserView(OwnerView):
    """A person."""

    typename = "User"
    bio_html = ""
    website_url = None

    @property
    def email(self) -> str:
        """The address; "" when there is none."""
        return self.account.email

    @property
    def is_viewer(self) -> bool:
        """Whether it is the caller."""
        return self.account.id == self.reader.viewer.id

    @property
    def is_site_admin(self) -> bool:
        """Whether the person runs the site."""
        return self.account.admin

    def organizations(self, window: Window, order_by: Mapping[str, str] | None = None) -> Connection:
        """The organizations that the person belongs to."""
        found = users.organizations_of(self.reader.connection, self.account, only_public=not self.is_viewer)
        if order_by and order_by["field"] == "CREATED_AT":
            found = sorted(found, key=lambda account: account.id)
        if order_by and order_by["direction"] == "DESC":
            found = found[::-1]
        return Connection.of(window, [OrganizationView(self.reader, each) for each in found])

    def organization(self, login: str) -> OrganizationView | None:
        """An organization that the person belongs to."""
        found = accounts.by_login(self.reader.connection, self.reader.site, login)
        if found is None or found.kind != "organization":
            return None
        role = users.role_in(self.reader.connection, found, self.account)
        return OrganizationView(self.reader, found) if role else None

    def issues(self, window: Window, **wanted: Any) -> Connection:
        """The issues that the person wrote, as far as the caller sees them."""
        return issues_by(self.reader, self.account, window, **wanted)

    def pull_requests(self, window: Window, **wanted: Any) -> Connection:
        """The pull requests that the person wrote, as far as the caller sees them."""
        return pulls_by(self.reader, self.account, window, **wanted)

    def starred_repositories(
        self, window: Window, order_by: Mapping[str, str] | None = None, owned_by_viewer: bool | None = None
    ) -> Connection:
        """The repositories that the person keeps a star for."""
        return starred_by(self.reader, self.account, window, order_by=order_by, owned_by_viewer=owned_by_viewer)


class OrganizationView(OwnerView):
    """An account that several people share."""

    typename = "Organization"
    description = website_url = None
    is_verified = False

    @property
    def email(self) -> str | None:
        """The address."""
        return self.account.email or None

    @cached_property
    def role(self) -> str | None:
        """The caller's role: admin, member, None for strangers."""
        return users.role_in(self.reader.connection, self.account, self.reader.viewer)

    @property
    def viewer_is_a_member(self) -> bool:
        """Whether the caller belongs to it."""
        return self.role is not None

    @property
    def viewer_can_administer(self) -> bool:
        """Whether the caller is one of its owners."""
        return self.role == "admin"

    @property
    def viewer_can_create_repositories(self) -> bool:
        """Whether the caller may make repositories in it."""
        return self.role is not None

    def members_with_role(self, window: Window) -> Connection:
        """Its members."""
        connection = self.reader.connection
        admins = {each.id for each in users.members_of(connection, self.account, role="admin")}
        found = users.members_of(connection, self.account, only_public=self.role is None)
        return Connection.of(
            window,
            [UserView(self.reader, each) for each in found],
            edge_fields=lambda _, node: {"role": "ADMIN" if node.account.id in admins else "MEMBER"},
        )

    def teams(self, window: Window, **wanted: Any) -> Connection:
        """Its teams, as far as the caller sees them."""
        return teams_of(self.reader, self.account, window, **wanted)

    def team(self, slug: str) -> Any:
        """One of its teams."""
        return team_named(self.reader, self.account, slug)


_KINDS: Mapping[str, type[ActorView]] = {"user": UserView, "organization": OrganizationView, "bot": BotView}


def actor_view(reader: Reader, account: Account | None) -> ActorView | None:
    """The view of an account of any kind, None for nobody."""
    return None if account is None else _KINDS[account.kind](reader, account)


def user_views(reader: Reader, found: Sequence[Account | None]) -> list[UserView]:
    """The people among some accounts."""
    return [UserView(reader, account) for account in found if account is not None and account.kind == "user"]


def owner_named(reader: Reader, login: str, *, kind: str | None = None) -> ActorView | None:
    """A user or organization by login; a `kind` leaves the other out.

    Raises Problem when there is none, worded for what was asked for.
    """
    account = accounts.by_login(reader.connection, reader.site, login)
    if account is None or account.kind not in ("user", "organization") or (kind and account.kind != kind):
        what = {"user": "a User", "organization": "an Organization"}.get(kind or "", "a User")
        raise not_found(f"Could not resolve to {what} with the login of '{login[:100]}'.")
    return actor_view(reader, account)

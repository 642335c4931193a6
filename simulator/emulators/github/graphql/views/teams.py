"""Teams of organizations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import Numbered, Paged, show
from simulator.emulators.github.state import team_members, teams
from simulator.emulators.github.state.teams import Team
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account

_PRIVACY = {"closed": "VISIBLE", "secret": "SECRET"}
_ALL = 1000


class TeamView(Numbered, Paged):
    """A group of an organization's people."""

    typename = "Team"

    def __init__(self, reader: Reader, team: Team) -> None:
        super().__init__(reader)
        self.team = team
        self.number_in_site = team.id
        self.name = team.name
        self.slug = team.slug
        self.description = team.description
        self.privacy = _PRIVACY[team.privacy]
        self.created_at = team.created_at
        self.updated_at = team.updated_at

    @property
    def _owner(self) -> Account:
        account = self.reader.accounts.get(self.team.organization_id)
        assert account is not None
        return account

    @property
    def organization(self) -> Any:
        """The organization."""
        return self.show("Organization", self._owner)

    @property
    def combined_slug(self) -> str:
        """The slug with the organization's login before it."""
        return f"{self._owner.login}/{self.slug}"

    @property
    def resource_path(self) -> str:
        """The team's page."""
        return f"/orgs/{self._owner.login}/teams/{self.slug}"

    def avatar_url(self, size: int | None = None) -> str:
        """The picture's address; all sizes are one drawing."""
        return self.reader.urls.html(f"/avatars/t/{self.team.id}?s={size or 400}&v=4")

    @property
    def parent_team(self) -> TeamView | None:
        """The team that this one is nested in."""
        if self.team.parent_id is None:
            return None
        parent = teams.team_by_id(self.reader.connection, self.reader.site, self.team.parent_id)
        return TeamView(self.reader, parent) if parent else None

    @property
    def viewer_can_administer(self) -> bool:
        """Whether the caller may change the team."""
        return team_members.role_in_team(self.reader.connection, self.team, self.reader.viewer) == "maintainer"

    def child_teams(self, window: Window, **_wanted: Any) -> Connection:
        """The teams directly below."""
        connection, viewer = self.reader.connection, self.reader.viewer
        found, _ = teams.child_teams(connection, self.team, viewer, offset=0, limit=_ALL)
        return Connection.of(window, [TeamView(self.reader, each) for each in found])

    def members(self, window: Window, role: str | None = None, **_wanted: Any) -> Connection:
        """Its members with those of nested teams."""
        connection = self.reader.connection
        maintainers = team_members.members_of_team(connection, self.team, role="maintainer")[0]
        leading = {each.id for each in maintainers}
        found = team_members.members_of_team(connection, self.team, role=role.lower() if role else None)[0]
        return Connection.of(
            window,
            [self.show("User", each) for each in found],
            edge_fields=lambda _, node: {"role": "MAINTAINER" if node.account.id in leading else "MEMBER"},
        )


def teams_of(
    reader: Reader,
    organization: Account,
    window: Window,
    *,
    privacy: str | None = None,
    query: str | None = None,
    user_logins: Sequence[str] | None = None,
    **_wanted: Any,
) -> Connection:
    """The organization's teams that the caller may see."""
    found, _ = teams.teams_of_organization(reader.connection, organization, reader.viewer, offset=0, limit=_ALL)
    if privacy:
        found = [each for each in found if _PRIVACY[each.privacy] == privacy]
    if query:
        found = [each for each in found if query.lower() in each.name.lower()]
    for login in user_logins or ():
        account = accounts.by_login(reader.connection, reader.site, login)
        ids = teams.team_ids_of_account(reader.connection, account) if account else set()
        found = [each for each in found if each.id in ids]
    return Connection.of(window, [TeamView(reader, each) for each in found])


def team_named(reader: Reader, organization: Account, slug: str) -> TeamView | None:
    """One of the organization's teams, if the caller may see it."""
    found = teams.find_team(reader.connection, organization, slug)
    if found is None or not teams.sees(reader.connection, found, reader.viewer):
        return None
    return show(reader, "Team", found)  # type: ignore[no-any-return]

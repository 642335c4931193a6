"""Teams as GitHub writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.payloads.organizations import public_organization
from simulator.emulators.github.payloads.repositories import full_repository, permissions
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state import profiles, users
from simulator.emulators.github.state.permissions import role_name
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.repository_facts import facts_of
from simulator.emulators.github.state.team_members import members_of_team
from simulator.emulators.github.state.team_repositories import count_of_repositories
from simulator.emulators.github.state.team_review_requests import TeamWithParent
from simulator.emulators.github.state.teams import Team, teams_by_ids
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def team_path(team: Team) -> str:
    """A team's path in the REST API; names may change, numbers do not."""
    return f"/organizations/{team.organization_id}/team/{team.id}"


def team_payloads(connection: Connection, teams: Sequence[Team], urls: Urls) -> list[dict[str, Any]]:
    """The short form, as lists have it: with the team above."""
    if not teams:
        return []
    site = teams[0].site
    parents = teams_by_ids(connection, site, (team.parent_id for team in teams))
    organizations = users.by_ids(connection, site, (team.organization_id for team in teams))
    bodies = []
    for team in teams:
        login = organizations[team.organization_id].login
        bodies += embedded_teams([(team, parents.get(team.parent_id or 0))], login, urls)
    return bodies


def embedded_teams(found: Sequence[TeamWithParent], login: str, urls: Urls) -> list[dict[str, Any]]:
    """Teams of one organization in their short form, as pull requests have those that are asked for a review."""
    return [
        {**simple_team(team, login, urls), "parent": simple_team(parent, login, urls) if parent else None}
        for team, parent in found
    ]


def full_teams(connection: Connection, teams: Sequence[Team], urls: Urls) -> list[dict[str, Any]]:
    """The long form: with counts and the organization."""
    organizations = users.by_ids(connection, teams[0].site, (team.organization_id for team in teams)) if teams else {}
    shown = {each.id: _organization(connection, each, urls) for each in organizations.values()}
    bodies = team_payloads(connection, teams, urls)
    for team, body in zip(teams, bodies, strict=True):
        body |= {
            "created_at": stamp_seconds(team.created_at),
            "updated_at": stamp_seconds(team.updated_at),
            "members_count": members_of_team(connection, team, limit=1)[1],
            "repos_count": count_of_repositories(connection, team),
            "organization": shown[team.organization_id],
        }
    return bodies


def simple_team(team: Team, login: str, urls: Urls) -> dict[str, Any]:
    """What every form has. `login` is the organization's."""
    url = urls.api(team_path(team))
    return {
        "name": team.name,
        "id": team.id,
        "node_id": node_id("Team", team.id),
        "slug": team.slug,
        "description": team.description,
        "privacy": team.privacy,
        "notification_setting": team.notifications,
        "url": url,
        "html_url": urls.html(f"/orgs/{login}/teams/{team.slug}"),
        "members_url": f"{url}/members{{/member}}",
        "repositories_url": f"{url}/repos",
        "permission": team.permission,
        "type": "organization",
        "organization_id": team.organization_id,
    }


def teams_of_repository_payload(
    connection: Connection, found: Sequence[tuple[Team, str]], urls: Urls
) -> list[dict[str, Any]]:
    """Teams with what each may do in one repository."""
    bodies = team_payloads(connection, [team for team, _ in found], urls)
    return [
        {**body, "permission": permission, "permissions": permissions(permission), "access_source": "direct"}
        for body, (_, permission) in zip(bodies, found, strict=True)
    ]


def team_repository_payloads(
    connection: Connection, instance: Instance, found: Sequence[tuple[Repository, str]], urls: Urls
) -> list[dict[str, Any]]:
    """Repositories with what a team may do in each."""
    facts = facts_of(connection, instance, [repository for repository, _ in found])
    return [
        full_repository(repository, urls, facts=facts[repository.id], permission=permission)
        | {"role_name": role_name(permission)}
        for repository, permission in found
    ]


def membership_payload(team: Team, account: Account, role: str, urls: Urls) -> dict[str, Any]:
    """Somebody's membership in a team. All are active: nobody is waited for."""
    return {"url": urls.api(f"{team_path(team)}/memberships/{account.login}"), "role": role, "state": "active"}


def _organization(connection: Connection, organization: Account, urls: Urls) -> dict[str, Any]:
    counts = profiles.repository_counts(connection, organization, None)
    return public_organization(organization, profiles.profile_of(connection, organization), counts, urls)


def team_of_notice(connection: Connection, team: Team, urls: Urls) -> dict[str, Any]:
    """A team as webhooks write it."""
    [body] = team_payloads(connection, [team], urls)
    for part in (body, body["parent"] or {}):
        for name in ("type", "organization_id"):
            part.pop(name, None)
    return body

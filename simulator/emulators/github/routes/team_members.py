"""Who belongs to a team. Whoever is let in belongs at once, as on GitHub Enterprise Server: nobody has to accept."""

from __future__ import annotations

from flask import Response

from simulator.emulators.github.errors import Forbidden, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields, word_argument
from simulator.emulators.github.organization_desk import OrganizationChange, named_person
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.teams import membership_payload
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state import memberships
from simulator.emulators.github.state.team_members import add_member, members_of_team, remove_member, role_in_team
from simulator.emulators.github.state.teams import Team
from simulator.emulators.github.state.users import role_in
from simulator.emulators.github.team_desk import at_team, need_maintainer, team_blueprint, team_change, team_place
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = team_blueprint("team_members", __name__)

_NOT_MAINTAINER = "You must be an organization owner or team maintainer to change a team's members."


@at_team(blueprint, "/members", "GET")
def list_members() -> Response:
    """https://docs.github.com/en/rest/teams/members#list-team-members"""
    page, urls = asked_page(), Urls.of_request()
    role = word_argument("role", ("all", "member", "maintainer"), "all")
    with team_place() as (place, team):
        found, total = members_of_team(
            place.connection, team, role=None if role == "all" else role, offset=page.offset, limit=page.size
        )
    return page_reply([simple_user(member, urls) for member in found], page=page, total=total)


@at_team(blueprint, "/members/<login>", "GET")
def is_member(login: str) -> Response:
    """https://docs.github.com/en/rest/teams/members#get-team-member-legacy"""
    with team_place() as (place, team):
        if role_in_team(place.connection, team, named_person(place.connection, login)) is None:
            raise NotFound
    return reply(None, 204)


@at_team(blueprint, "/memberships/<login>", "GET")
def get_membership(login: str) -> Response:
    """https://docs.github.com/en/rest/teams/members#get-team-membership-for-a-user"""
    with team_place() as (place, team):
        account = named_person(place.connection, login)
        role = role_in_team(place.connection, team, account)
        if role is None:
            raise NotFound
        return reply(membership_payload(team, account, role, Urls.of_request()))


@at_team(blueprint, "/memberships/<login>", "PUT")
def set_membership(login: str) -> Response:
    """https://docs.github.com/en/rest/teams/members#add-or-update-team-membership-for-a-user"""
    role = Fields(json_body(), "TeamMembership").choice("role", ("member", "maintainer")) or "member"
    with team_change() as (change, team):
        account = _let_in(change, team, login, role)
        shown = role_in_team(change.connection, team, account) or role
        return reply(membership_payload(team, account, shown, Urls.of_request()))


@at_team(blueprint, "/members/<login>", "PUT")
def add_member_directly(login: str) -> Response:
    """https://docs.github.com/en/rest/teams/members#add-team-member-legacy"""
    with team_change() as (change, team):
        _let_in(change, team, login, "member")
    return reply(None, 204)


@at_team(blueprint, "/members/<login>", "DELETE")
@at_team(blueprint, "/memberships/<login>", "DELETE")
def remove(login: str) -> Response:
    """https://docs.github.com/en/rest/teams/members#remove-team-membership-for-a-user"""
    with team_change() as (change, team):
        account = named_person(change.connection, login)
        if account.id != change.actor.id:
            need_maintainer(change, team, _NOT_MAINTAINER)
        if not remove_member(change.connection, team, account):
            raise NotFound
        change.tell("membership", "removed", team=team, member=account)
    return reply(None, 204)


def _let_in(change: OrganizationChange, team: Team, login: str, role: str) -> Account:
    need_maintainer(change, team, _NOT_MAINTAINER)
    account = accounts.by_login(change.connection, team.site, login)
    if account is None:
        raise NotFound
    if account.kind == "organization":
        raise ValidationFailed(message="Cannot add an organization as a member.")
    if role_in(change.connection, change.organization, account) is None:
        _join(change, account)
    if add_member(change.connection, team, account, role=role):
        change.tell("membership", "added", team=team, member=account)
    return account


def _join(change: OrganizationChange, account: Account) -> None:
    if not change.is_owner:
        raise Forbidden("Only organization owners can add people who are not members of the organization.")
    memberships.set_role(change.connection, change.organization, account, role="member")
    membership = memberships.find_membership(change.connection, change.organization, account)
    change.tell("organization", "member_added", membership=membership)

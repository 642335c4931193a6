"""Who belongs to an organization. Whoever is let in belongs at once, as on GitHub Enterprise Server: nobody has to accept."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.auth import signed_in
from simulator.emulators.github.errors import Forbidden, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields, word_argument
from simulator.emulators.github.organization_desk import (
    OrganizationChange,
    OrganizationPlace,
    named_organization,
    named_person,
    organization_change,
    organization_place,
)
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.organizations import membership_payload
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state import memberships
from simulator.emulators.github.state.memberships import Membership
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("organization_members", __name__, url_prefix="/api/v3")

_NOT_OWNER = "You must be an admin to add or update an organization membership."
_NO_REMOVAL = "You must be an admin to remove a user from the organization."
_LAST_OWNER = "You can't remove the last owner of an organization."


@blueprint.get("/orgs/<login>/members")
def list_members(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#list-organization-members"""
    role = word_argument("role", ("all", "admin", "member"), "all")
    if word_argument("filter", ("2fa_disabled", "2fa_insecure", "all"), "all") != "all":
        return _filtered_by_factors(login)
    with organization_place(login) as place:
        return _list(place, role=None if role == "all" else role, only_public=not place.knows_members)


@blueprint.get("/orgs/<login>/public_members")
def list_public_members(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#list-public-organization-members"""
    with organization_place(login) as place:
        return _list(place, role=None, only_public=True)


@blueprint.get("/orgs/<login>/members/<member>")
def is_member(login: str, member: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#check-organization-membership-for-a-user"""
    with organization_place(login) as place:
        if not place.knows_members:  # strangers are sent to what everybody may know
            address = Urls.of_request().api(f"/orgs/{place.organization.login}/public_members/{member}")
            return reply(None, 302, {"Location": address})
        _found(place, member)
    return reply(None, 204)


@blueprint.delete("/orgs/<login>/members/<member>")
@blueprint.delete("/orgs/<login>/memberships/<member>")
def remove_member(login: str, member: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#remove-organization-membership-for-a-user"""
    with organization_change(login) as change:
        found = _found(change, member)
        if found.account.id != change.actor.id:
            change.need_owner(_NO_REMOVAL)
        if memberships.is_last_owner(change.connection, change.organization, found.account):
            raise Forbidden(_LAST_OWNER)
        memberships.remove(change.connection, change.organization, found.account)
        change.tell("organization", "member_removed", membership=found)
    return reply(None, 204)


@blueprint.get("/orgs/<login>/public_members/<member>")
def is_public_member(login: str, member: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#check-public-organization-membership-for-a-user"""
    with organization_place(login) as place:
        if not _found(place, member).public:
            raise NotFound
    return reply(None, 204)


@blueprint.put("/orgs/<login>/public_members/<member>")
def publicize(login: str, member: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#set-public-organization-membership-for-the-authenticated-user"""
    return _let_know(login, member, public=True)


@blueprint.delete("/orgs/<login>/public_members/<member>")
def conceal(login: str, member: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#remove-public-organization-membership-for-the-authenticated-user"""
    return _let_know(login, member, public=False)


@blueprint.get("/orgs/<login>/memberships/<member>")
def get_membership(login: str, member: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#get-organization-membership-for-a-user"""
    with organization_place(login) as place:
        account = named_person(place.connection, member)
        if place.role is None:
            words = f"You must be a member of {place.organization.login} to see membership information for "
            raise Forbidden(f"{words}{account.login}.")
        return reply(membership_payload(_found(place, member), Urls.of_request()))


@blueprint.put("/orgs/<login>/memberships/<member>")
def set_membership(login: str, member: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#set-organization-membership-for-a-user"""
    role = Fields(json_body(), "OrganizationMembership").choice("role", ("admin", "member")) or "member"
    with organization_change(login) as change:
        change.need_owner(_NOT_OWNER)
        account = _person_to_add(change, member)
        if role == "member" and memberships.is_last_owner(change.connection, change.organization, account):
            raise Forbidden("You can't demote the last owner of an organization.")
        is_new = memberships.set_role(change.connection, change.organization, account, role=role)
        membership = _found(change, member)
        if is_new:
            change.tell("organization", "member_added", membership=membership)
        return reply(membership_payload(membership, Urls.of_request()))


@blueprint.get("/user/memberships/orgs")
def own_memberships() -> Response:
    """https://docs.github.com/en/rest/orgs/members#list-organization-memberships-for-the-authenticated-user"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        found, total = memberships.memberships_page(
            connection, signed_in(connection), only_public=False, offset=page.offset, limit=page.size
        )
    return page_reply([membership_payload(each, urls) for each in found], page=page, total=total)


@blueprint.get("/user/memberships/orgs/<login>")
def own_membership(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/members#get-an-organization-membership-for-the-authenticated-user"""
    with instance().database.reading() as connection:
        account = signed_in(connection)
        found = memberships.find_membership(connection, named_organization(connection, login), account)
    if found is None:
        raise NotFound
    return reply(membership_payload(found, Urls.of_request()))


def _list(place: OrganizationPlace, *, role: str | None, only_public: bool) -> Response:
    page, urls = asked_page(), Urls.of_request()
    found, total = memberships.members_page(
        place.connection, place.organization, role=role, only_public=only_public, offset=page.offset, limit=page.size
    )
    return page_reply([simple_user(member, urls) for member in found], page=page, total=total)


def _filtered_by_factors(login: str) -> Response:
    with organization_place(login) as place:  # everybody here has a second factor
        if place.role != "admin":
            raise ValidationFailed(message="Only owners can use this filter.")
    return page_reply([], page=asked_page(), total=0)


def _let_know(login: str, member: str, *, public: bool) -> Response:
    with organization_change(login) as change:
        found = _found(change, member)
        if found.account.id != change.actor.id:
            raise Forbidden("You can only publicize or conceal your own organization membership.")
        memberships.publicize(change.connection, change.organization, found.account, public=public)
    return reply(None, 204)


def _found(place: OrganizationPlace, login: str) -> Membership:
    account = named_person(place.connection, login)
    found = memberships.find_membership(place.connection, place.organization, account)
    if found is None:
        raise NotFound
    return found


def _person_to_add(change: OrganizationChange, login: str) -> Account:
    account = accounts.by_login(change.connection, change.organization.site, login)
    if account is None:
        raise NotFound
    if account.kind == "organization":
        raise ValidationFailed(message="An organization can not be a member of an organization.")
    return account

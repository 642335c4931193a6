"""Organizations: what they tell of themselves, how their owners set them, and whose they are."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response

from simulator.emulators.github.auth import account_of_caller, reads_as, signed_in
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.organization_desk import (
    OrganizationPlace,
    named_person,
    organization_change,
    organization_place,
)
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.organizations import ORGANIZATION_TEXTS, SETTINGS, organization_payload
from simulator.emulators.github.payloads.users import organization_entry
from simulator.emulators.github.state.memberships import members_page, memberships_page
from simulator.emulators.github.state.profiles import edit_profile, profile_of, repository_counts
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("organizations", __name__, url_prefix="/api/v3")

_NOT_OWNER = "Must have admin rights to Organization."
_LONGEST = 255
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_CHOICES = {
    "default_repository_permission": ("read", "write", "admin", "none"),
    "members_allowed_repository_creation_type": ("all", "private", "none"),
}
_CREATION = {  # what the old setting says of the newer ones
    "all": (True, True, True),
    "private": (True, False, True),
    "none": (False, False, False),
}


@blueprint.get("/orgs/<login>")
def get_organization(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/orgs#get-an-organization"""
    with organization_place(login) as place:
        return reply(_body(place))


@blueprint.patch("/orgs/<login>")
def edit_organization(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/orgs#update-an-organization"""
    fields = Fields(json_body(), "Organization")
    with organization_change(login) as change:
        change.need_owner(_NOT_OWNER)
        changes, name = _changes(fields), fields.text("name", limit=_LONGEST)
        edit_profile(change.connection, change.organization, changes, at=change.at, name=name)
    with organization_place(login) as place:
        return reply(_body(place))


@blueprint.get("/user/orgs")
def own_organizations() -> Response:
    """https://docs.github.com/en/rest/orgs/orgs#list-organizations-for-the-authenticated-user"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        found, total = memberships_page(
            connection, signed_in(connection), only_public=False, offset=page.offset, limit=page.size
        )
    return page_reply([organization_entry(each.organization, urls) for each in found], page=page, total=total)


@blueprint.get("/users/<login>/orgs")
def organizations_of_user(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/orgs#list-organizations-for-a-user"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        account_of_caller(connection)
        found, total = memberships_page(
            connection, named_person(connection, login), only_public=True, offset=page.offset, limit=page.size
        )
    return page_reply([organization_entry(each.organization, urls) for each in found], page=page, total=total)


def _body(place: OrganizationPlace) -> dict[str, Any]:
    connection, organization = place.connection, place.organization
    _, seats = members_page(connection, organization, role=None, only_public=False, offset=0, limit=1)
    return organization_payload(
        organization,
        profile_of(connection, organization),
        repository_counts(connection, organization, reads_as(connection)),
        Urls.of_request(),
        role=place.role if place.knows_members else None,
        seats=seats,
    )


def _changes(fields: Fields) -> dict[str, Any]:
    changes: dict[str, Any] = {
        name: fields.text(name, limit=_LONGEST) for name in (*ORGANIZATION_TEXTS, "billing_email") if name in fields
    }
    for name in ("email", "billing_email"):
        if changes.get(name) and not _EMAIL.fullmatch(changes[name]):
            raise fields.failed(name, "invalid")
    for name in ("has_organization_projects", "has_repository_projects", *SETTINGS):
        if fields.body.get(name) is not None:
            changes[name] = _setting(fields, name)
    return _spelt_out(changes)


def _setting(fields: Fields, name: str) -> bool | str | None:
    if name in _CHOICES:
        return fields.choice(name, _CHOICES[name])
    if name.endswith("_custom_link"):
        return fields.text(name, limit=_LONGEST)
    return fields.flag(name)


def _spelt_out(changes: dict[str, Any]) -> dict[str, Any]:
    kind = changes.get("members_allowed_repository_creation_type")
    if kind is None:
        return changes
    any_, public, private = _CREATION[kind]
    return {
        "members_can_create_repositories": any_,
        "members_can_create_public_repositories": public,
        "members_can_create_private_repositories": private,
        **changes,
    }

"""Lists of repositories: one's own, somebody's, an organization's. Private ones only for tokens with the scope `repo`."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import account_of_caller, reads_as, signed_in
from simulator.emulators.github.errors import NotFound, ValidationFailed
from simulator.emulators.github.fields import instant_argument, word_argument
from simulator.emulators.github.organization_desk import named_organization
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.repository_bodies import repository_bodies
from simulator.emulators.github.state.repository_lists import AFFILIATIONS, SORTS, Wanted, page_of
from simulator.emulators.kit import accounts
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import site

blueprint = Blueprint("repository_lists", __name__, url_prefix="/api/v3")

_WAYS_OF_TYPE = {"owner": ("owner",), "member": ("collaborator", "organization_member")}


@blueprint.get("/user/repos")
def own_repositories() -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-repositories-for-the-authenticated-user"""
    kind = word_argument("type", ("all", "owner", "public", "private", "member"), "all")
    visibility = word_argument("visibility", ("all", "public", "private"), "all")
    if "type" in request.args and ("visibility" in request.args or "affiliation" in request.args):
        raise ValidationFailed(message="If you specify visibility or affiliation, you cannot specify a type.")
    ways = _WAYS_OF_TYPE.get(kind) or _affiliation()
    with instance().database.reading() as connection:
        wanted = Wanted(
            viewer=reads_as(connection),
            had_by=signed_in(connection),
            ways=ways,
            kind=visibility if visibility != "all" else kind,
            after=instant_argument("since"),
            before=instant_argument("before"),
        )
        return _list(connection, wanted, usual_sort="full_name")


@blueprint.get("/users/<login>/repos")
def repositories_of_user(login: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-repositories-for-a-user"""
    kind = word_argument("type", ("all", "owner", "member"), "owner")
    with instance().database.reading() as connection:
        account_of_caller(connection)
        owner = accounts.by_login(connection, site(), login)
        if owner is None:
            raise NotFound
        wanted = Wanted(viewer=reads_as(connection), had_by=owner, ways=_WAYS_OF_TYPE.get(kind, AFFILIATIONS))
        return _list(connection, wanted, usual_sort="full_name")


@blueprint.get("/orgs/<login>/repos")
def repositories_of_organization(login: str) -> Response:
    """https://docs.github.com/en/rest/repos/repos#list-organization-repositories"""
    with instance().database.reading() as connection:
        account_of_caller(connection)
        wanted = Wanted(
            viewer=reads_as(connection),
            owner=named_organization(connection, login),
            kind=request.args.get("type", "all"),
        )
        return _list(connection, wanted, usual_sort="created")


def _affiliation() -> tuple[str, ...]:
    given = [word.strip() for word in request.args.get("affiliation", "").split(",") if word.strip()]
    if any(word not in AFFILIATIONS for word in given):
        raise ValidationFailed(message="Affiliation is not included in the list")
    return tuple(dict.fromkeys(given)) or AFFILIATIONS


def _list(connection: Connection, wanted: Wanted, *, usual_sort: str) -> Response:
    page = asked_page()
    sort = word_argument("sort", SORTS, usual_sort)
    direction = word_argument("direction", ("asc", "desc"), "asc" if sort == "full_name" else "desc")
    ordered = replace(wanted, sort=sort, descending=direction == "desc")
    found, total = page_of(connection, site(), ordered, offset=page.offset, limit=page.size)
    bodies = repository_bodies(connection, instance(), found, account_of_caller(connection), Urls.of_request())
    return page_reply(bodies, page=page, total=total)

"""Issues of the caller over many repositories."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from simulator.emulators.github.auth import has_scope, signed_in
from simulator.emulators.github.errors import NotFound
from simulator.emulators.github.fields import since_argument, word_argument
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.issues_across import issues_across
from simulator.emulators.github.state.issue_collections import RELATIONS, Collection, list_issues_of
from simulator.emulators.github.state.issue_lists import IssueFilter
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import site

blueprint = Blueprint("issue_collections", __name__, url_prefix="/api/v3")


@blueprint.get("/issues")
def everywhere() -> Response:
    """https://docs.github.com/en/rest/issues/issues#list-issues-assigned-to-the-authenticated-user"""
    with instance().database.reading() as connection:
        return _listed(connection, signed_in(connection), Collection(relation=_relation()))


@blueprint.get("/user/issues")
def own() -> Response:
    """https://docs.github.com/en/rest/issues/issues#list-user-account-issues-assigned-to-the-authenticated-user"""
    with instance().database.reading() as connection:
        return _listed(connection, signed_in(connection), Collection(relation=_relation(), own=True))


@blueprint.get("/orgs/<login>/issues")
def of_organization(login: str) -> Response:
    """https://docs.github.com/en/rest/issues/issues#list-organization-issues-assigned-to-the-authenticated-user"""
    with instance().database.reading() as connection:
        person = signed_in(connection)
        owner = accounts.by_login(connection, site(), login)
        if owner is None or owner.kind != "organization":
            raise NotFound
        return _listed(connection, person, Collection(relation=_relation(), owner=owner))


def _listed(connection: Connection, person: Account, collection: Collection) -> Response:
    page = asked_page()
    collection = replace(collection, private_too=has_scope(connection, "repo"))
    found = list_issues_of(connection, person, collection, _filter(), offset=page.offset, limit=page.size)
    urls = Urls.of_request()
    bodies = issues_across(connection, instance(), found.issues, found.repositories, urls, with_repository=True)
    return page_reply(bodies, page=page, total=found.total)


def _relation() -> str:
    return word_argument("filter", RELATIONS, "assigned")


def _filter() -> IssueFilter:
    labels = [label.strip() for label in request.args.get("labels", "").split(",")]
    return IssueFilter(
        state=word_argument("state", ("open", "closed", "all"), "open"),
        labels=tuple(label for label in labels if label),
        pulls=False if request.args.get("pulls") == "false" else None,
        since=since_argument(),
        sort=word_argument("sort", ("created", "updated", "comments"), "created"),
        direction=word_argument("direction", ("asc", "desc"), "desc"),
    )

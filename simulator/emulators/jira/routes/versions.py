"""Versions of projects."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest, NoProject
from simulator.emulators.jira.params import page, text, words
from simulator.emulators.jira.payloads import parts
from simulator.emulators.jira.payloads.pages import paged
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state import versions
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.parts_meta import Version
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("versions", __name__)

_ORDERS = {
    "description": lambda v: v.description.lower(),
    "name": lambda v: v.name.lower(),
    "releaseDate": lambda v: (v.release_on or date.max, v.position),
    "sequence": lambda v: v.position,
    "startDate": lambda v: (v.start_on or date.max, v.position),
}


@platform.get("/project/<key>/versions")
def project_versions(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-project-projectidorkey-versions-get"""
    with reading() as session:
        found = versions.versions_of(session.context, session.context.meta.project(key))
        return reply(parts.versions(session, found, expand=words("expand")))


@platform.get("/project/<key>/version")
def project_versions_page(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-project-projectidorkey-version-get"""
    asked = page()
    with reading() as session:
        found = _chosen(versions.versions_of(session.context, session.context.meta.project(key)))
        shown = found[asked.start : asked.start + asked.limit]
        values = parts.versions(session, shown, expand=words("expand"))
        where = f"/project/{key}/version"
        return reply(paged(asked, values, total=len(found), address=session.rest(where)))


@platform.post("/version")
def post_version() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-post"""
    given = json_body()
    with writing() as session:
        made = versions.create_version(session.context, _project(session.context, given), _values(given))
        return reply(parts.version(session, made, expand=words("expand")), 201)


@platform.get("/version/<number>")
def get_version(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-id-get"""
    with reading() as session:
        return reply(parts.version(session, versions.find_version(session.context, number), expand=words("expand")))


@platform.put("/version/<number>")
def put_version(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-id-put"""
    given = json_body()
    with writing() as session:
        context = session.context
        found = versions.find_version(context, number, administered=True)
        if given.get("moveUnfixedIssuesTo"):
            versions.move_unfixed(context, found, _by_address(context, given["moveUnfixedIssuesTo"]))
        changed = versions.edit_version(context, found, _values(given))
        return reply(parts.version(session, changed, expand=words("expand")))


@platform.delete("/version/<number>")
def remove_version(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-id-delete"""
    return _delete(number, dict(request.args))


@platform.post("/version/<number>/removeAndSwap")
def remove_and_swap(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-id-removeandswap-post"""
    return _delete(number, json_body())


@platform.put("/version/<number>/mergeto/<target>")
def merge_version(number: str, target: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-id-mergeto-moveissuesto-put"""
    return _delete(number, {"moveFixIssuesTo": target, "moveAffectedIssuesTo": target})


@platform.post("/version/<number>/move")
def move_version(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-id-move-post"""
    given = json_body()
    if ("after" in given) == ("position" in given):
        raise BadRequest("Exactly one of 'after' and 'position' must be given.")
    with writing() as session:
        context = session.context
        found = versions.find_version(context, number, administered=True)
        after = _by_address(context, given["after"]) if "after" in given else None
        moved = versions.move_version(context, found, after=after, position=text(given, "position") or None)
        return reply(parts.version(session, moved))


@platform.get("/version/<number>/relatedIssueCounts")
def related_counts(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-id-relatedissuecounts-get"""
    with reading() as session:
        found = versions.find_version(session.context, number)
        return reply(
            {
                "self": session.rest(f"/version/{found.id}"),
                "issuesFixedCount": versions.count_issues(session.context, found, "fixVersions"),
                "issuesAffectedCount": versions.count_issues(session.context, found, "versions"),
                "issueCountWithCustomFieldsShowingVersion": 0,
                "customFieldUsage": [],
            }
        )


@platform.get("/version/<number>/unresolvedIssueCount")
def unresolved_count(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-id-unresolvedissuecount-get"""
    with reading() as session:
        found = versions.find_version(session.context, number)
        unresolved = versions.count_issues(session.context, found, "fixVersions", unresolved=True)
        return reply(
            {
                "self": session.rest(f"/version/{found.id}"),
                "issuesUnresolvedCount": unresolved,
                "issuesCount": versions.count_issues(session.context, found, "fixVersions"),
            }
        )


def _delete(number: str, given: dict[str, Any]) -> Response:
    """Delete a version, its issues moved as `moveFixIssuesTo` and `moveAffectedIssuesTo` say."""
    if given.get("customFieldReplacementList"):
        raise BadRequest("There are no custom fields that hold versions.")
    with writing() as session:
        context = session.context
        found = versions.find_version(context, number, administered=True)
        fix_to, affected_to = (_target(context, given.get(f"move{kind}IssuesTo")) for kind in ("Fix", "Affected"))
        versions.delete_version(context, found, fix_to=fix_to, affected_to=affected_to)
        return reply(None, 204)


def _target(context: Context, value: object) -> Version | None:
    return None if value in (None, "") else versions.find_version(context, str(value))


def _by_address(context: Context, address: object) -> Version:
    """The version of a `self`. Raises NotFound."""
    return versions.find_version(context, str(address).rstrip("/").rpartition("/")[2])


def _project(context: Context, given: dict[str, Any]) -> Project:
    wanted = given.get("projectId") or given.get("project")
    if not isinstance(wanted, int | str) or isinstance(wanted, bool):
        raise BadRequest(errors={"project": "Project is required."})
    try:
        return context.meta.project(wanted)
    except NoProject:
        raise NoProject(str(wanted)[:80]) from None


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """A version's values from a body. Raises BadRequest."""
    values: dict[str, Any] = {name: text(given, name) for name in ("name", "description") if name in given}
    for name in ("released", "archived"):
        if given.get(name) is not None:
            if not isinstance(given[name], bool):
                raise BadRequest(errors={name: "Expected a Boolean."})
            values[name] = given[name]
    for name, column in (("startDate", "start_on"), ("releaseDate", "release_on")):
        if name in given:
            values[column] = _day(name, given[name])
    return values


def _day(name: str, value: object) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
    except ValueError:
        raise BadRequest(errors={name: f"Error parsing date string: {str(value)[:40]}"}) from None


def _chosen(found: list[Version]) -> list[Version]:
    """Those that `query` and `status` ask for, in the order that `orderBy` asks for. Raises BadRequest."""
    query, status, order = request.args.get("query", "").lower(), set(words("status")), request.args.get("orderBy", "")
    name = order.lstrip("+- ")
    if order and name not in _ORDERS:
        raise BadRequest(f"The value '{order[:40]}' is not valid for the parameter 'orderBy'.")
    kept = [
        one
        for one in found
        if (query in one.name.lower() or query in one.description.lower())
        and (
            not status
            or {"released" if one.released else "unreleased", *(["archived"] if one.archived else [])} & status
        )
    ]
    return sorted(kept, key=_ORDERS[name or "sequence"], reverse=order.startswith("-"))

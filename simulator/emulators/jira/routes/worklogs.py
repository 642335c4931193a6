"""Work logged on issues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import listed, page, words
from simulator.emulators.jira.payloads.worklogs import worklog
from simulator.emulators.jira.session import Session, reading, writing
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.note_properties import note_properties
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.properties import listed_properties
from simulator.emulators.jira.state.work_logging import (
    Adjustment,
    delete_worklog,
    edit_worklog,
    log_work,
    read_adjustment,
)
from simulator.emulators.jira.state.worklogs import (
    PAGE,
    TouchedPage,
    Worklog,
    deleted_since,
    find_worklog,
    instant_of,
    millis_of,
    updated_since,
    worklog_page,
    worklogs_by_id,
)
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("worklogs", __name__)


@platform.get("/issue/<key>/worklog")
def list_worklogs(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklogs/#api-rest-api-3-issue-issueidorkey-worklog-get"""
    asked, after, before = page(5000, 5000), _instant("startedAfter"), _instant("startedBefore")
    with reading() as session:
        issue = find_issue(session.context, key)
        found, total = worklog_page(
            session.context, issue, start=asked.start, limit=asked.limit, after=after, before=before
        )
        shown = _shown(session, found)
        return reply({"startAt": asked.start, "maxResults": asked.limit, "total": total, "worklogs": shown})


@platform.post("/issue/<key>/worklog")
def post_worklog(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklogs/#api-rest-api-3-issue-issueidorkey-worklog-post"""
    given = json_body()
    with writing() as session:
        issue = find_issue(session.context, key, lock=True)
        made = log_work(session.context, issue, given, _adjustment("reduceBy"), api=session.api)
        return reply(_shown(session, [made])[0], 201)


@platform.get("/issue/<key>/worklog/<number>")
def get_worklog(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklogs/#api-rest-api-3-issue-issueidorkey-worklog-id-get"""
    with reading() as session:
        found = find_worklog(session.context, find_issue(session.context, key), number)
        return reply(_shown(session, [found])[0])


@platform.put("/issue/<key>/worklog/<number>")
def put_worklog(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklogs/#api-rest-api-3-issue-issueidorkey-worklog-id-put"""
    given = json_body()
    with writing() as session:
        issue = find_issue(session.context, key, lock=True)
        found = find_worklog(session.context, issue, number)
        changed = edit_worklog(session.context, issue, found, given, _adjustment(None), api=session.api)
        return reply(_shown(session, [changed])[0])


@platform.delete("/issue/<key>/worklog/<number>")
def remove_worklog(key: str, number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklogs/#api-rest-api-3-issue-issueidorkey-worklog-id-delete"""
    with writing() as session:
        issue = find_issue(session.context, key, lock=True)
        found = find_worklog(session.context, issue, number)
        delete_worklog(session.context, issue, found, _adjustment("increaseBy"))
        return reply(None, 204)


@platform.get("/worklog/updated")
def list_updated() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklogs/#api-rest-api-3-worklog-updated-get"""
    since = _instant("since") or instant_of(0)
    with reading() as session:
        return _touched(session, "updated", since, updated_since(session.context, since))


@platform.get("/worklog/deleted")
def list_deleted() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklogs/#api-rest-api-3-worklog-deleted-get"""
    since = _instant("since") or instant_of(0)
    with reading() as session:
        return _touched(session, "deleted", since, deleted_since(session.context, since))


@platform.post("/worklog/list")
def list_by_id() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklogs/#api-rest-api-3-worklog-list-post"""
    ids = listed(json_body(), "ids")
    if not all(isinstance(one, int) and not isinstance(one, bool) and abs(one) < 2**63 for one in ids):
        raise BadRequest("'ids' must be an array of numbers.")
    if len(ids) > PAGE:
        raise BadRequest(f"The maximum number of worklogs that can be asked for is {PAGE}.")
    with reading() as session:
        return reply(_shown(session, worklogs_by_id(session.context, ids)))


def _adjustment(by_name: str | None) -> Adjustment:
    given = request.args.get
    by = given(by_name) if by_name else None
    return read_adjustment(given("adjustEstimate"), new=given("newEstimate"), by=by, by_name=by_name)


def _instant(name: str) -> datetime | None:
    value = request.args.get(name)
    if not value:
        return None
    if not value.removeprefix("-").isdecimal() or len(value) > 18 or not value.isascii():
        raise BadRequest(f"The value '{value}' is not a valid number for the parameter '{name}'.")
    return instant_of(int(value))


def _shown(session: Session, found: Sequence[Worklog]) -> list[dict[str, object]]:
    people = people_by_id(session.context, {n for one in found for n in (one.author_id, one.editor_id)})
    shapes = [worklog(session, one, people) for one in found]
    if "properties" not in words("expand"):
        return shapes
    kept = note_properties(session.context, "worklog", [one.id for one in found])
    return [shape | {"properties": listed_properties(kept[one.id])} for shape, one in zip(shapes, found, strict=True)]


def _touched(session: Session, what: str, since: datetime, found: TouchedPage) -> Response:
    def address(instant: datetime) -> str:
        return session.rest(f"/worklog/{what}?{urlencode({'since': millis_of(instant)})}")

    values = [{"worklogId": one.id, "updatedTime": millis_of(one.at), "properties": []} for one in found.values]
    body = {
        "values": values,
        "since": millis_of(since),
        "until": millis_of(found.until),
        "self": address(since),
        "lastPage": found.last,
    }
    return reply(body if found.last else body | {"nextPage": address(found.until)})

"""What changed on issues: an issue's history in pages, chosen entries of it, the histories of many issues."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, Response

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.params import listed, number, numbers, page, strings, text
from simulator.emulators.jira.payloads.changelog import entry
from simulator.emulators.jira.session import Session, reading
from simulator.emulators.jira.state.change_pages import count_entries, entries_by_id, page_of_entries
from simulator.emulators.jira.state.changes import Entry
from simulator.emulators.jira.state.issues import find_issue, present_issues
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.tokens import make_token, read_token
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("histories", __name__)

MOST_ISSUES = 1000
MOST_FIELDS = 10
MOST_ENTRIES = 10_000


@platform.get("/issue/<key>/changelog")
def get_changelog(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-changelog-get

    Oldest entry first, unlike `expand=changelog`.
    """
    asked = page(100, 100)
    with reading() as session:
        issue = find_issue(session.context, key)
        total = count_entries(session.context, issue.id)
        shown = page_of_entries(session.context, [issue.id], start=asked.start, limit=asked.limit)
        last = asked.start + len(shown) >= total
        base = session.rest(f"/issue/{issue.key}/changelog?maxResults={asked.limit}&startAt=")
        head = {"self": f"{base}{asked.start}", "maxResults": asked.limit, "startAt": asked.start, "total": total}
        body = head | {"isLast": last, "values": _entries(session, shown)}
        more = {} if last or not shown else {"nextPage": f"{base}{asked.start + asked.limit}"}
        return reply(body | more)


@platform.post("/issue/<key>/changelog/list")
def list_changelog(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-changelog-list-post"""
    wanted = numbers(json_body(), "changelogIds")
    with reading() as session:
        issue = find_issue(session.context, key)
        found = _entries(session, entries_by_id(session.context, issue.id, wanted))
        return reply({"startAt": 0, "maxResults": len(found), "total": len(found), "histories": found})


@platform.post("/changelog/bulkfetch")
def fetch_changelogs() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-changelog-bulkfetch-post

    Entries of all these issues in the order of time, parted by issue within a page.
    """
    given = json_body()
    keys, fields = [str(one) for one in listed(given, "issueIdsOrKeys")], strings(given, "fieldIds")
    if not 1 <= len(keys) <= MOST_ISSUES:
        raise BadRequest(f"issueIdsOrKeys must hold between 1 and {MOST_ISSUES} issues.")
    if len(fields) > MOST_FIELDS:
        raise BadRequest(f"fieldIds must not hold more than {MOST_FIELDS} fields.")
    limit = number("maxResults", 1000, given)
    if not 1 <= limit <= MOST_ENTRIES:
        raise BadRequest(f"maxResults must be between 1 and {MOST_ENTRIES}.")
    asked = ",".join([*keys, "|", *fields])
    after = read_token(asked, text(given, "nextPageToken"))
    with reading() as session:
        ids = [issue.id for issue in present_issues(session.context, keys)]
        found = page_of_entries(session.context, ids, after=after, limit=limit + 1, fields=fields)
        body: dict[str, Any] = {"issueChangeLogs": _by_issue(session, found[:limit])}
        if len(found) > limit:
            body["nextPageToken"] = make_token(asked, found[limit - 1].id)
        return reply(body)


def _entries(session: Session, found: list[Entry]) -> list[dict[str, Any]]:
    people = people_by_id(session.context, {one.author_id for one in found})
    return [entry(session, one, people) for one in found]


def _by_issue(session: Session, found: list[Entry]) -> list[dict[str, Any]]:
    ordered = sorted(found, key=lambda one: one.issue_id)
    parted = groupby(ordered, key=lambda one: one.issue_id)
    return [{"issueId": str(number), "changeHistories": _entries(session, list(own))} for number, own in parted]

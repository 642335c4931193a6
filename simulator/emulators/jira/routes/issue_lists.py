"""Many issues at once: fetched by key, looked for while somebody types; and a note sent about one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.fields import selected
from simulator.emulators.jira.params import flag, listed, mapping, strings, text
from simulator.emulators.jira.payloads.picking import picked
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.showing import show_issues
from simulator.emulators.jira.state.issues import find_issue, issues_by_name
from simulator.emulators.jira.state.notes import check_receivers
from simulator.emulators.jira.state.picking import pick_issues
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("issue_lists", __name__)

MOST_FETCHED = 100


@platform.post("/issue/bulkfetch")
def fetch_issues() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-bulkfetch-post

    What is not there is named in `issueErrors`, as what the caller may not see.
    """
    given = json_body()
    keys = [str(one) for one in listed(given, "issueIdsOrKeys")]
    if not 1 <= len(keys) <= MOST_FETCHED:
        raise BadRequest(f"The number of issues to fetch must be between 1 and {MOST_FETCHED}.")
    fields, expand, properties = (strings(given, name) for name in ("fields", "expand", "properties"))
    with reading() as session:
        found = issues_by_name(session.context, keys)
        issues = list({issue.id: issue for issue in found.values()}.values())
        chosen = selected(fields, ("*navigable",))
        body: dict[str, Any] = {
            "expand": "schema,names",
            "issues": show_issues(session, issues, fields=chosen, expand=expand, properties=properties),
            "issueErrors": [
                {"id": key, "errorMessage": "Issue does not exist or you do not have permission to see it."}
                for key in dict.fromkeys(keys)
                if key.upper() not in found
            ],
        }
        return reply(body)


@platform.get("/issue/picker")
def pick() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-issue-picker-get"""
    query = request.args.get("query", "").strip()
    with reading() as session:
        found = pick_issues(
            session.context,
            query,
            jql=request.args.get("currentJQL", ""),
            but=request.args.get("currentIssueKey", ""),
            project=request.args.get("currentProjectId", ""),
            subtasks=flag("showSubTasks", default=True),
        )
        return reply({"sections": picked(session, found, query)})


@platform.post("/issue/<key>/notify")
def notify(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-notify-post

    Nobody has a mailbox here: the note is checked as Jira checks it, and goes nowhere.
    """
    given = json_body()
    for name in ("subject", "textBody", "htmlBody"):
        text(given, name)
    with writing() as session:
        issue = find_issue(session.context, key)
        check_receivers(session.context, issue, mapping(given, "to"))
        return reply(None, 204)

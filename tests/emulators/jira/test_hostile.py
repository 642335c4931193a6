"""Junk in any field, at any address: Jira's refusals or nothing, never a 5xx."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulators.jira.conftest import Api

DOC = {
    "type": "doc",
    "version": 1,
    "content": [
        {"type": "weird", "content": [{"type": "text", "text": "x", "marks": [{"type": "link"}, {"type": "odd"}]}]},
        {"type": "orderedList", "content": [{"type": "paragraph"}, {"type": "text", "text": "q"}]},
        {"type": "taskList", "content": [{"type": "listItem", "content": [{"type": "rule"}]}]},
        {"type": "heading", "attrs": {"level": 1}, "content": [{"type": "bulletList"}, {"type": "inlineCard"}]},
    ],
}
JUNK: list[Any] = [
    None, True, 0, -1, 1.5, 10**30, "", "x", "a" * 300, [], {}, [1], [[]], [None], ["x"], {"key": "AUTOTEST"}, {"id": 1},
    {"name": None}, {"accountId": 5}, [{"add": "x"}], [{"add": None}], [{"set": {}}], DOC,
]  # fmt: skip
FIELDS = [
    "summary", "description", "labels", "priority", "assignee", "reporter", "duedate", "parent", "environment", "components",
    "issuetype", "project", "comment", "issuelinks", "customfield_10014", "customfield_10016", "customfield_10020",
    "customfield_10021",
]  # fmt: skip
BODIES = [
    ("POST", "/rest/api/3/issue", ["fields", "update", "properties"]),
    ("POST", "/rest/api/3/issue/bulk", ["issueUpdates"]),
    ("POST", "/rest/api/3/issue/AUTOTEST-1/transitions", ["transition", "fields", "update"]),
    ("POST", "/rest/api/3/issue/AUTOTEST-1/remotelink", ["object", "globalId", "application"]),
    ("PUT", "/rest/api/3/issue/AUTOTEST-1/assignee", ["accountId"]),
    ("POST", "/rest/api/3/issueLink", ["type", "inwardIssue", "outwardIssue", "comment"]),
    ("POST", "/rest/api/3/search/jql", ["jql", "fields", "maxResults", "nextPageToken", "expand", "properties"]),
    ("POST", "/rest/api/3/search", ["jql", "fields", "startAt", "maxResults"]),
    ("POST", "/rest/api/3/jql/match", ["jqls", "issueIds"]),
    ("POST", "/rest/api/3/filter", ["name", "jql"]),
    ("POST", "/rest/api/3/project", ["key", "name", "leadAccountId", "projectTemplateKey", "assigneeType"]),
    (
        "PUT",
        "/rest/api/3/project/AUTOTEST",
        ["name", "url", "leadAccountId", "permissionScheme", "categoryId", "releasedProjectKeys", "assigneeType"],
    ),
    ("PUT", "/rest/api/3/project/AUTOTEST/permissionscheme", ["id"]),
    ("POST", "/rest/api/3/project/AUTOTEST/role/10003", ["user", "group", "groupId"]),
    ("PUT", "/rest/api/3/project/AUTOTEST/role/10003", ["categorisedActors"]),
    ("POST", "/rest/api/3/permissionscheme", ["name", "description", "permissions"]),
    ("POST", "/rest/api/3/permissionscheme/0/permission", ["permission", "holder"]),
    ("POST", "/rest/api/3/permissions/check", ["accountId", "globalPermissions", "projectPermissions"]),
    ("POST", "/rest/api/3/version", ["name", "project", "projectId", "releaseDate", "released"]),
    ("POST", "/rest/api/3/component", ["name", "project", "leadAccountId", "assigneeType"]),
    ("POST", "/rest/api/3/user", ["emailAddress", "displayName", "products"]),
    ("POST", "/rest/webhooks/1.0/webhook", ["name", "url", "events", "filters", "secret", "enabled"]),
    ("POST", "/rest/agile/1.0/board", ["name", "type", "filterId", "location"]),
    ("POST", "/rest/agile/1.0/sprint", ["name", "originBoardId", "startDate", "goal"]),
    ("POST", "/rest/agile/1.0/sprint/1", ["state", "name", "startDate", "completeDate"]),
    ("POST", "/rest/agile/1.0/sprint/1/issue", ["issues", "rankBeforeIssue"]),
    ("PUT", "/rest/agile/1.0/issue/rank", ["issues", "rankBeforeIssue", "rankCustomFieldId"]),
    ("PUT", "/rest/agile/1.0/issue/AUTOTEST-1/estimation?boardId=1", ["value"]),
]
ADDRESSES = [
    "/rest/api/3/search/jql?jql=project=AUTOTEST&maxResults={}",
    "/rest/api/3/issue/{}",
    "/rest/api/3/issue/AUTOTEST-1?expand={}&fields={}",
    "/rest/api/3/issue/AUTOTEST-1/comment/{}",
    "/rest/api/3/issueLink/{}",
    "/rest/api/3/status/{}",
    "/rest/agile/1.0/board/{}",
    "/rest/agile/1.0/board?projectKeyOrId={}",
    "/rest/agile/1.0/board/1/issue?jql={}",
    "/browse/{}",
]
PARTS = ["", "-1", "x", "%C3%A4", "%25", "'", "*all", "%C2%B2", "%EF%BC%91", "9" * 18, "9" * 40]


@pytest.mark.parametrize("version", ["2", "3"])
def test_junk_in_any_field_is_refused_or_taken(api: Api, version: str) -> None:
    key = api.issue()

    for field in FIELDS:
        for value in JUNK:
            place = "fields" if version == "3" or not isinstance(value, list) else "update"
            answer = api.session.put(f"{api.base}/rest/api/{version}/issue/{key}", json={place: {field: value}})
            assert answer.status_code in (204, 400, 404), (field, value, answer.text)
    assert api.get(f"/rest/api/2/issue/{key}", expand="changelog,renderedFields")["key"] == key


def test_junk_in_any_body_is_refused_or_taken(api: Api) -> None:
    api.issue()
    api.sprint()

    for method, path, names in BODIES:
        for value in JUNK:
            answer = api.session.request(method, api.base + path, json=dict.fromkeys(names, value))
            assert answer.status_code < 500, (method, path, value, answer.text)


def test_junk_in_any_address_is_refused_or_found(api: Api) -> None:
    api.issue()

    for address in ADDRESSES:
        for part in PARTS:
            answer = api.session.get(api.base + address.replace("{}", part))
            assert answer.status_code < 500 or answer.status_code == 501, (address, part, answer.text)

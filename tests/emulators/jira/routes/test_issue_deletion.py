"""Issues deleted: by whom, with what, and what is left of them; and those of archived projects."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jira import JIRA
from jira.exceptions import JIRAError

from tests.emulators.jira.conftest import Api


def test_an_issue_with_subtasks_goes_only_with_them(jira: JIRA, api: Api) -> None:
    parent = jira.issue(api.issue())
    child = api.issue(kind="Sub-task", parent={"key": parent.key})

    with pytest.raises(JIRAError, match="deleteSubtasks"):
        parent.delete()
    assert jira.issue(parent.key).fields.subtasks[0].key == child
    parent.delete(deleteSubtasks=True)

    api.refused("GET", f"/rest/api/3/issue/{child}", 404)


def test_only_administrators_and_creators_delete(api: Api, api_of: Callable[[str], Api]) -> None:
    key = api.issue()

    api_of("bob").refused("DELETE", f"/rest/api/3/issue/{key}", 403)
    api.delete(f"/rest/api/3/issue/{key}")

    assert api.refused("GET", f"/rest/api/3/issue/{key}", 404)[0] == [
        "Issue does not exist or you do not have permission to see it."
    ]


def test_a_number_is_never_used_twice(api: Api) -> None:
    api.delete(f"/rest/api/3/issue/{api.issue()}")

    assert api.issue() == "AUTOTEST-2"


def test_what_hung_on_a_deleted_issue_says_so_in_its_history(api: Api) -> None:
    epic, other = api.issue(kind="Epic"), api.issue()
    story = api.issue(parent={"key": epic})
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": epic}, "outwardIssue": {"key": other}}
    api.post("/rest/api/3/issueLink", link, status=201)
    before = api.get(f"/rest/api/3/issue/{story}", fields="updated")["fields"]["updated"]

    api.delete(f"/rest/api/3/issue/{epic}")

    assert api.changes(story) == [("IssueParentAssociation", epic, None)]
    assert api.changes(other)[-1] == ("Link", f"This issue is blocked by {epic}", None)
    fields = api.get(f"/rest/api/3/issue/{story}", fields="updated,parent")["fields"]
    assert fields["parent"] is None
    assert fields["updated"] > before
    assert api.get(f"/rest/api/3/issue/{other}", fields="issuelinks")["fields"] == {"issuelinks": []}


def test_issues_of_an_archived_project_are_only_read(api: Api, api_of: Callable[[str], Api]) -> None:
    key, other, bob = api.issue(), api.issue(), api_of("bob")
    path = f"/rest/api/3/issue/{key}"
    before = api.get(path)
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": key}, "outwardIssue": {"key": other}}
    api.post("/rest/api/3/project/AUTOTEST/archive", {}, status=204)

    for method, what, status, body in (
        ("PUT", "", 403, {"fields": {"summary": "New"}}),
        ("DELETE", "", 403, None),
        ("POST", "/comment", 400, {"body": "x"}),
        ("POST", "/worklog", 400, {"timeSpent": "1h"}),
        ("POST", "/votes", 404, None),
        ("POST", "/watchers", 403, None),
        ("PUT", "/properties/x", 403, 1),
        ("POST", "/remotelink", 403, {"object": {"url": "https://a.example", "title": "t"}}),
    ):
        bob.refused(method, path + what, status, json=body)
    api.refused("POST", "/rest/api/3/issueLink", 401, json=link)
    assert api.get(path)["fields"]["updated"] == before["fields"]["updated"]
    assert bob.get(f"{path}/transitions")["transitions"] == []

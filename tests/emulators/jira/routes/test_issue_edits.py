"""Issues changed: fields, verbs, parents, types, assignees, and what the history says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jira import JIRA

from tests.emulators.jira.conftest import Api

V3 = "/rest/api/3"


def test_the_client_edits_and_history_says_so_in_one_entry(jira: JIRA, api: Api) -> None:
    issue = jira.create_issue(project="AUTOTEST", summary="Before", issuetype="Task")

    issue.update(fields={"labels": ["b", "a"]}, summary="After", priority={"name": "Low"}, customfield_10016=2.5)

    assert (issue.fields.summary, issue.fields.priority.name, issue.fields.customfield_10016) == ("After", "Low", 2.5)
    entries = api.get(f"/rest/api/3/issue/{issue.key}/changelog")["values"]
    assert len(entries) == 1
    assert api.changes(issue.key) == [
        ("summary", "Before", "After"),
        ("priority", "Medium", "Low"),
        ("Story Points", None, "2.5"),
        ("labels", "", "a b"),
    ]


def test_an_edit_that_changes_nothing_leaves_no_trace(api: Api) -> None:
    key = api.issue(labels=["x"], description="same")
    before = api.get(f"/rest/api/2/issue/{key}")["fields"]["updated"]

    api.put(f"/rest/api/2/issue/{key}", {"fields": {"labels": ["x"], "description": "same"}}, status=204)

    assert api.changes(key) == []
    assert api.get(f"/rest/api/2/issue/{key}")["fields"]["updated"] == before


def test_verbs_add_and_remove(jira: JIRA, api: Api) -> None:
    issue = jira.create_issue(project="AUTOTEST", summary="Verbs", issuetype="Task", labels=["old"])

    issue.add_field_value("labels", "new")
    issue.update(update={"labels": [{"remove": "old"}], "comment": [{"add": {"body": "said"}}]})

    assert issue.fields.labels == ["new"]
    assert [c.body for c in jira.comments(issue)] == ["said"]
    api.refused("PUT", f"/rest/api/2/issue/{issue.key}", 400, json={"update": {"summary": [{"add": "x"}]}})
    api.refused(
        "PUT",
        f"/rest/api/2/issue/{issue.key}",
        400,
        json={"fields": {"labels": []}, "update": {"labels": [{"add": "x"}]}},
    )
    assert issue.fields.labels == ["new"]


def test_a_faulty_edit_changes_nothing_at_all(api: Api) -> None:
    key = api.issue()

    body = {"fields": {"summary": "New"}, "update": {"comment": [{"edit": {"id": "99", "body": "x"}}]}}
    api.refused("PUT", f"/rest/api/2/issue/{key}", 400, json=body)

    assert api.get(f"/rest/api/2/issue/{key}")["fields"]["summary"] == "An issue"
    assert api.changes(key) == []


def test_assigning_and_unassigning(jira: JIRA, api: Api, account_ids: dict[str, str]) -> None:
    key = api.issue()

    jira.assign_issue(key, "bob@example.com")
    api.put(f"/rest/api/3/issue/{key}/assignee", {"accountId": account_ids["carol"]}, status=204)
    jira.assign_issue(key, None)

    assert api.changes(key) == [("assignee", None, "Bob"), ("assignee", "Bob", "Carol"), ("assignee", "Carol", None)]
    items = api.get(f"/rest/api/3/issue/{key}/changelog")["values"][0]["items"]
    assert (items[0]["from"], items[0]["to"]) == (None, account_ids["bob"])
    api.put(f"/rest/api/3/issue/{key}/assignee", {"accountId": "-1"}, status=204)
    api.refused("PUT", f"/rest/api/3/issue/{key}/assignee", 400, json={"accountId": "nobody"})


def test_the_changelog_comes_in_pages_oldest_first(api: Api) -> None:
    key = api.issue()
    for points in range(1, 4):
        api.put(f"/rest/api/3/issue/{key}", {"fields": {"customfield_10016": points}}, status=204)

    first = api.get(f"/rest/api/3/issue/{key}/changelog", maxResults=2)
    second = api("GET", first["nextPage"].removeprefix(api.base), status=200)
    newest_first = api.get(f"/rest/api/3/issue/{key}", expand="changelog")["changelog"]["histories"]

    assert (first["total"], first["isLast"], second["isLast"]) == (3, False, True)
    assert [e["items"][0]["toString"] for e in first["values"] + second["values"]] == ["1", "2", "3"]
    assert [e["items"][0]["toString"] for e in newest_first] == ["3", "2", "1"]
    assert first["values"][0]["author"]["displayName"] == "Alice"


def test_parents_follow_the_hierarchy(api: Api) -> None:
    epic = api.issue(kind="Epic", summary="Epic")
    story = api.issue(parent={"key": epic})

    fields = api.get(f"/rest/api/3/issue/{story}")["fields"]
    assert (fields["parent"]["key"], fields["customfield_10014"]) == (epic, epic)
    body = {"fields": {"parent": {"key": story}}}
    _, errors = api.refused("PUT", f"/rest/api/3/issue/{epic}", 400, json=body)
    assert errors == {"parentId": "Given parent issue does not belong to appropriate hierarchy."}
    api.put(f"/rest/api/3/issue/{story}", {"fields": {"parent": None}}, status=204)
    assert api.changes(story) == [("IssueParentAssociation", epic, None)]


def test_the_issue_itself_brings_the_newest_hundred_entries(api: Api) -> None:
    key = api.issue()
    for number in range(104):
        api.put(f"/rest/api/2/issue/{key}", {"fields": {"customfield_10016": number}}, status=204)

    brought = api.get(f"/rest/api/3/issue/{key}", expand="changelog", fields="summary")["changelog"]
    rest = api.get(f"/rest/api/3/issue/{key}/changelog", startAt=0, maxResults=4)["values"]

    assert (brought["startAt"], brought["maxResults"], brought["total"]) == (0, 100, 104)
    assert [one["items"][0]["toString"] for one in brought["histories"]] == [str(n) for n in range(103, 3, -1)]
    assert [one["items"][0]["toString"] for one in rest] == ["0", "1", "2", "3"]


def test_a_parent_is_parted_from_by_the_verb_too(api: Api) -> None:
    epic = api.issue(kind="Epic")
    story = api.issue(parent={"key": epic})

    api.put(f"/rest/api/3/issue/{story}", {"update": {"parent": [{"set": {"none": True}}]}}, status=204)

    assert api.get(f"/rest/api/3/issue/{story}", fields="parent")["fields"] == {"parent": None}
    api.refused("PUT", f"/rest/api/3/issue/{story}", 400, json={"fields": {"parent": {"none": True}}})


def test_a_type_of_another_level_does_not_leave_children_in_the_air(api: Api) -> None:
    epic, story = api.issue(kind="Epic"), api.issue()
    sub = api.issue(kind="Sub-task", parent={"key": story})
    api.put(f"/rest/api/2/issue/{story}", {"fields": {"parent": {"key": epic}}}, status=204)

    for key, kind in ((epic, "Story"), (story, "Epic")):
        fields = {"issuetype": {"name": kind}, "parent": None}
        _, errors = api.refused("PUT", f"/rest/api/2/issue/{key}", 400, json={"fields": fields})
        assert errors == {"issuetype": "The issue type selected is invalid."}
    api.put(f"/rest/api/2/issue/{story}", {"fields": {"issuetype": {"name": "Bug"}}}, status=204)
    api.refused("PUT", f"/rest/api/2/issue/{sub}", 400, json={"fields": {"issuetype": {"name": "Task"}}})
    assert api.changes(story) == [("IssueParentAssociation", None, epic), ("issuetype", "Story", "Bug")]


def test_no_operations_change_nothing(api: Api) -> None:
    key = api.issue(description="kept", labels=["kept"])

    verbs: dict[str, list[Any]] = {"description": [], "labels": [], "summary": [], "assignee": []}
    api.put(f"/rest/api/2/issue/{key}", {"update": verbs}, status=204)

    assert api.get(f"/rest/api/2/issue/{key}", fields="description,labels")["fields"] == {
        "description": "kept",
        "labels": ["kept"],
    }
    assert api.changes(key) == []


def test_properties_come_with_an_edit_or_the_edit_is_not(api: Api) -> None:
    key = api.issue()

    api.put(f"/rest/api/3/issue/{key}", {"properties": [{"key": "ref", "value": {"a": 1}}]}, status=204)
    bad = {"fields": {"summary": "New"}, "properties": [{"key": "x" * 256, "value": 1}]}
    api.refused("PUT", f"/rest/api/3/issue/{key}", 400, json=bad)

    found = api.get(f"/rest/api/3/issue/{key}", properties="*all", fields="summary")
    assert (found["properties"], found["fields"]["summary"]) == ({"ref": {"a": 1}}, "An issue")


def test_parameters_of_an_edit(api: Api, api_of: Callable[[str], Api]) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}"

    body = api.put(
        f"{path}?returnIssue=true&expand=names&notifyUsers=false", {"fields": {"summary": "New"}}, status=200
    )
    assert (body["fields"]["summary"], body["names"]["summary"]) == ("New", "Summary")
    for name in ("overrideScreenSecurity", "overrideEditableFlag"):
        api_of("bob").refused("PUT", f"{path}?{name}=true", 403, json={"fields": {"summary": "Mine"}})
        api.put(f"{path}?{name}=true", {"fields": {"summary": "Mine"}}, status=204)
        api_of("bob").refused("GET", f"{path}/editmeta?{name}=true", 403)


def test_dates_sprints_and_versions_take_a_permission_of_their_own(api: Api, api_of: Callable[[str], Api]) -> None:
    bob = api_of("bob")
    sprint, key = api.sprint(), api.issue()
    api.post(f"{V3}/version", {"name": "1.0", "projectId": int(api.get(f"{V3}/project/AUTOTEST")["id"])}, status=201)
    granted = ("BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "ASSIGNABLE_USER")
    grants = [{"holder": {"type": "applicationRole"}, "permission": name} for name in granted]
    scheme = api.post(f"{V3}/permissionscheme", {"name": "Plain", "permissions": grants}, status=201)
    api.put(f"{V3}/project/AUTOTEST/permissionscheme", {"id": scheme["id"]}, status=200)
    closed = {"duedate": "2026-04-01", "customfield_10020": sprint, "fixVersions": [{"name": "1.0"}]}

    _, errors = bob.refused("PUT", f"{V3}/issue/{key}", 400, json={"fields": closed})
    new = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Story"}, "summary": "x"} | closed
    _, same = bob.refused("POST", f"{V3}/issue", 400, json={"fields": new})

    assert errors.keys() == same.keys() == closed.keys()
    assert "It is not on the appropriate screen, or unknown." in errors["duedate"]
    shown = bob.get(f"{V3}/issue/{key}/editmeta")["fields"]
    assert "summary" in shown
    assert not (closed.keys() | {"assignee", "reporter", "issuelinks", "comment"}) & shown.keys()
    bob.put(f"{V3}/issue/{key}", {"fields": {"customfield_10016": 3}}, status=204)

"""Issues: created and read, through the jira client and by hand."""

from __future__ import annotations

from typing import Any

import pytest
from jira import JIRA

from tests.emulators.jira.conftest import Api

ADF = {
    "type": "doc",
    "version": 1,
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Hi *you*"}]}],
}


def test_the_client_creates_an_issue_and_reads_it_back(jira: JIRA) -> None:
    issue = jira.create_issue(
        project="AUTOTEST",
        summary="Refund a payment",
        issuetype="Story",
        description="h2. Why\n\n* customers ask",
        labels=["money", "api"],
        priority={"name": "High"},
        duedate="2026-04-01",
        customfield_10016=5,
    )

    assert issue.key == "AUTOTEST-1"
    fields = issue.fields
    assert (fields.summary, fields.status.name, fields.priority.name) == ("Refund a payment", "To Do", "High")
    assert fields.description == "h2. Why\n\n* customers ask"
    assert (fields.labels, fields.customfield_10016, fields.duedate) == (["api", "money"], 5.0, "2026-04-01")
    assert (fields.creator.displayName, fields.reporter.displayName, fields.assignee) == ("Alice", "Alice", None)
    assert fields.resolution is None
    assert fields.watches.isWatching is True


def test_project_and_type_may_be_given_by_id_or_name(api: Api) -> None:
    project = api.get("/rest/api/3/project/AUTOTEST")
    bug = next(kind for kind in project["issueTypes"] if kind["name"] == "Bug")

    by_id = {"project": {"id": project["id"]}, "issuetype": {"id": bug["id"]}, "summary": "By id"}
    made = api.post("/rest/api/3/issue", {"fields": by_id}, status=201)

    assert api.get(f"/rest/api/3/issue/{made['id']}")["fields"]["issuetype"]["name"] == "Bug"
    assert made["self"].endswith(f"/rest/api/3/issue/{made['id']}")


def test_one_document_has_a_text_in_version_2_and_a_tree_in_version_3(api: Api) -> None:
    body = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": "Doc", "description": ADF}
    key = api.post("/rest/api/3/issue", {"fields": body}, status=201)["key"]

    assert api.get(f"/rest/api/3/issue/{key}")["fields"]["description"] == ADF
    assert api.get(f"/rest/api/2/issue/{key}")["fields"]["description"] == r"Hi \*you\*"
    assert api.get(f"/rest/api/latest/issue/{key}")["fields"]["description"] == r"Hi \*you\*"


def test_fields_and_expansions_are_chosen(api: Api) -> None:
    key = api.issue(description="h1. Big", labels=["x"])

    few = api.get(f"/rest/api/3/issue/{key}", fields="summary,labels")
    without = api.get(f"/rest/api/3/issue/{key}", fields="*all,-comment,-description")
    expanded = api.get(
        f"/rest/api/3/issue/{key}", expand="renderedFields,names,schema,transitions,editmeta,changelog,operations"
    )

    assert few["fields"] == {"summary": "An issue", "labels": ["x"]}
    assert "comment" not in without["fields"]
    assert "status" in without["fields"]
    assert expanded["renderedFields"]["description"] == "<h1>Big</h1>"
    assert expanded["names"]["customfield_10016"] == "Story Points"
    assert expanded["schema"]["labels"] == {"type": "array", "items": "string", "system": "labels"}
    assert len(expanded["transitions"]) == 4
    assert expanded["editmeta"]["fields"]["summary"]["required"] is True
    assert expanded["changelog"]["total"] == 0


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"summary": ""}, "summary", "You must specify a summary of the issue."),
        ({"summary": "a\nb"}, "summary", "The summary is invalid because it contains newline characters."),
        ({"summary": "x" * 256}, "summary", "Summary can't exceed 255 characters."),
        ({"project": {"key": "NOPE"}}, "project", "Specify a valid project ID or key"),
        ({"issuetype": {"name": "Nope"}}, "issuetype", "Specify a valid issue type"),
        ({"issuetype": None}, "issuetype", "Specify an issue type"),
        ({"priority": {"name": "Nope"}}, "priority", "Priority name 'Nope' is not valid"),
        ({"assignee": {"accountId": "nobody"}}, "assignee", "User 'nobody' cannot be assigned issues."),
        ({"reporter": {"accountId": "nobody"}}, "reporter", "Account ID nobody does not exist."),
        ({"labels": ["a b"]}, "labels", "The label 'a b' contains spaces which is invalid."),
        ({"labels": "a"}, "labels", "data was not an array"),
        ({"duedate": "soon"}, "duedate", "Error parsing date string: soon"),
        ({"customfield_10016": "5"}, "customfield_10016", "Operation value must be a number"),
        ({"description": 5}, "description", "Operation value must be a string"),
        (
            {"description": "x" * 32_768},
            "description",
            "The entered text is too long. It exceeds the allowed limit of 32,767 characters.",
        ),
        (
            {"nonsense": 1},
            "nonsense",
            "Field 'nonsense' cannot be set. It is not on the appropriate screen, or unknown.",
        ),
        ({"status": {"name": "Done"}}, "status", "Field 'status' cannot be set."),
        ({"issuetype": {"name": "Sub-task"}}, "issuetype", "Issue type is a sub-task but parent issue key or id not"),
        ({"parent": {"key": "AUTOTEST-99"}}, "parent", "Could not find issue by id or key."),
        ({"parent": "AUTOTEST-99"}, "parent", "data was not an object"),
        ({"fixVersions": [{"name": "1.0"}]}, "fixVersions", "Version name '1.0' is not valid"),
        ({"customfield_10020": 77}, "customfield_10020", "Sprint does not exist."),
    ],
)
def test_a_bad_field_is_refused_in_jiras_words(api: Api, fields: dict[str, Any], field: str, message: str) -> None:
    body = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Story"}, "summary": "Fine"} | fields

    _, errors = api.refused("POST", "/rest/api/2/issue", 400, json={"fields": body})

    assert list(errors) == [field]
    assert errors[field].startswith(message)
    assert api.found("project = AUTOTEST") == []


def test_version_3_takes_documents_only(api: Api) -> None:
    body = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Story"}, "summary": "x", "description": "text"}

    _, errors = api.refused("POST", "/rest/api/3/issue", 400, json={"fields": body})

    assert errors == {
        "description": "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
    }


def test_bulk_creates_what_is_right_and_names_what_is_wrong(jira: JIRA) -> None:
    fine = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}}

    results = jira.create_issues([fine | {"summary": "one"}, fine, fine | {"summary": "three"}])

    assert [r["status"] for r in results] == ["Success", "Error", "Success"]
    assert [r["issue"].key for r in results if r["issue"]] == ["AUTOTEST-1", "AUTOTEST-2"]
    assert results[1]["error"] == {"summary": "You must specify a summary of the issue."}


def test_bulk_with_nothing_right_or_too_much_is_400(api: Api) -> None:
    wrong = {"fields": {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}}}

    nothing = api("POST", "/rest/api/3/issue/bulk", status=400, json={"issueUpdates": [wrong]})
    assert (nothing["issues"], nothing["errors"][0]["failedElementNumber"]) == ([], 0)
    api.refused("POST", "/rest/api/3/issue/bulk", 400, json={"issueUpdates": [wrong] * 51})
    api.refused("POST", "/rest/api/3/issue/bulk", 400, json={"issueUpdates": []})


def test_properties_come_with_new_issues(api: Api) -> None:
    fields = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": "Marked"}
    given = {"fields": fields, "properties": [{"key": "sprintdojo", "value": {"ref": "refund"}}]}

    key = api.post("/rest/api/3/issue", given, status=201)["key"]

    assert api.get(f"/rest/api/3/issue/{key}", properties="sprintdojo")["properties"] == {
        "sprintdojo": {"ref": "refund"}
    }
    found = api.get("/rest/api/3/search/jql", jql="project = AUTOTEST", properties="sprintdojo", fields="summary")
    assert found["issues"][0]["properties"] == {"sprintdojo": {"ref": "refund"}}


def test_what_was_typed_is_kept_and_shown_escaped(api: Api) -> None:
    typed = '<script>alert("x")</script> & ümläut 漢字 🎈, comma'
    key = api.issue(summary=typed, description=typed)

    issue = api.get(f"/rest/api/2/issue/{key}", expand="renderedFields")

    assert issue["fields"]["summary"] == typed
    assert issue["fields"]["description"] == typed
    assert "<script" not in issue["renderedFields"]["description"]


def test_an_issue_can_be_described_by_verbs_alone(api: Api) -> None:
    fields = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Story"}, "duedate": "2026-04-01"}
    verbs: dict[str, Any] = {
        "summary": [{"set": "Said by a verb"}],
        "labels": [{"add": "b"}, {"add": "a"}, {"add": "c"}, {"remove": "c"}],
        "customfield_10021": [{"add": {"value": "Impediment"}}],
        "comment": [{"add": {"body": "first"}}],
        "worklog": [{"add": {"timeSpent": "1h"}}],
    }

    key = api.post("/rest/api/2/issue", {"fields": fields, "update": verbs}, status=201)["key"]

    made = api.get(f"/rest/api/2/issue/{key}")["fields"]
    assert (made["summary"], made["labels"]) == ("Said by a verb", ["a", "b"])
    assert made["customfield_10021"][0]["value"] == "Impediment"
    assert made["comment"]["comments"][0]["body"] == "first"
    assert [field for field, *_ in api.changes(key)] == ["WorklogId", "timeestimate", "timespent"]
    twice = {"fields": fields | {"summary": "x"}, "update": {"summary": [{"set": "y"}]}}
    _, errors = api.refused("POST", "/rest/api/2/issue", 400, json=twice)
    assert errors == {"summary": "Field 'summary' cannot be set and updated in the same request."}

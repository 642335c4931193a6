"""The verbs of `update`, and creating in bulk: what is wrong is named, nothing is half written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulators.jira.conftest import Api


def test_verbs_change_labels_flag_comments_and_links_at_once(api: Api) -> None:
    key, other = api.issue(labels=["a"]), api.issue()
    update: dict[str, Any] = {
        "labels": [{"add": "b"}, {"remove": "a"}],
        "summary": [{"set": "New"}],
        "customfield_10021": [{"add": {"value": "Impediment"}}],
        "comment": [{"add": {"body": "hello"}}],
        "issuelinks": [{"add": {"type": {"name": "Blocks"}, "outwardIssue": {"key": other}}}],
    }

    api.put(f"/rest/api/2/issue/{key}", {"update": update}, status=204)

    fields = api.get(f"/rest/api/2/issue/{key}")["fields"]
    assert (fields["labels"], fields["summary"]) == (["b"], "New")
    assert fields["customfield_10021"][0]["value"] == "Impediment"
    assert fields["comment"]["comments"][0]["body"] == "hello"
    assert fields["issuelinks"][0]["outwardIssue"]["key"] == other
    number = fields["comment"]["comments"][0]["id"]
    verbs = {"comment": [{"edit": {"id": number, "body": "bye"}}], "customfield_10021": [{"remove": {"id": "10019"}}]}
    api.put(f"/rest/api/2/issue/{key}", {"update": verbs}, status=204)
    fields = api.get(f"/rest/api/2/issue/{key}")["fields"]
    assert fields["comment"]["comments"][0]["body"] == "bye"
    assert fields["customfield_10021"] is None
    third = api.issue()
    api.put(f"/rest/api/2/issue/{third}", {"update": {"issuelinks": [{"copy": {"key": key}}]}}, status=204)
    assert api.get(f"/rest/api/2/issue/{third}")["fields"]["issuelinks"][0]["outwardIssue"]["key"] == other


@pytest.mark.parametrize(
    ("update", "field", "said"),
    [
        ({"summary": [{"add": "x"}]}, "summary", "does not support operation 'add' Supported operation(s) are: 'set'"),
        ({"labels": [{"edit": "x"}]}, "labels", "does not support operation 'edit' Supported operation(s) are: 'add,set,remove'"),
        ({"labels": {"add": "x"}}, "labels", "data was not an array of operations"),
        ({"labels": [{"add": "x", "remove": "y"}]}, "labels", "data was not an array of operations"),
        ({"labels": [{"add": "x y"}]}, "labels", "contains spaces which is invalid."),
        ({"labels": [{"set": "x"}, {"add": "y"}]}, "labels", "data was not an array"),
        ({"comment": [{"remove": {"id": "1"}}]}, "comment", "Can not find a comment for the id: 1."),
        ({"issuelinks": [{"copy": {"key": "NOPE-1"}}]}, "issuelinks", "Issue does not exist"),
        ({"nonsense": [{"set": 1}]}, "nonsense", "It is not on the appropriate screen, or unknown."),
        ({"reporter": [{"set": None}]}, "reporter", "Reporter is required."),
    ],
)  # fmt: skip
def test_a_verb_that_cannot_be_is_named_and_nothing_written(api: Api, update: Any, field: str, said: str) -> None:
    key = api.issue(labels=["kept"])

    body = {"update": update, "fields": {"environment": "here"}}
    _, errors = api.refused("PUT", f"/rest/api/2/issue/{key}", 400, json=body)

    assert list(errors) == [field]
    assert said in errors[field]
    fields = api.get(f"/rest/api/2/issue/{key}")["fields"]
    assert (fields["labels"], fields["environment"], fields["issuelinks"]) == (["kept"], None, [])


def test_bulk_names_each_wrong_issue_and_creates_the_others_whole(api: Api) -> None:
    good = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Story"}, "summary": "Fine"}
    updates: list[Any] = [
        {"fields": good, "properties": [{"key": "k", "value": 1}, {"key": "k", "value": 2}]},
        {"fields": good | {"summary": ""}},
        {"fields": "junk"},
        {"fields": good | {"description": {"type": "doc", "version": 1, "content": [{"type": "odd"}]}}},
        {"fields": good, "update": {"summary": [{"add": "x"}]}},
        {"fields": good, "properties": [{"value": 1}]},
        {"fields": good | {"labels": ["last"]}, "update": {"comment": [{"add": {"body": None}}]}},
    ]

    body = api.post("/rest/api/3/issue/bulk", {"issueUpdates": updates}, status=201)

    assert [one["key"] for one in body["issues"]] == ["AUTOTEST-1"] == api.found("project = AUTOTEST")
    assert [one["failedElementNumber"] for one in body["errors"]] == [1, 2, 3, 4, 5, 6]
    assert body["errors"][5]["elementErrors"]["errors"] == {"comment": "Comment body can not be empty!"}
    assert body["errors"][2]["elementErrors"]["errorMessages"] == ["INVALID_INPUT"]
    assert api.get("/rest/api/3/issue/AUTOTEST-1", properties="*all")["properties"] == {"k": 2}

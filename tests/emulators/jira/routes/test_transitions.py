"""Moving issues through their workflow."""

from __future__ import annotations

import pytest
from jira import JIRA

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api


def test_the_client_moves_an_issue(jira: JIRA, api: Api) -> None:
    issue = jira.create_issue(project="AUTOTEST", summary="Move me", issuetype="Task")

    jira.transition_issue(issue, "In Progress")
    jira.transition_issue(issue, "31", comment="please look")
    jira.transition_issue(issue, jira.find_transitionid_by_name(issue, "Done"))

    issue = jira.issue(issue.key)
    assert (issue.fields.status.name, issue.fields.resolution.name) == ("Done", "Done")
    assert issue.fields.resolutiondate == issue.fields.updated
    assert [c.body for c in jira.comments(issue)] == ["please look"]
    assert api.changes(issue.key) == [
        ("status", "To Do", "In Progress"),
        ("status", "In Progress", "In Review"),
        ("status", "In Review", "Done"),
        ("resolution", None, "Done"),
    ]


def test_status_and_resolution_share_an_entry(api: Api) -> None:
    key = api.issue()

    api.move(key, "Done")

    (entry,) = api.get(f"/rest/api/3/issue/{key}/changelog")["values"]
    assert [item["field"] for item in entry["items"]] == ["status", "resolution"]
    assert (entry["items"][0]["from"], entry["items"][0]["to"]) == ("10000", "10002")


def test_leaving_done_clears_the_resolution(api: Api) -> None:
    key = api.issue()
    api.move(key, "Done")

    api.move(key, "In Progress")

    fields = api.get(f"/rest/api/3/issue/{key}")["fields"]
    assert (fields["resolution"], fields["resolutiondate"]) == (None, None)
    assert api.changes(key)[-1] == ("resolution", "Done", None)


def test_a_transition_to_where_it_is_leaves_no_trace(api: Api) -> None:
    key = api.issue()

    api.move(key, "To Do")

    assert api.changes(key) == []


def test_a_resolution_can_be_chosen_on_the_way_to_done(api: Api) -> None:
    key = api.issue()
    steps = api.get(f"/rest/api/3/issue/{key}/transitions", expand="transitions.fields")["transitions"]

    body = {"transition": {"id": "41"}, "fields": {"resolution": {"name": "Won't Do"}}}
    api.post(f"/rest/api/3/issue/{key}/transitions", body, status=204)

    assert steps[3]["fields"]["resolution"]["required"] is False
    assert steps[0]["fields"] == {}
    assert api.get(f"/rest/api/3/issue/{key}")["fields"]["resolution"]["name"] == "Won't Do"


def test_the_date_of_the_category_follows_the_category_only(api: Api, site: Site) -> None:
    key = api.issue()
    api.move(key, "In Progress")
    before = api.get(f"/rest/api/3/issue/{key}")["fields"]["statuscategorychangedate"]

    api.move(key, "In Review")

    assert api.get(f"/rest/api/3/issue/{key}")["fields"]["statuscategorychangedate"] == before


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "Missing 'transition' identifier"),
        ({"transition": {"id": "999"}}, "Transition id '999' is not valid for this issue."),
        ({"transition": {"id": "x"}}, "'transition' identifier must be an integer"),
        ({"transition": {"id": 21}, "fields": {"summary": "x"}}, "Field 'summary' cannot be set."),
        ({"transition": {"id": 21}, "fields": {"resolution": {"name": "Done"}}}, "Field 'resolution' cannot be set."),
        ({"transition": {"id": 41}, "fields": {"resolution": {"name": "Nope"}}}, "Resolution name 'Nope' is not valid"),
        ({"transition": {"id": 21}, "update": {"comment": [{"add": {"body": ""}}]}}, "Comment body can not be empty!"),
    ],
)
def test_a_bad_transition_is_refused_and_nothing_moves(api: Api, body: dict[str, object], message: str) -> None:
    key = api.issue()

    messages, errors = api.refused("POST", f"/rest/api/2/issue/{key}/transitions", 400, json=body)

    assert [*messages, *errors.values()][0].startswith(message)
    assert api.get(f"/rest/api/3/issue/{key}")["fields"]["status"]["name"] == "To Do"

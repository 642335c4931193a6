"""What a site is configured with."""

from __future__ import annotations

import pytest
from jira import JIRA

from tests.emulators.jira.conftest import Api


def test_the_client_reads_the_configuration(jira: JIRA) -> None:
    assert [kind.name for kind in jira.issue_types()] == ["Epic", "Story", "Task", "Bug", "Sub-task"]
    assert jira.issue_type_by_name("Bug").subtask is False
    assert jira.issue_type(jira.issue_type_by_name("Sub-task", project="AUTOTEST").id).subtask is True
    assert [status.name for status in jira.statuses()] == ["To Do", "In Progress", "In Review", "Done"]
    assert jira.status("Done").statusCategory.key == "done"
    assert [category.key for category in jira.statuscategories()] == ["undefined", "new", "indeterminate", "done"]
    assert jira.statuscategory(3).name == "Done"
    assert [priority.name for priority in jira.priorities()] == ["Highest", "High", "Medium", "Low", "Lowest"]
    assert jira.priority("1").name == "Highest"
    assert jira.resolutions()[0].name == "Done"
    assert jira.resolution(jira.resolutions()[0].id).name == "Done"
    assert {kind.outward for kind in jira.issue_link_types()} >= {"blocks", "relates to"}
    assert jira.issue_link_type("10000").inward == "is blocked by"


def test_fields_have_what_clients_look_for(jira: JIRA) -> None:
    fields = {field["name"]: field for field in jira.fields()}

    assert fields["Rank"]["schema"]["custom"] == "com.pyxis.greenhopper.jira:gh-lexo-rank"
    assert fields["Rank"]["schema"]["customId"] == 10019
    assert fields["Sprint"]["id"] == "customfield_10020"
    assert fields["Story Points"]["clauseNames"] == ["cf[10016]", "Story Points"]
    assert fields["Summary"]["schema"] == {"type": "string", "system": "summary"}
    assert {"Epic Link", "Flagged"} <= set(fields)


def test_lists_in_pages(api: Api) -> None:
    priorities = api.get("/rest/api/3/priority/search", maxResults=2)
    custom = api.get("/rest/api/3/field/search", type="custom", query="sp")

    assert ([p["name"] for p in priorities["values"]], priorities["total"]) == (["Highest", "High"], 5)
    assert [field["id"] for field in custom["values"]] == ["customfield_10020"]


def test_labels_are_those_on_issues(api: Api) -> None:
    api.issue(labels=["b", "a"])
    api.issue(labels=["b", "ç"])

    assert api.get("/rest/api/3/label")["values"] == ["a", "b", "ç"]


@pytest.mark.parametrize(
    "path", ["/issuetype/1", "/status/Nowhere", "/statuscategory/9", "/priority/9", "/resolution/x", "/issueLinkType/1"]
)
def test_what_is_not_configured_is_404(api: Api, path: str) -> None:
    api.refused("GET", f"/rest/api/3{path}", 404)


def test_pictures_that_bodies_point_at_are_there(api: Api) -> None:
    avatar = api.get("/rest/api/3/myself")["avatarUrls"]["48x48"]

    answer = api.session.get(avatar)

    assert answer.headers["Content-Type"].startswith("image/svg+xml")

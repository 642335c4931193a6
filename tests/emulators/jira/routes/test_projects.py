"""Projects: created, listed, edited, deleted."""

from __future__ import annotations

import pytest
from jira import JIRA
from jira.exceptions import JIRAError

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

SCRUM = "com.pyxis.greenhopper.jira:gh-simplified-scrum-classic"


def test_the_client_creates_and_reads_a_project(jira: JIRA) -> None:
    made = jira.create_project("SHOP", "The shop", template_name=SCRUM)

    project = jira.project("SHOP")
    assert int(project.id) == made["id"]
    assert project.name == "The shop"
    assert project.lead.displayName == "Alice"
    assert [kind.name for kind in project.issueTypes] == ["Epic", "Story", "Task", "Bug", "Sub-task"]
    assert [p.key for p in jira.projects()] == ["AUTOTEST", "SHOP"]
    assert [board.name for board in jira.boards(projectKeyOrID="SHOP")] == ["SHOP board"]
    assert jira.project_components("SHOP") == []
    assert jira.project_versions("SHOP") == []


def test_the_client_deletes_a_project_with_all_that_is_in_it(jira: JIRA, api: Api) -> None:
    jira.create_project("GONE", "Soon gone", template_name=SCRUM)
    key = api.issue(project="GONE")
    board = jira.boards(projectKeyOrID="GONE")[0].id
    api.plan(api.sprint(board), key)

    jira.delete_project("GONE")

    api.refused("GET", f"/rest/api/3/issue/{key}", 404)
    api.refused("GET", f"/rest/agile/1.0/board/{board}", 404)
    assert [p.key for p in jira.projects()] == ["AUTOTEST"]


def test_statuses_of_a_project_by_issue_type(jira: JIRA, api: Api) -> None:
    kinds = jira.issue_types_for_project("AUTOTEST")

    statuses = api.get("/rest/api/3/project/AUTOTEST/statuses")[0]["statuses"]
    assert [kind.name for kind in kinds] == ["Epic", "Story", "Task", "Bug", "Sub-task"]
    assert [(s["name"], s["statusCategory"]["key"]) for s in statuses] == [
        ("To Do", "new"),
        ("In Progress", "indeterminate"),
        ("In Review", "indeterminate"),
        ("Done", "done"),
    ]


def test_pages_of_projects(api: Api) -> None:
    for letter in "ABC":
        body = {"key": f"{letter}{letter}", "name": f"Project {letter}", "projectTypeKey": "software"}
        api.post("/rest/api/3/project", body, status=201)

    page = api.get("/rest/api/3/project/search", query="project", maxResults=2)

    assert ([p["key"] for p in page["values"]], page["total"], page["isLast"]) == (["AA", "BB"], 3, False)
    assert [p["key"] for p in api.get("/rest/api/3/project/search", keys="CC")["values"]] == ["CC"]


def test_an_edited_project_reads_so_at_once(api: Api, jira: JIRA) -> None:
    jira.project("AUTOTEST").update(name="New name", description="What for")

    project = api.get("/rest/api/3/project/AUTOTEST")
    assert (project["name"], project["description"]) == ("New name", "What for")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": "lower"}, "projectKey"),
        ({"key": "AUTOTEST"}, "projectKey"),
        ({"key": "TOOLONGAKEYX"}, "projectKey"),
        ({"name": "autotest"}, "projectName"),
        ({"name": ""}, "projectName"),
        ({"projectTemplateKey": "nonsense"}, "projectTemplateKey"),
        ({"projectTypeKey": "service_desk"}, "projectTypeKey"),
        ({"leadAccountId": "nobody"}, "projectLead"),
    ],
)
def test_a_bad_project_is_refused_by_field(api: Api, changes: dict[str, str], field: str) -> None:
    body = {"key": "FINE", "name": "Fine", "projectTypeKey": "software"} | changes

    _, errors = api.refused("POST", "/rest/api/3/project", 400, json=body)

    assert list(errors) == [field]


def test_only_administrators_make_projects(site: Site) -> None:
    with pytest.raises(JIRAError, match="administrator rights") as caught:
        site.jira("bob").create_project("NOPE", "Nope", template_name=SCRUM)

    assert caught.value.status_code == 403


def test_an_unknown_project_is_404(api: Api) -> None:
    assert api.refused("GET", "/rest/api/3/project/NOPE", 404)[0] == ["No project could be found with key 'NOPE'."]
    assert api.refused("GET", "/rest/api/3/project/424242", 404)[0] == ["No project could be found with id '424242'."]


def test_an_archived_project_can_be_looked_at_and_not_changed(api: Api, site: Site) -> None:
    jira, key = site.jira("alice"), api.issue()
    project = "/rest/api/3/project"
    api.post(f"{project}/AUTOTEST/archive", {}, status=204)

    assert api.get(project) == []
    assert api.get(f"{project}/search")["total"] == 0
    assert [p["archived"] for p in api.get(f"{project}/search", status="archived")["values"]] == [True]
    assert api.get(f"/rest/api/3/issue/{key}")["key"] == key
    assert api.found("project = AUTOTEST") == []
    assert api.get(f"/rest/api/3/issue/{key}/transitions")["transitions"] == []
    api.refused("PUT", f"/rest/api/3/issue/{key}", 403, json={"fields": {"summary": "x"}})
    api.refused("DELETE", f"/rest/api/3/issue/{key}", 403)
    api.refused("POST", "/rest/agile/1.0/sprint", 403, json={"name": "x", "originBoardId": 1})
    with pytest.raises(JIRAError, match="permission to create issues"):
        jira.create_issue(project="AUTOTEST", summary="x", issuetype="Task")
    api.refused("DELETE", f"{project}/AUTOTEST", 400)
    api.refused("POST", f"{project}/AUTOTEST/archive", 400)

    assert api.post(f"{project}/AUTOTEST/restore", {}, status=200)["key"] == "AUTOTEST"

    assert api.found("project = AUTOTEST") == [key]
    api.refused("POST", f"{project}/AUTOTEST/restore", 400)
    site_bob = site.jira_session("bob")
    assert site_bob.post(f"{site.jira_url}{project}/AUTOTEST/archive").status_code == 403

"""Projects: created, listed, edited, deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jira import JIRA
from jira.exceptions import JIRAError

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

PROJECT = "/rest/api/3/project"
SCRUM = "com.pyxis.greenhopper.jira:gh-simplified-scrum-classic"


def ends(one: str, other: str) -> dict[str, dict[str, str]]:
    """The issues that a link joins."""
    return {"inwardIssue": {"key": one}, "outwardIssue": {"key": other}}


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
    with pytest.raises(JIRAError, match="administer Jira") as caught:
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


def test_a_deleted_project_waits_in_the_recycle_bin(api: Api, api_of: Callable[[str], Api]) -> None:
    key, bob = api.issue(), api_of("bob")
    new = {"key": "AUTOTEST", "name": "Another one", "projectTypeKey": "software"}
    bob.refused("DELETE", f"{PROJECT}/AUTOTEST", 403)
    api.delete(f"{PROJECT}/AUTOTEST")

    for address in (f"{PROJECT}/AUTOTEST", f"/rest/api/3/issue/{key}", "/rest/agile/1.0/board/1"):
        api.refused("GET", address, 404)
    api.refused("DELETE", f"{PROJECT}/AUTOTEST", 404)
    assert list(api.refused("POST", PROJECT, 400, json=new)[1]) == ["projectKey"]
    (binned,) = api.get(f"{PROJECT}/search", status="deleted")["values"]
    assert (binned["deleted"], binned["deletedBy"]["displayName"]) == (True, "Alice")
    assert binned["deletedDate"] < binned["retentionTillDate"]
    assert bob.get(f"{PROJECT}/search", status="deleted")["values"] == []
    bob.refused("POST", f"{PROJECT}/AUTOTEST/restore", 404)

    assert api.post(f"{PROJECT}/AUTOTEST/restore", {}, status=200)["key"] == "AUTOTEST"
    assert api.found("project = AUTOTEST") == [key]
    api.delete(f"{PROJECT}/AUTOTEST?enableUndo=false")
    api.refused("POST", f"{PROJECT}/AUTOTEST/restore", 404)
    assert api.get(f"{PROJECT}/search", status="deleted")["total"] == 0
    api.post(PROJECT, new, status=201)


def test_the_old_key_of_a_project_leads_to_the_new_one(api: Api, jira: JIRA, account_ids: dict[str, str]) -> None:
    one, other = api.issue(), api.issue()
    api.post("/rest/api/3/issueLink", {"type": {"name": "Blocks"}, **ends(one, other)}, status=201)

    renamed = api.put(f"{PROJECT}/AUTOTEST?expand=projectKeys", {"key": "SHOP"}, status=200)

    assert (renamed["key"], renamed["projectKeys"]) == ("SHOP", ["SHOP", "AUTOTEST"])
    assert jira.issue(one).key == "SHOP-1"
    assert jira.project("AUTOTEST").key == "SHOP"
    assert api.found("project = AUTOTEST AND key in (AUTOTEST-2)") == ["SHOP-2"]
    assert api.issue(project="SHOP") == "SHOP-3"
    api.put(f"/rest/api/3/issue/{one}", {"fields": {"summary": "By its old key"}}, status=204)
    links = api.get("/rest/api/3/issue/SHOP-1")["fields"]["issuelinks"]
    assert links[0].get("outwardIssue", links[0].get("inwardIssue"))["key"] == "SHOP-2"
    taken = {"key": "AUTOTEST", "name": "Autotest 2", "projectTypeKey": "software"}
    assert list(api.refused("POST", PROJECT, 400, json=taken)[1]) == ["projectKey"]
    lead = {"categorisedActors": {"atlassian-user-role-actor": [account_ids["bob"]]}}
    api.put(f"{PROJECT}/SHOP/role/10002", lead, status=200)

    api.put(f"{PROJECT}/SHOP", {"releasedProjectKeys": ["AUTOTEST"]}, status=200)
    api.post(PROJECT, taken, status=201)
    api.refused("GET", f"/rest/api/3/issue/{other}", 404)
    assert [one["key"] for one in api.get("/rest/agile/1.0/board/1/backlog")["issues"]] == [
        "SHOP-1",
        "SHOP-2",
        "SHOP-3",
    ]
    assert list(api.refused("PUT", f"{PROJECT}/SHOP", 400, json={"key": "AUTOTEST"})[1]) == ["projectKey"]


def test_only_administrators_of_the_site_change_a_key(
    api: Api, api_of: Callable[[str], Api], account_ids: dict[str, str]
) -> None:
    actors = {"categorisedActors": {"atlassian-user-role-actor": [account_ids["bob"]]}}
    api.put(f"{PROJECT}/AUTOTEST/role/10002", actors, status=200)
    bob = api_of("bob")

    bob.refused("PUT", f"{PROJECT}/AUTOTEST", 403, json={"key": "BOBS"})
    bob.refused("PUT", f"{PROJECT}/AUTOTEST", 403, json={"permissionScheme": 0})
    assert bob.put(f"{PROJECT}/AUTOTEST", {"name": "Bob's"}, status=200)["name"] == "Bob's"


def test_programs_keep_properties_on_projects(api: Api, api_of: Callable[[str], Api]) -> None:
    where, bob = f"{PROJECT}/AUTOTEST/properties", api_of("bob")
    assert api.get(where) == {"keys": []}

    api("PUT", f"{where}/risk", status=201, json={"level": 3})
    api("PUT", f"{where}/risk", status=200, json={"level": 4})

    assert bob.get(f"{where}/risk") == {"key": "risk", "value": {"level": 4}}
    assert [one["key"] for one in bob.get(where)["keys"]] == ["risk"]
    for address, place in ((f"{PROJECT}/AUTOTEST", None), (PROJECT, 0)):
        shown = bob.get(address, properties="risk,none", expand="permissions")
        shown = shown if place is None else shown[place]
        assert (shown["properties"], shown["permissions"]) == ({"risk": {"level": 4}}, {"canEdit": False})
    bob.refused("PUT", f"{where}/risk", 403, json=1)
    bob.refused("DELETE", f"{where}/risk", 403)
    api.refused("PUT", f"{where}/risk", 400, data=b"")
    api.refused("PUT", f"{where}/{'x' * 256}", 400, json=1)
    api.refused("PUT", f"{where}/risk", 400, json="x" * 40_000)
    api.delete(f"{where}/risk")
    api.refused("DELETE", f"{where}/risk", 404)
    api.refused("GET", f"{where}/risk", 404)
    api.refused("GET", f"{PROJECT}/NOPE/properties", 404)


def test_projects_are_found_by_what_one_may_do_and_put_in_order(api: Api, api_of: Callable[[str], Api]) -> None:
    api.post(PROJECT, {"key": "ZOO", "name": "A zoo", "projectTypeKey": "software"}, status=201)
    api.issue(project="ZOO")

    def found(who: Api, **params: str) -> list[str]:
        return [one["key"] for one in who.get(f"{PROJECT}/search", **params)["values"]]

    assert found(api, orderBy="name") == ["ZOO", "AUTOTEST"]
    assert found(api, orderBy="-issueCount") == found(api, orderBy="-lastIssueUpdatedDate") == ["ZOO", "AUTOTEST"]
    assert found(api, action="edit", orderBy="owner") == ["AUTOTEST", "ZOO"]
    assert found(api_of("bob"), action="edit") == []
    assert found(api_of("bob"), action="create") == ["AUTOTEST", "ZOO"]
    assert found(api, typeKey="business") == []
    (zoo,) = api.get(f"{PROJECT}/search", keys="zoo", expand="insight,description,lead")["values"]
    assert (zoo["insight"]["totalIssueCount"], zoo["description"], zoo["lead"]["displayName"]) == (1, "", "Alice")
    for wrong in ("orderBy=size", "action=fly", "status=lost", "typeKey=none"):
        api.refused("GET", f"{PROJECT}/search?{wrong}", 400)


@pytest.mark.parametrize("scheme", ["permissionScheme", "notificationScheme", "issueSecurityScheme", "categoryId"])
def test_a_scheme_that_is_not_there_makes_no_project(api: Api, scheme: str) -> None:
    body = {"key": "FINE", "name": "Fine", "projectTypeKey": "software", scheme: 4242}

    assert list(api.refused("POST", PROJECT, 400, json=body)[1]) == [scheme]
    api.refused("GET", f"{PROJECT}/FINE", 404)


@pytest.mark.parametrize(
    ("template", "style", "kind", "sprints"),
    [
        ("gh-simplified-scrum-classic", "classic", "scrum", True),
        ("gh-simplified-kanban-classic", "classic", "kanban", False),
        ("gh-simplified-agility-scrum", "next-gen", "simple", True),
        ("gh-simplified-agility-kanban", "next-gen", "simple", False),
    ],
)
def test_each_template_gives_a_board_of_its_type(api: Api, template: str, style: str, kind: str, sprints: bool) -> None:
    body = {"key": "SHOP", "name": "Shop", "projectTypeKey": "software"}
    body["projectTemplateKey"] = f"com.pyxis.greenhopper.jira:{template}"
    api.post(PROJECT, body, status=201)

    project = api.get(f"{PROJECT}/SHOP")
    (board,) = api.get("/rest/agile/1.0/board", projectKeyOrId="SHOP")["values"]
    of_type = api.get("/rest/agile/1.0/board", type=kind)["values"]
    made = api("POST", "/rest/agile/1.0/sprint", json={"name": "Sprint 1", "originBoardId": board["id"]})

    assert (project["style"], project["simplified"]) == (style, style == "next-gen")
    assert board["type"] == kind
    assert board["id"] in [one["id"] for one in of_type]
    assert ("id" in made) == sprints
    assert [t["name"] for t in project["issueTypes"]] == ["Epic", "Story", "Task", "Bug", "Sub-task"]

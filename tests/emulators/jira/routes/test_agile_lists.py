"""Boards' lists, configuration and filters; boards without sprints."""

from __future__ import annotations

import pytest
from jira import JIRA

from tests.emulators.jira.conftest import Api

AGILE = "/rest/agile/1.0"


def test_the_same_lists_in_both_agile_apis(api: Api) -> None:
    keys = [api.issue(summary=f"Issue {n}") for n in range(3)]
    sprint = api.sprint()
    api.plan(sprint, *keys[:2])

    old = api.get(f"{AGILE}/board/1/issue", maxResults=2, fields="summary,sprint,status")
    new = api.get("/rest/software/1.0/board/1/issue", maxResults=2)
    rest = api.get("/rest/software/1.0/board/1/issue", maxResults=2, nextPageToken=new["nextPageToken"])

    assert ([i["key"] for i in old["issues"]], old["total"]) == (keys[:2], 3)
    assert old["issues"][0]["fields"]["sprint"]["name"] == "Sprint 1"
    assert [i["key"] for i in new["issues"] + rest["issues"]] == keys
    assert (new["isLast"], rest["isLast"]) == (False, True)
    for path in (f"sprint/{sprint}/issue", f"board/1/sprint/{sprint}/issue"):
        assert [i["key"] for i in api.get(f"{AGILE}/{path}", jql="summary ~ 'issue 1'")["issues"]] == [keys[1]]
        assert len(api.get(f"/rest/software/1.0/{path}")["issues"]) == 2
    assert [i["key"] for i in api.get(f"{AGILE}/board/1/backlog")["issues"]] == keys[2:]


def test_the_client_makes_a_board_of_a_filter(jira: JIRA, api: Api) -> None:
    bug, _ = api.issue(kind="Bug"), api.issue()
    saved = jira.create_filter(name="Bugs", jql="project = AUTOTEST AND issuetype = Bug")

    board = jira.create_board("Bugs", saved.id, preset="scrum", location_type="project", location_id="AUTOTEST")

    assert [i["key"] for i in api.get(f"{AGILE}/board/{board.id}/issue")["issues"]] == [bug]
    assert jira.filter(saved.id).jql == "project = AUTOTEST AND issuetype = Bug"
    assert [b["id"] for b in api.get(f"{AGILE}/board/filter/{saved.id}")["values"]] == [board.id]
    board.delete()
    api.refused("GET", f"{AGILE}/board/{board.id}", 404)


@pytest.mark.parametrize(
    "body",
    [
        {"type": "scrum", "filterId": 10000},
        {"name": "x", "type": "waterfall", "filterId": 10000},
        {"name": "x", "type": "scrum", "filterId": 77},
        {"name": "x", "type": "scrum", "filterId": 10000, "location": {"type": "moon"}},
    ],
)
def test_a_bad_board_is_refused(api: Api, body: dict[str, object]) -> None:
    api.refused("POST", f"{AGILE}/board", 400, json=body)


def test_a_kanban_board_has_no_sprints(api: Api) -> None:
    body = {
        "key": "KAN",
        "name": "Kanban",
        "projectTypeKey": "software",
        "projectTemplateKey": "com.pyxis.greenhopper.jira:gh-simplified-kanban-classic",
    }
    api.post("/rest/api/3/project", body, status=201)
    board = api.get(f"{AGILE}/board", projectKeyOrId="KAN")["values"][0]

    assert board["type"] == "kanban"
    assert api.refused("GET", f"{AGILE}/board/{board['id']}/sprint", 400)[0] == ["The board does not support sprints"]
    api.refused("POST", f"{AGILE}/sprint", 400, json={"name": "x", "originBoardId": board["id"]})


def test_a_board_has_its_columns_estimate_and_rank_field(api: Api) -> None:
    found = api.get(f"{AGILE}/board/1/configuration")

    assert [c["name"] for c in found["columnConfig"]["columns"]] == ["To Do", "In Progress", "In Review", "Done"]
    assert found["estimation"]["field"] == {"fieldId": "customfield_10016", "displayName": "Story Points"}
    assert found["ranking"] == {"rankCustomFieldId": 10019}
    assert found["location"]["key"] == "AUTOTEST"

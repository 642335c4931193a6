"""Boards: columns with limits, properties, what goes on them; epics on them; who may see and change what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

AGILE = "/rest/agile/1.0"
CONFIG = "/rest/greenhopper/1.0/rapidviewconfig"
TODO, DOING, REVIEW, DONE = "10000", "3", "10001", "10002"


def columns(*given: tuple[str, list[str], dict[str, Any]]) -> dict[str, Any]:
    """The body that sets the columns of board 1."""
    mapped = [{"name": name, "mappedStatuses": [{"id": n} for n in ids]} | limits for name, ids, limits in given]
    return {"rapidViewId": 1, "mappedColumns": mapped}


def test_columns_are_set_with_their_limits(api: Api) -> None:
    body = columns(("Open", [TODO], {}), ("Doing", [DOING, REVIEW], {"min": "1", "max": 3}), ("Done", [], {}))

    changed = api.put(f"{CONFIG}/columns", body, status=200)

    config = api.get(f"{AGILE}/board/1/configuration")["columnConfig"]
    assert [c["name"] for c in config["columns"]] == ["Open", "Doing", "Done"]
    assert (config["columns"][1]["min"], config["columns"][1]["max"]) == (1, 3)
    assert config["constraintType"] == "issueCount"
    assert [status["name"] for status in changed["unmappedStatuses"]] == ["Done"]
    model = api.get(f"{CONFIG}/editmodel.json", rapidViewId=1)
    assert model["rapidListConfig"] == changed
    assert (model["canEdit"], model["name"]) == (True, "AUTOTEST board")


@pytest.mark.parametrize(
    "body",
    [
        columns(),
        columns(("A", ["999"], {})),
        columns(("A", [TODO], {}), ("B", [TODO], {})),
        columns(("", [TODO], {})),
        columns(("A", [TODO], {"min": 3, "max": 2})),
        columns(("A", [TODO], {"max": "many"})),
        columns(*[("A", [], {})] * 51),
        {"rapidViewId": 1, "mappedColumns": ["A"]},
        {"rapidViewId": 1, "mappedColumns": [{"name": "A", "mappedStatuses": [TODO]}]},
    ],
    ids=["none", "unknown status", "twice", "no name", "limits", "no number", "many", "no object", "no status"],
)
def test_bad_columns_are_refused_and_nothing_changes(api: Api, body: dict[str, Any]) -> None:
    api.refused("PUT", f"{CONFIG}/columns", 400, json=body)

    config = api.get(f"{AGILE}/board/1/configuration")["columnConfig"]
    assert [c["name"] for c in config["columns"]] == ["To Do", "In Progress", "In Review", "Done"]


def test_only_those_who_administer_change_a_board(api: Api, api_of: Callable[[str], Api]) -> None:
    bob = api_of("bob")

    bob.refused("PUT", f"{CONFIG}/columns", 403, json=columns(("All", [TODO], {})))
    bob.refused("DELETE", f"{AGILE}/board/1", 403)
    bob.refused("PUT", f"{AGILE}/board/1/properties/x", 403, json=1)
    assert bob.get(f"{CONFIG}/editmodel", rapidViewId=1)["canEdit"] is False
    api.delete(f"{AGILE}/board/1")
    api.refused("GET", f"{AGILE}/board/1", 404)


def test_boards_keep_properties(api: Api) -> None:
    path = f"{AGILE}/board/1/properties"

    api.put(f"{path}/colour", {"hue": [1, "<b>"]}, status=201)
    api.put(f"{path}/colour", {"hue": 2}, status=200)

    assert [one["key"] for one in api.get(path)["keys"]] == ["colour"]
    assert api.get(f"{path}/colour") == {"key": "colour", "value": {"hue": 2}}
    api.refused("PUT", f"{path}/long", 400, json="x" * 32_768)
    api.refused("PUT", f"{path}/bad", 400, data="{")
    api.refused("PUT", f"{path}/bad", 400, data=str(2**70))
    api.delete(f"{path}/colour")
    api.refused("GET", f"{path}/colour", 404)


def test_boards_are_paged_and_found(api: Api) -> None:
    saved = api.post("/rest/api/3/filter", {"name": "All", "jql": "project = AUTOTEST"}, status=200)["id"]
    for name in ("Second", "Third"):
        body = {"name": name, "type": "kanban", "filterId": int(saved), "location": {"type": "user"}}
        api.post(f"{AGILE}/board", body, status=201)

    page = api.get(f"{AGILE}/board", maxResults=2, startAt=1)

    assert ([b["name"] for b in page["values"]], page["total"], page["isLast"]) == (["Second", "Third"], 3, True)
    assert [b["name"] for b in api.get(f"{AGILE}/board", type="kanban", name="sec")["values"]] == ["Second"]
    assert len(api.get(f"{AGILE}/board/filter/{saved}")["values"]) == 2
    features = {f["boardFeature"]: f["state"] for f in api.get(f"{AGILE}/board/1/features")["features"]}
    assert (features["SPRINTS"], features["BACKLOG"]) == ("ENABLED", "ENABLED")


def test_issues_go_on_the_board_into_its_active_sprint(api: Api) -> None:
    first, second = api.issue(), api.issue()
    path = f"{AGILE}/board/1/issue"
    api.refused("POST", path, 400, json={"issues": [second]})
    sprint = api.sprint()
    api.set_state(sprint, "active")

    api.post(path, {"issues": [second], "rankBeforeIssue": first}, status=204)

    assert api.found(f"sprint = {sprint}") == [second]
    assert api.found("project = AUTOTEST ORDER BY rank") == [second, first]
    api.post(f"{AGILE}/backlog/1/issue", {"issues": [second], "rankAfterIssue": first}, status=204)
    assert api.found("project = AUTOTEST ORDER BY rank") == [first, second]
    assert api.found("sprint is EMPTY ORDER BY rank") == [first, second]


def test_sprints_change_places(api: Api) -> None:
    first, second, third = (api.sprint(name=f"Sprint {n}") for n in (1, 2, 3))

    api.post(f"{AGILE}/sprint/{first}/swap", {"sprintToSwapWith": third}, status=204)

    assert [s["id"] for s in api.get(f"{AGILE}/board/1/sprint")["values"]] == [third, second, first]
    page = api.get(f"{AGILE}/board/1/sprint", startAt=1, maxResults=1)
    assert ([s["id"] for s in page["values"]], page["isLast"]) == ([second], False)
    api.refused("POST", f"{AGILE}/sprint/{first}/swap", 404, json={"sprintToSwapWith": 999})
    api.refused("POST", f"{AGILE}/sprint/{first}/swap", 400, json={})


def test_of_a_closed_sprint_only_name_and_goal_change(api: Api) -> None:
    sprint = api.sprint()
    api.set_state(sprint, "active")
    api.set_state(sprint, "closed")
    before = api.get(f"{AGILE}/sprint/{sprint}")

    changed = api.post(
        f"{AGILE}/sprint/{sprint}",
        {"goal": "Told later", "startDate": "2026-01-01T00:00:00.000Z", "completeDate": "2026-01-02T00:00:00.000Z"},
        status=200,
    )

    assert changed == before | {"goal": "Told later"}


@pytest.mark.parametrize("target", ["itself", "closed", "unknown"])
def test_unfinished_issues_go_to_an_open_sprint_only(api: Api, target: str) -> None:
    sprint, closed = api.sprint(), api.sprint(name="Over")
    api.set_state(closed, "active")
    api.set_state(closed, "closed")
    number = {"itself": sprint, "closed": closed, "unknown": 999}[target]

    _, errors = api.refused("POST", f"{AGILE}/sprint/{sprint}", 400, json={"incompleteIssuesDestinationId": number})

    assert list(errors) == ["incompleteIssuesDestinationId"]


def test_epics_are_coloured_done_and_ranked(api: Api) -> None:
    first, second = api.issue(kind="Epic", summary="One"), api.issue(kind="Epic", summary="Two")

    changed = api.post(
        f"{AGILE}/epic/{first}", {"color": {"key": "color_6"}, "done": True, "name": "First"}, status=200
    )
    api.put(f"{AGILE}/epic/{second}/rank", {"rankBeforeEpic": first, "rankCustomFieldId": 10019}, status=204)

    assert (changed["color"], changed["done"], changed["name"]) == ({"key": "color_6"}, True, "First")
    assert [e["key"] for e in api.get(f"{AGILE}/board/1/epic")["values"]] == [second, first]
    assert [e["key"] for e in api.get(f"{AGILE}/board/1/epic", done="false")["values"]] == [second]
    assert [e["key"] for e in api.get(f"{AGILE}/board/1/epic", done="true")["values"]] == [first]
    api.refused("POST", f"{AGILE}/epic/{first}", 400, json={"color": {"key": "color_99"}})
    api.refused("POST", f"{AGILE}/epic/{first}", 400, json={"done": "yes"})
    api.refused("PUT", f"{AGILE}/epic/{first}/rank", 404, json={"rankAfterEpic": api.issue()})
    api.refused("PUT", f"{AGILE}/epic/{first}/rank", 400, json={})


def test_a_flag_goes_up_and_down_with_its_history(api: Api) -> None:
    key = api.issue(duedate="2026-03-09")

    api.put(f"/rest/api/2/issue/{key}", {"fields": {"customfield_10021": [{"value": "Impediment"}]}}, status=204)
    assert api.found("Flagged = Impediment") == [key]
    assert api.get(f"{AGILE}/issue/{key}")["fields"]["flagged"] is True
    api.put(f"/rest/api/2/issue/{key}", {"fields": {"customfield_10021": None, "duedate": None}}, status=204)

    assert api.changes(key) == [
        ("Flagged", "", "Impediment"),
        ("duedate", "2026-03-09 00:00:00.0", None),
        ("Flagged", "Impediment", ""),
    ]
    items = api.get(f"/rest/api/3/issue/{key}/changelog")["values"][0]["items"]
    assert (items[0]["from"], items[0]["to"]) == ("", "[10019]")


def test_a_parent_goes_with_its_subtasks_only_when_asked_to(api: Api) -> None:
    parent = api.issue()
    child = api.issue(kind="Sub-task", parent={"key": parent})

    assert "deleteSubtasks" in api.refused("DELETE", f"/rest/api/3/issue/{parent}", 400)[0][0]
    api.delete(f"/rest/api/3/issue/{parent}?deleteSubtasks=true")

    api.refused("GET", f"/rest/api/3/issue/{child}", 404)


def test_team_managed_projects_say_so(api: Api, site: Site) -> None:
    template = "com.pyxis.greenhopper.jira:gh-simplified-agility-scrum"
    body = {"key": "TEAM", "name": "Team", "projectTypeKey": "software", "projectTemplateKey": template}
    api.post("/rest/api/3/project", body, status=201)

    team, company = (api.get(f"/rest/api/3/project/{key}") for key in ("TEAM", "AUTOTEST"))

    assert (team["style"], team["simplified"]) == ("next-gen", True)
    assert (company["style"], company["simplified"]) == ("classic", False)
    board = site.jira().boards(projectKeyOrID="TEAM")[0]
    assert board.type == "simple"


def test_who_may_only_look_plans_nothing_and_others_see_nothing(
    api: Api, api_of: Callable[[str], Api], account_ids: dict[str, str]
) -> None:
    first, second, epic = api.issue(), api.issue(), api.issue(kind="Epic")
    sprint = api.sprint()
    role = "/rest/api/3/project/AUTOTEST/role"
    api.post(f"{role}/10004", {"user": [account_ids["bob"]]}, status=200)
    api.delete(f"{role}/10003?group=jira-software-users")
    bob, carol = api_of("bob"), api_of("carol")

    for method, path, body in (
        ("POST", f"sprint/{sprint}", {"state": "active"}),
        ("POST", "sprint", {"name": "Mine", "originBoardId": 1}),
        ("DELETE", f"sprint/{sprint}", None),
        ("POST", f"sprint/{sprint}/swap", {"sprintToSwapWith": sprint}),
        ("POST", f"sprint/{sprint}/issue", {"issues": [first]}),
        ("POST", "backlog/issue", {"issues": [first]}),
        ("PUT", "issue/rank", {"issues": [second], "rankBeforeIssue": first}),
        ("POST", f"epic/{epic}/issue", {"issues": [first]}),
        ("POST", f"epic/{epic}", {"name": "Mine"}),
    ):
        bob.refused(method, f"{AGILE}/{path}", 403, json=body)
    assert bob.get(f"{AGILE}/board/1")["name"] == "AUTOTEST board"
    assert bob.get(f"/rest/api/3/issue/{first}/transitions")["transitions"] == []
    assert carol.get(f"{AGILE}/board")["values"] == []
    for path in ("board/1", "board/1/configuration", f"sprint/{sprint}", f"epic/{epic}", "board/1/backlog"):
        carol.refused("GET", f"{AGILE}/{path}", 404)
    carol.refused("GET", "/rest/greenhopper/1.0/rapid/charts/velocity?rapidViewId=1", 404)
    assert api.get(f"{AGILE}/sprint/{sprint}")["state"] == "future"

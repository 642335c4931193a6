"""Issues on boards and off them, and who may move them: projects of a filter, private boards, kanban backlogs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.emulators.jira.conftest import Api

AGILE = "/rest/agile/1.0"
CONFIG = "/rest/greenhopper/1.0/rapidviewconfig"
TODO, DOING, REVIEW, DONE = "10000", "3", "10001", "10002"


def make_board(api: Api, jql: str, *, kind: str = "scrum", **place: Any) -> int:
    """A board over a new filter of the caller, in the caller's own place unless another is given."""
    saved = api.post("/rest/api/3/filter", {"name": jql, "jql": jql}, status=200)["id"]
    body = {"name": "Mine", "type": kind, "filterId": int(saved), "location": place or {"type": "user"}}
    return int(api.post(f"{AGILE}/board", body, status=201)["id"])


def make_project(api: Api, key: str, template: str = "gh-simplified-scrum-classic") -> int:
    """A project; returns its board."""
    full = f"com.pyxis.greenhopper.jira:{template}"
    body = {"key": key, "name": key, "projectTypeKey": "software", "projectTemplateKey": full}
    api.post("/rest/api/3/project", body, status=201)
    return int(api.get(f"{AGILE}/board", projectKeyOrId=key)["values"][0]["id"])


def backlog(api: Api, board: int) -> list[str]:
    """The keys of a board's backlog."""
    return [issue["key"] for issue in api.get(f"{AGILE}/board/{board}/backlog", fields="summary")["issues"]]


def test_a_board_over_a_private_filter_is_its_owners_alone(api: Api, api_of: Callable[[str], Api]) -> None:
    bob, board = api_of("bob"), make_board(api, "project = AUTOTEST AND type = Bug")
    sprint = api.sprint(board)

    shown = api.get(f"{AGILE}/board/{board}")
    assert (shown["isPrivate"], shown["location"]["displayName"]) == (True, "Alice")
    assert board not in [one["id"] for one in bob.get(f"{AGILE}/board")["values"]]
    for path in (f"board/{board}", f"board/{board}/sprint", f"sprint/{sprint}"):
        bob.refused("GET", f"{AGILE}/{path}", 404)
    bob.refused("POST", f"{AGILE}/sprint", 404, json={"name": "x", "originBoardId": board})
    api.plan(sprint, api.issue())
    assert bob.get(f"{AGILE}/sprint/{sprint}")["name"] == "Sprint 1"  # for the issue in it
    number = api.get(f"{AGILE}/board/{board}/configuration")["filter"]["id"]
    api.post(f"/rest/api/3/filter/{number}/permission", {"type": "authenticated"}, status=201)
    assert bob.get(f"{AGILE}/board/{board}")["isPrivate"] is False


def test_sprints_need_the_permission_in_all_projects_of_the_filter(api: Api, api_of: Callable[[str], Api]) -> None:
    bob = api_of("bob")
    make_project(api, "LEDGER")
    boards = {
        jql: make_board(bob, jql) for jql in ("project in (AUTOTEST, ledger)", "type = Bug", "project = AUTOTEST")
    }
    made = [
        bob.post(f"{AGILE}/sprint", {"name": "Before", "originBoardId": board}, status=201) for board in boards.values()
    ]
    api.delete("/rest/api/3/project/LEDGER/role/10003?group=jira-software-users")

    both, open_, own = boards.values()
    for board in (both, open_):
        bob.refused("POST", f"{AGILE}/sprint", 403, json={"name": "x", "originBoardId": board})
    bob.refused("DELETE", f"{AGILE}/sprint/{made[0]['id']}", 403)
    bob.post(f"{AGILE}/sprint", {"name": "Mine", "originBoardId": own}, status=201)
    assert [p["key"] for p in bob.get(f"{AGILE}/board/{both}/project")["values"]] == ["AUTOTEST"]
    assert [b["id"] for b in bob.get(f"{AGILE}/board", projectKeyOrId="AUTOTEST")["values"]] == [1, both, own]


def test_who_may_not_edit_an_issue_moves_it_into_no_sprint(api: Api, api_of: Callable[[str], Api]) -> None:
    key, sprint = api.issue(), api.sprint()
    given = ("BROWSE_PROJECTS", "SCHEDULE_ISSUES", "MANAGE_SPRINTS_PERMISSION")
    grants = [{"holder": {"type": "applicationRole"}, "permission": permission} for permission in given]
    scheme = api.post("/rest/api/3/permissionscheme", {"name": "Plan", "permissions": grants}, status=201)
    api.put("/rest/api/3/project/AUTOTEST/permissionscheme", {"id": scheme["id"]}, status=200)
    bob = api_of("bob")

    for path in (f"sprint/{sprint}/issue", "backlog/issue", "backlog/1/issue"):
        bob.refused("POST", f"{AGILE}/{path}", 403, json={"issues": [key]})
    bob.post(f"{AGILE}/sprint/{sprint}", {"name": "Better"}, status=200)
    assert api.found(f"sprint = {sprint}") == []


def test_a_sprint_shows_on_every_board_that_has_an_issue_in_it(api: Api) -> None:
    make_project(api, "LEDGER")
    board, bug = make_board(api, "type = Bug AND sprint is not EMPTY"), api.issue(kind="Bug")
    first, own = api.sprint(), api.sprint(board, name="Bugs")
    api.sprint(name="Without bugs")
    api.plan(first, bug)

    shown = api.get(f"{AGILE}/board/{board}/sprint")
    assert [(s["id"], s["originBoardId"]) for s in shown["values"]] == [(first, 1), (own, board)]
    assert (shown["total"], shown["isLast"]) == (2, True)
    api.set_state(first, "active")
    assert "already active" in api.refused("POST", f"{AGILE}/sprint/{own}", 400, json={"state": "active"})[0][0]
    asked = api.get(f"/rest/greenhopper/1.0/sprintquery/{board}")
    assert [(s["id"], s["state"]) for s in asked["sprints"]] == [(first, "ACTIVE")]


def test_a_deleted_board_takes_its_sprints_out_of_the_issues(api: Api) -> None:
    board, key = make_board(api, "project = AUTOTEST"), api.issue()
    sprint = api.sprint(board)
    api.plan(sprint, key)

    api.delete(f"{AGILE}/board/{board}")

    assert api.changes(key)[-1] == ("Sprint", "Sprint 1", "")
    api.refused("GET", f"{AGILE}/sprint/{sprint}", 404)


def test_a_kanban_backlog_is_its_first_column(api: Api) -> None:
    board = make_project(api, "KAN", "gh-simplified-kanban-classic")
    first, second = api.issue(project="KAN"), api.issue(project="KAN")
    columns = api.get(f"{AGILE}/board/{board}/configuration")["columnConfig"]["columns"]
    assert (columns[0], backlog(api, board)) == ({"name": "Backlog", "statuses": []}, [])

    mapped: list[dict[str, Any]] = [
        {"name": "Backlog", "mappedStatuses": [{"id": TODO}], "isKanPlanColumn": True},
        {"name": "Selected", "mappedStatuses": [{"id": DOING}, {"id": REVIEW}]},
        {"name": "Done", "mappedStatuses": [{"id": DONE}]},
    ]
    body = {"rapidViewId": board, "mappedColumns": mapped}
    assert api.put(f"{CONFIG}/columns", body, status=200)["mappedColumns"][0]["isKanPlanColumn"] is True
    assert api.get(f"{CONFIG}/editmodel", rapidViewId=board)["isKanPlanEnabled"] is True
    assert backlog(api, board) == [first, second]
    api.post(f"{AGILE}/board/{board}/issue", {"issues": [second], "rankBeforeIssue": first}, status=204)
    assert (backlog(api, board), api.found("project = KAN ORDER BY rank")) == ([first], [second, first])
    api.move(first, "In Review")
    api.post(f"{AGILE}/board/{board}/issue", {"issues": [first]}, status=204)
    api.post(f"{AGILE}/backlog/{board}/issue", {"issues": [second, first, api.issue()]}, status=204)
    assert backlog(api, board) == [second, first]
    assert [change for change in api.changes(second) if change[0] == "status"] == [
        ("status", "To Do", "In Progress"),
        ("status", "In Progress", "To Do"),
    ]
    mapped[0]["isKanPlanColumn"], mapped[1]["isKanPlanColumn"] = False, True
    api.refused("PUT", f"{CONFIG}/columns", 400, json=body)


@pytest.mark.parametrize("template", ["gh-simplified-scrum-classic", "gh-simplified-agility-scrum"])
def test_reports_are_listed_for_team_managed_boards_alone(api: Api, template: str) -> None:
    board = make_project(api, "TEAM", template)

    if "agility" in template:
        assert api.get(f"{AGILE}/board/{board}/reports") == {"reports": []}
    else:
        said = api.refused("GET", f"{AGILE}/board/{board}/reports", 400)[0]
        assert said == [f"Board with id {board} is not an agility board"]


def test_pages_by_token_miss_nothing_when_issues_move(api: Api) -> None:
    a, b, c, d = (api.issue(summary=name) for name in "abcd")
    path = "/rest/software/1.0/board/1/issue"
    first = api.get(path, maxResults=2, fields="summary")

    api.put(f"{AGILE}/issue/rank", {"issues": [d], "rankBeforeIssue": a}, status=204)
    api.issue(summary="e")
    second = api.get(path, maxResults=2, fields="summary", nextPageToken=first["nextPageToken"])

    assert [i["key"] for i in first["issues"]] == [a, b]
    assert [i["fields"]["summary"] for i in second["issues"]] == ["c", "e"]
    assert (second["issues"][0]["key"], second["isLast"]) == (c, True)
    for other in ({"jql": "type = Bug"}, {}):
        place = path if other else "/rest/software/1.0/board/1/backlog"
        api.refused("GET", place, 400, params={"nextPageToken": first["nextPageToken"]} | other)


def test_boards_are_found_by_place_and_ordered_by_name(api: Api, account_ids: dict[str, str]) -> None:
    make_project(api, "KAN", "gh-simplified-kanban-classic")
    make_board(api, "type = Bug")

    def names(**asked: str) -> list[str]:
        return [one["name"] for one in api.get(f"{AGILE}/board", **asked)["values"]]

    assert names(orderBy="-name") == ["Mine", "KAN board", "AUTOTEST board"]
    assert names(projectLocation="KAN") == ["KAN board"]
    assert names(projectLocation="KAN", negateLocationFiltering="true") == ["AUTOTEST board", "Mine"]
    assert names(accountIdLocation=account_ids["alice"]) == ["Mine"]
    assert names(accountIdLocation="nobody") == names(projectTypeLocation="service_desk") == []
    make_board(api, "NOT project = KAN OR type = Bug")
    assert names(projectKeyOrId="KAN") == ["KAN board", "Mine"]
    for key in ("NOPE", ""):
        assert api.refused("GET", f"{AGILE}/board", 400, params={"projectKeyOrId": key})[0]
    api.refused("GET", f"{AGILE}/board", 400, params={"orderBy": "colour"})

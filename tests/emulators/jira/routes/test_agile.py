"""Boards, sprints, epics, rank and estimates: a whole sprint by the jira client, and the refusals."""

from __future__ import annotations

import pytest
from jira import JIRA
from jira.exceptions import JIRAError

from tests.emulators.jira.conftest import Api

AGILE = "/rest/agile/1.0"
START, END = "2026-03-02T09:00:00.000+0000", "2026-03-13T17:00:00.000+0100"


def test_a_whole_sprint_by_the_client_alone(jira: JIRA, api: Api) -> None:
    board = jira.boards(projectKeyOrID="AUTOTEST", type="scrum")[0]
    keys = [api.issue(summary=f"Story {n}") for n in range(3)]
    sprint = jira.create_sprint("Sprint 1", board.id, startDate=START, endDate=END, goal="Refunds")
    following = jira.create_sprint("Sprint 2", board.id)

    jira.add_issues_to_sprint(sprint.id, keys[:2])
    jira.update_sprint(sprint.id, name="Sprint 1", state="active", startDate=START, endDate=END, goal="Refunds")
    jira.add_issues_to_sprint(sprint.id, keys[2:])
    jira.transition_issue(keys[0], "Done")
    jira.move_to_backlog([keys[2]])
    jira.update_sprint(sprint.id, name="Sprint 1", state="closed", goal="Refunds")
    jira.add_issues_to_sprint(following.id, [keys[1]])

    closed = jira.sprint(sprint.id)
    assert (closed.state, closed.goal, closed.endDate) == ("closed", "Refunds", "2026-03-13T16:00:00.000Z")
    assert closed.completeDate
    assert [s.name for s in jira.sprints(board.id, state="closed")] == ["Sprint 1"]
    assert [i.key for i in jira.search_issues("sprint in closedSprints() order by key")] == keys[:2]
    assert [i.key for i in jira.search_issues("sprint in futureSprints()")] == [keys[1]]
    assert [s.name for s in jira.issue(keys[1]).fields.customfield_10020] == ["Sprint 1", "Sprint 2"]
    assert [c for c in api.changes(keys[1]) if c[0] == "Sprint"] == [
        ("Sprint", "", "Sprint 1"),
        ("Sprint", "Sprint 1", "Sprint 1, Sprint 2"),
    ]
    assert [c for c in api.changes(keys[2]) if c[0] == "Sprint"] == [
        ("Sprint", "", "Sprint 1"),
        ("Sprint", "Sprint 1", ""),
    ]
    items = api.get(f"/rest/api/3/issue/{keys[1]}/changelog")["values"][-1]["items"]
    assert (items[0]["from"], items[0]["to"]) == (str(sprint.id), f"{sprint.id}, {following.id}")


def test_closing_leaves_unfinished_issues_in_the_backlog(api: Api) -> None:
    done, open_ = api.issue(), api.issue()
    sprint = api.sprint()
    api.plan(sprint, done, open_)
    api.set_state(sprint, "active")
    api.move(done, "Done")
    assert api.get(f"{AGILE}/board/1/backlog")["issues"] == []

    api.set_state(sprint, "closed")

    assert [i["key"] for i in api.get(f"{AGILE}/board/1/backlog")["issues"]] == [open_]


def test_the_same_lists_in_both_agile_apis(api: Api) -> None:
    keys = [api.issue(summary=f"Issue {n}") for n in range(3)]
    sprint = api.sprint()
    api.plan(sprint, *keys[:2])

    old = api.get(f"{AGILE}/board/1/issue", maxResults=2, fields="summary,sprint,status")
    new = api.get("/rest/software/1.0/board/1/issue", maxResults=2)
    rest = api.get("/rest/software/1.0/board/1/issue", maxResults=2, nextPageToken=new["nextPageToken"])

    assert ([i["key"] for i in old["issues"]], old["total"], old["isLast"]) == (keys[:2], 3, False)
    assert old["issues"][0]["fields"]["sprint"]["name"] == "Sprint 1"
    assert [i["key"] for i in new["issues"] + rest["issues"]] == keys
    assert (new["isLast"], rest["isLast"]) == (False, True)
    for path in (f"sprint/{sprint}/issue", f"board/1/sprint/{sprint}/issue"):
        assert [i["key"] for i in api.get(f"{AGILE}/{path}", jql="summary ~ 'issue 1'")["issues"]] == [keys[1]]
        assert len(api.get(f"/rest/software/1.0/{path}")["issues"]) == 2
    assert [i["key"] for i in api.get(f"{AGILE}/board/1/backlog")["issues"]] == keys[2:]


def test_a_board_has_its_columns_estimate_and_rank_field(api: Api) -> None:
    found = api.get(f"{AGILE}/board/1/configuration")

    assert [c["name"] for c in found["columnConfig"]["columns"]] == ["To Do", "In Progress", "In Review", "Done"]
    assert found["estimation"]["field"] == {"fieldId": "customfield_10016", "displayName": "Story Points"}
    assert found["ranking"] == {"rankCustomFieldId": 10019}
    assert found["location"]["key"] == "AUTOTEST"


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


def test_only_one_sprint_is_active(api: Api) -> None:
    first, second = api.sprint(), api.sprint(name="Sprint 2")
    api.set_state(first, "active")

    messages, _ = api.refused("POST", f"{AGILE}/sprint/{second}", 400, json={"state": "active"})

    assert "already active" in messages[0]
    assert api.get(f"{AGILE}/sprint/{second}")["state"] == "future"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"originBoardId": 1}, "name"),
        ({"name": "x" * 31, "originBoardId": 1}, "name"),
        ({"name": "x"}, "originBoardId"),
        ({"name": "x", "originBoardId": 1, "startDate": "soon"}, "startDate"),
        ({"name": "x", "originBoardId": 1, "startDate": END, "endDate": START}, "endDate"),
    ],
)
def test_a_bad_sprint_is_refused_by_field(api: Api, body: dict[str, object], field: str) -> None:
    assert list(api.refused("POST", f"{AGILE}/sprint", 400, json=body)[1]) == [field]


def test_sprint_states_go_one_way(api: Api) -> None:
    sprint = api.sprint(startDate=None)

    assert list(api.refused("POST", f"{AGILE}/sprint/{sprint}", 400, json={"state": "active"})[1]) == ["startDate"]
    api.refused("POST", f"{AGILE}/sprint/{sprint}", 400, json={"state": "closed"})
    api.post(f"{AGILE}/sprint/{sprint}", {"startDate": START, "state": "active"}, status=200)
    api.refused("POST", f"{AGILE}/sprint/{sprint}", 400, json={"state": "future"})
    api.set_state(sprint, "closed")
    api.refused("POST", f"{AGILE}/sprint/{sprint}/issue", 400, json={"issues": [api.issue()]})


def test_put_replaces_and_post_amends(api: Api) -> None:
    sprint = api.sprint(goal="Ship")

    amended = api.post(f"{AGILE}/sprint/{sprint}", {"name": "Better"}, status=200)
    replaced = api.put(f"{AGILE}/sprint/{sprint}", {"name": "Bare"}, status=200)

    assert (amended["name"], amended["goal"], "startDate" in amended) == ("Better", "Ship", True)
    assert (replaced["name"], replaced["goal"], "startDate" in replaced) == ("Bare", "", False)


def test_a_deleted_sprint_leaves_its_issues_in_the_backlog(api: Api, jira: JIRA) -> None:
    key, sprint = api.issue(), api.sprint()
    api.plan(sprint, key)

    jira.sprint(sprint).delete()

    assert [i["key"] for i in api.get(f"{AGILE}/board/1/backlog")["issues"]] == [key]
    assert api.changes(key)[-1] == ("Sprint", "Sprint 1", "")
    with pytest.raises(JIRAError, match="Sprint does not exist"):
        jira.sprint(sprint)


def test_subtasks_go_with_their_parent(api: Api) -> None:
    parent, sprint = api.issue(), api.sprint()
    child = api.issue(kind="Sub-task", parent={"key": parent})

    api.plan(sprint, parent)
    later = api.issue(kind="Sub-task", parent={"key": parent})

    assert sorted(api.found(f"sprint = {sprint}")) == [parent, child, later]


def test_a_subtask_goes_into_no_sprint_alone(api: Api) -> None:
    parent, sprint = api.issue(), api.sprint(name=" Sprint 1 ")
    child = api.issue(kind="Sub-task", parent={"key": parent})
    said = "subtasks cannot be associated to a sprint. It's associated to the same sprint as its parent."

    assert said in api.refused("POST", f"{AGILE}/sprint/{sprint}/issue", 400, json={"issues": [child]})[0][0]
    fields = {"customfield_10020": sprint}
    for method, path, body in (
        ("PUT", f"/rest/api/2/issue/{child}", {"fields": fields}),
        (
            "POST",
            "/rest/api/2/issue",
            {
                "fields": fields
                | {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Sub-task"}, "summary": "x"}
                | {"parent": {"key": parent}}
            },
        ),
    ):
        errors = api.refused(method, path, 400, json=body)[1]
        assert list(errors) == ["customfield_10020"]
        assert errors["customfield_10020"].endswith(said)
    assert api.found("sprint is not EMPTY") == []
    assert api.get(f"{AGILE}/sprint/{sprint}")["name"] == "Sprint 1"


def test_an_issue_goes_into_a_sprint_by_its_field_too(api: Api) -> None:
    sprint = api.sprint()
    key = api.issue(customfield_10020=sprint)

    api.put(f"/rest/api/2/issue/{key}", {"fields": {"customfield_10020": None}}, status=204)

    assert api.changes(key) == [("Sprint", "Sprint 1", "")]


def test_at_most_fifty_issues_move_at_once(api: Api) -> None:
    sprint = api.sprint()

    for method, path, more in (
        ("POST", f"sprint/{sprint}/issue", {}),
        ("POST", "backlog/issue", {}),
        ("PUT", "issue/rank", {"rankBeforeIssue": "AUTOTEST-1"}),
    ):
        keys = [f"AUTOTEST-{n}" for n in range(51)]
        assert "50" in api.refused(method, f"{AGILE}/{path}", 400, json={"issues": keys} | more)[0][0]
        api.refused(method, f"{AGILE}/{path}", 400, json={"issues": []} | more)
        api.refused(method, f"{AGILE}/{path}", 404, json={"issues": ["AUTOTEST-99"]} | more)


def test_the_client_ranks(jira: JIRA, api: Api) -> None:
    a, b, c = (api.issue(summary=name) for name in "abc")

    jira.rank(c, next_issue=a)
    jira.rank(a, prev_issue=b)

    assert api.found("project = AUTOTEST ORDER BY rank") == [c, b, a]
    assert api.changes(c) == [("Rank", "", "Ranked higher")]
    assert api.changes(a) == [("Rank", "", "Ranked lower")]


def test_ranking_several_keeps_their_order(api: Api) -> None:
    a, b, c, d = (api.issue(summary=name) for name in "abcd")

    api.put(f"{AGILE}/issue/rank", {"issues": [d, c], "rankBeforeIssue": b}, status=204)
    api.put(f"{AGILE}/issue/rank", {"issues": [a], "rankAfterIssue": b, "rankCustomFieldId": 10019}, status=204)

    assert api.found("project = AUTOTEST ORDER BY rank") == [d, c, b, a]


def test_an_issue_that_stands_there_already_is_not_ranked(api: Api) -> None:
    a, b = api.issue(), api.issue()

    api.put(f"{AGILE}/issue/rank", {"issues": [a], "rankBeforeIssue": b}, status=204)
    api.put(f"{AGILE}/issue/rank", {"issues": [b], "rankAfterIssue": a}, status=204)

    assert (api.changes(a), api.changes(b)) == ([], [])


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"rankBeforeIssue": "AUTOTEST-1", "rankAfterIssue": "AUTOTEST-1"},
        {"rankBeforeIssue": "AUTOTEST-1"},
        {"rankBeforeIssue": "AUTOTEST-2", "rankCustomFieldId": 1},
    ],
    ids=["neither", "both", "itself", "another field"],
)
def test_a_bad_rank_is_refused(api: Api, more: dict[str, object]) -> None:
    key, _ = api.issue(), api.issue()

    api.refused("PUT", f"{AGILE}/issue/rank", 400, json={"issues": [key]} | more)


def test_estimates(api: Api) -> None:
    key = api.issue()

    changed = api.put(f"{AGILE}/issue/{key}/estimation?boardId=1", {"value": "8.0"}, status=200)

    assert changed == {"fieldId": "customfield_10016", "value": 8.0}
    assert api.get(f"{AGILE}/issue/{key}/estimation", boardId=1) == changed
    assert api.changes(key) == [("Story Points", None, "8")]
    api.refused("PUT", f"{AGILE}/issue/{key}/estimation?boardId=1", 400, json={"value": "many"})
    api.refused("GET", f"{AGILE}/issue/{key}/estimation", 400)


def test_epics_and_their_issues(jira: JIRA, api: Api) -> None:
    epic, story, free = api.issue(kind="Epic", summary="Refunds"), api.issue(), api.issue()

    jira.add_issues_to_epic(epic, [story])

    assert api.get(f"{AGILE}/epic/{epic}")["name"] == "Refunds"
    assert [e["key"] for e in api.get(f"{AGILE}/board/1/epic", done="false")["values"]] == [epic]
    assert [i["key"] for i in api.get(f"{AGILE}/epic/{epic}/issue")["issues"]] == [story]
    assert [i["key"] for i in api.get(f"/rest/software/1.0/board/1/epic/{epic}/issue")["issues"]] == [story]
    assert [i["key"] for i in api.get(f"{AGILE}/board/1/epic/none/issue")["issues"]] == [free]
    assert api.get(f"{AGILE}/issue/{story}")["fields"]["epic"]["key"] == epic
    api.post(f"{AGILE}/epic/none/issue", {"issues": [story]}, status=204)
    assert api.get(f"{AGILE}/epic/{epic}/issue")["issues"] == []
    api.refused("POST", f"{AGILE}/epic/{epic}/issue", 400, json={"issues": [epic]})
    api.refused("GET", f"{AGILE}/epic/{story}", 404)


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

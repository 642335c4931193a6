"""Sprints: planned, started, filled, closed, deleted; and the refusals."""

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
    jira.update_sprint(sprint.id, name="Sprint 1", state="closed", startDate=START, endDate=END, goal="Refunds")
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
        ({"name": "x", "originBoardId": 1, "startDate": "2026-W10-1"}, "startDate"),
        ({"name": "x", "originBoardId": 1, "goal": "x" * 5001}, "goal"),
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
        lost = 400 if method == "PUT" else 404
        api.refused(method, f"{AGILE}/{path}", lost, json={"issues": ["AUTOTEST-99"]} | more)


def test_a_sprint_closes_once_the_sub_tasks_of_what_is_done_are_done(api: Api) -> None:
    parent, waiting, sprint = api.issue(), api.issue(), api.sprint()
    child = api.issue(kind="Sub-task", parent={"key": parent})
    api.issue(kind="Sub-task", parent={"key": waiting})
    api.plan(sprint, parent, waiting)
    api.set_state(sprint, "active")
    api.move(parent, "Done")

    said = api.refused("POST", f"{AGILE}/sprint/{sprint}", 400, json={"state": "closed", "goal": "New"})[0]

    assert parent in said[0]
    assert waiting not in said[0]
    assert [api.get(f"{AGILE}/sprint/{sprint}")[name] for name in ("state", "goal")] == ["active", ""]
    api.move(child, "Done")
    api.set_state(sprint, "closed")


@pytest.mark.parametrize("target", [-1, "deleted"])
def test_unfinished_issues_stay_in_the_backlog_without_a_sprint_to_go_to(api: Api, target: int | str) -> None:
    key, sprint, other = api.issue(), api.sprint(), api.sprint(name="Other")
    number = other if target == "deleted" else target
    api.post(f"{AGILE}/sprint/{sprint}", {"incompleteIssuesDestinationId": number}, status=200)
    api.plan(sprint, key)
    api.set_state(sprint, "active")
    api.delete(f"{AGILE}/sprint/{other}")

    api.set_state(sprint, "closed")

    assert [i["key"] for i in api.get(f"{AGILE}/board/1/backlog")["issues"]] == [key]
    assert api.changes(key) == [("Sprint", "", "Sprint 1")]


def test_a_full_update_has_all_that_a_running_sprint_needs(api: Api) -> None:
    sprint = api.sprint(goal="Ship")
    path, dates = f"{AGILE}/sprint/{sprint}", {"startDate": START, "endDate": END}

    assert list(api.refused("PUT", path, 400, json={"state": "active"} | dates)[1]) == ["name"]
    assert list(api.refused("PUT", path, 400, json={"name": "One", "state": "active"})[1]) == ["startDate", "endDate"]
    api.put(path, {"name": "One", "state": "active"} | dates, status=200)
    assert list(api.refused("PUT", path, 400, json={"name": "One", "startDate": START})[1]) == ["endDate"]
    moved = api.post(path, {"endDate": "2026-03-20T17:00:00.000Z", "state": None, "name": None}, status=200)
    assert (moved["endDate"], moved["startDate"][:10], moved["name"]) == ("2026-03-20T17:00:00.000Z", START[:10], "One")
    api.refused("POST", path, 400, json={"endDate": "2026-01-20T17:00:00.000Z"})
    api.put(path, {"name": "One", "state": "closed"} | dates, status=200)
    assert api.put(path, {"name": "Last"}, status=200)["endDate"] == "2026-03-13T16:00:00.000Z"

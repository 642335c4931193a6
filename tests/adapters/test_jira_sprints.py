"""The project, its board and its sprints, through the real client against the emulated Jira."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.errors import AdapterError
from simulator.model import actions as do
from simulator.model.agile import SprintDraft
from simulator.model.keys import IssueRef, SprintRef
from tests.adapters.builders import ALICE, BOB, a_draft
from tests.adapters.conftest import Run
from tests.timekeeping.builders import utc

ONE = SprintRef("one")


def a_sprint(ref: SprintRef = ONE, **changes: Any) -> SprintDraft:
    values: dict[str, Any] = {
        "ref": ref,
        "name": f"Sprint {ref}",
        "goal": "Refunds work",
        "start": utc("2026-11-23 08:00"),
        "end": utc("2026-12-04 16:00"),
    }
    return SprintDraft(**{**values, **changes})


@pytest.fixture
def backlog(run: Run) -> Run:
    """A project with the issues a, b, c."""
    run.project()
    run.perform(do.CreateIssues(actor=ALICE, issues=tuple(a_draft(ref) for ref in "abc")))
    return run


def sprint_of(run: Run, ref: str = "one") -> Any:
    return run.site.jira("alice").sprint(int(run.bindings[f"sprint:{ref}"]))


def keys_in(run: Run, ref: str = "one") -> list[str]:
    jql = f"sprint = {run.bindings[f'sprint:{ref}']} ORDER BY key"
    return [issue.key for issue in run.site.jira("alice").enhanced_search_issues(jql)]


def create(ref: SprintRef = ONE, *issues: str) -> do.CreateSprint:
    return do.CreateSprint(actor=ALICE, sprint=a_sprint(ref), issues=tuple(IssueRef(issue) for issue in issues))


def test_a_project_comes_with_its_board(run: Run) -> None:
    run.project()

    jira = run.site.jira("alice")
    assert jira.project("SHOP").lead.displayName == "Alice"
    assert [str(board.id) for board in jira.boards(projectKeyOrID="SHOP")] == [run.bindings["board"]]


def test_a_project_is_not_made_twice(run: Run) -> None:
    run.project()
    action = do.CreateProject(actor=ALICE, key="SHOP", name="Shop", lead=ALICE)

    assert run.perform(action, again=True) == {"board": run.bindings["board"]}
    with pytest.raises(AdapterError, match="creating the project SHOP"):
        run.perform(action)


def test_a_sprint_holds_its_goal_dates_and_issues(backlog: Run) -> None:
    backlog.perform(create(ONE, "a", "c"))

    sprint = sprint_of(backlog)
    assert (sprint.name, sprint.goal, sprint.state) == ("Sprint one", "Refunds work", "future")
    assert sprint.startDate.startswith("2026-11-23T08:00:00")
    assert sprint.endDate.startswith("2026-12-04T16:00:00")
    assert keys_in(backlog) == ["SHOP-1", "SHOP-3"]


def test_a_sprint_is_not_made_twice(backlog: Run) -> None:
    first = backlog.perform(create(ONE, "a"))

    assert backlog.perform(create(ONE, "a"), again=True) == first
    assert len(backlog.site.jira("alice").sprints(int(backlog.bindings["board"]))) == 1


def test_a_sprint_starts_and_keeps_its_goal_and_dates(backlog: Run) -> None:
    backlog.perform(create(), do.StartSprint(actor=ALICE, sprint=ONE))
    backlog.perform(do.StartSprint(actor=ALICE, sprint=ONE), again=True)

    sprint = sprint_of(backlog)
    assert (sprint.state, sprint.goal) == ("active", "Refunds work")
    assert sprint.startDate.startswith("2026-11-23T08:00:00")


def test_unfinished_issues_go_to_the_next_sprint_once_theirs_is_closed(backlog: Run) -> None:
    two = SprintRef("two")
    backlog.perform(create(ONE, "a", "b"), create(two), do.StartSprint(actor=ALICE, sprint=ONE))
    jira = backlog.site.jira("alice")
    part = {"project": "SHOP", "issuetype": {"name": "Sub-task"}, "summary": "A part", "parent": {"key": "SHOP-2"}}
    child = jira.create_issue(fields=part).key
    forgotten = jira.create_issue(fields=part | {"parent": {"key": "SHOP-1"}}).key
    backlog.perform(do.TransitionIssue(actor=BOB, issue=IssueRef("a"), status="Done"))
    close = do.CloseSprint(actor=ALICE, sprint=ONE, carry_to=two)

    backlog.perform(close)
    backlog.perform(close, again=True)

    assert sprint_of(backlog).state == "closed"
    assert keys_in(backlog, "two") == ["SHOP-2", child]
    assert keys_in(backlog, "one") == ["SHOP-1", "SHOP-2", child, forgotten]
    assert [jira.issue(key).fields.status.name for key in (child, forgotten)] == ["To Do", "Done"]
    contents = report_of(backlog)
    assert {name: [line["key"] for line in contents[name]] for name in contents if name.endswith("edIssues")} == {
        "completedIssues": ["SHOP-1"],
        "puntedIssues": [],
    }
    assert [line["key"] for line in contents["issuesNotCompletedInCurrentSprint"]] == ["SHOP-2"]
    histories = jira.issue("SHOP-2", expand="changelog").changelog.histories
    moves = [item.toString for entry in histories for item in entry.items if item.field == "Sprint"]
    assert moves == ["Sprint one, Sprint two", "Sprint one"]


def report_of(run: Run) -> Any:
    """The contents of the sprint report as Jira's board reads it."""
    jira = run.site.jira("alice")
    asked = {"rapidViewId": run.bindings["board"], "sprintId": run.bindings["sprint:one"]}
    return jira._session.get(f"{jira.server_url}/rest/greenhopper/1.0/rapid/charts/sprintreport", params=asked).json()[
        "contents"
    ]


def test_unfinished_issues_go_to_the_backlog_without_a_next_sprint(backlog: Run) -> None:
    backlog.perform(create(ONE, "a"), do.StartSprint(actor=ALICE, sprint=ONE), do.CloseSprint(actor=ALICE, sprint=ONE))

    jira = backlog.site.jira("alice")
    listed = jira._session.get(f"{jira.server_url}/rest/agile/1.0/board/{backlog.bindings['board']}/backlog").json()
    assert "SHOP-1" in [issue["key"] for issue in listed["issues"]]
    assert keys_in(backlog) == ["SHOP-1"]
    assert [line["key"] for line in report_of(backlog)["issuesNotCompletedInCurrentSprint"]] == ["SHOP-1"]


def test_issues_move_in_and_out_of_a_sprint(backlog: Run) -> None:
    backlog.perform(create())

    backlog.perform(do.MoveIssue(actor=ALICE, issue=IssueRef("b"), sprint=ONE))
    assert keys_in(backlog) == ["SHOP-2"]

    backlog.perform(do.MoveIssue(actor=ALICE, issue=IssueRef("b"), sprint=None))
    assert keys_in(backlog) == []


def test_issues_made_for_a_sprint_are_in_it(backlog: Run) -> None:
    backlog.perform(create())

    backlog.perform(do.CreateIssues(actor=ALICE, issues=(a_draft("bug"),), sprint=ONE))

    assert keys_in(backlog) == [backlog.bindings["issue:bug"]]


def test_more_issues_than_jira_moves_at_once_are_moved(backlog: Run) -> None:
    backlog.perform(create())

    backlog.perform(do.CreateIssues(actor=ALICE, issues=tuple(a_draft(f"n{n}") for n in range(52)), sprint=ONE))

    jql = f"sprint = {backlog.bindings['sprint:one']}"
    assert len(backlog.site.jira("alice").enhanced_search_issues(jql, maxResults=100)) == 52


def test_issues_made_for_a_sprint_that_was_closed_early_stay_in_the_backlog_and_are_known(backlog: Run) -> None:
    backlog.perform(create(), do.StartSprint(actor=ALICE, sprint=ONE), do.CloseSprint(actor=ALICE, sprint=ONE))

    backlog.perform(do.CreateIssues(actor=ALICE, issues=(a_draft("bug"),), sprint=ONE))

    assert backlog.bindings["issue:bug"] not in keys_in(backlog)

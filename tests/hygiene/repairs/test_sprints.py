"""Advice on sprints, estimates and columns, followed by the `jira` client."""

from __future__ import annotations

from typing import Any

from simulator.model.hygiene import Finding
from tests.hygiene.repairs.desk import Desk
from tests.hygiene.repairs.mending import mended
from tests.hygiene.repairs.test_pulls import show

CRITERIA = "Acceptance criteria\n- Given a refund when I filter by day then only its refunds are listed"


def board(desk: Desk) -> int:
    return int(desk.jira.boards()[0].id)


def points_field(desk: Desk) -> str:
    return str(next(field["id"] for field in desk.jira.fields() if field["name"] == "Story Points"))


def running(desk: Desk) -> Any:  # Any: the client's sprint
    return desk.jira.sprints(board(desk), state="active")[0]


def next_sprint(desk: Desk, name: str, *keys: str, goal: str = "Shops see all of their refunds") -> Any:
    """The learner closes the running sprint, plans another one and starts it."""
    edit_sprint(desk, running(desk), state="closed")
    made = desk.jira.create_sprint(name, board(desk), goal=goal)
    desk.jira.add_issues_to_sprint(made.id, list(keys))
    desk.tick()
    edit_sprint(desk, made, state="active", startDate=desk.in_hours(0), endDate=desk.in_hours(8))
    desk.look_around()
    return made


def edit_sprint(desk: Desk, sprint: Any, **changes: str) -> None:
    """Change a sprint; the client writes it whole."""
    known = desk.jira.sprint(sprint.id).raw
    whole = {name: known[name] for name in ("name", "startDate", "endDate", "state", "goal") if known.get(name)}
    desk.jira.update_sprint(sprint.id, **(whole | changes))
    desk.tick()


def write_goal(desk: Desk, sprint: Any) -> None:
    edit_sprint(desk, sprint, goal="Shops refund a captured payment in part")
    desk.look_around()


def finished(desk: Desk, *keys: str) -> None:
    """Issues that need no code are done, with everybody's knowledge."""
    for key in keys:
        desk.jira.assign_issue(key, desk.account("ada"))
        desk.move(key, "In Progress")
        desk.move(key, "Done")


def test_a_sprint_without_a_goal_gets_one(desk: Desk) -> None:
    made = next_sprint(desk, "Sprint 2", "PAY-1", "PAY-2", goal="")

    mended(
        desk,
        "SP-01",
        lambda _: write_goal(desk, made),
        subject=f"sprint:{made.id}",
    )


def test_an_issue_that_was_not_ready_gets_criteria_and_an_estimate_on_the_first_day(desk: Desk) -> None:
    field = points_field(desk)
    desk.jira.issue("PAY-5").update(fields={field: None, "description": "A list."})
    made = next_sprint(desk, "Sprint 2", "PAY-5")

    mended(
        desk,
        "SP-02",
        lambda _: desk.jira.issue("PAY-5").update(fields={field: 3, "description": CRITERIA}),
        subject=f"issue:PAY-5/sprint:{made.id}",
    )


def test_code_of_an_issue_that_is_done_is_merged(desk: Desk) -> None:
    number = show(desk)
    desk.rita.get_pull(number).create_review(event="APPROVE", body="I read it and tried two amounts.")
    desk.move("PAY-1", "Done")
    desk.at("day 1 14:00")

    mended(
        desk, "SP-04", lambda _: desk.repository.get_pull(number).merge(merge_method="squash"), subject="issue:PAY-1"
    )


def test_a_sprint_that_holds_too_much_gives_some_back_on_its_first_day(desk: Desk) -> None:
    finished(desk, "PAY-3", "PAY-4")
    next_sprint(desk, "Sprint 2", "PAY-2")
    finished(desk, "PAY-2")
    made = next_sprint(desk, "Sprint 3", "PAY-1", "PAY-5")

    mended(desk, "SP-05", lambda _: desk.jira.move_to_backlog(["PAY-5"]), subject=f"sprint:{made.id}")


def test_an_issue_that_goes_from_sprint_to_sprint_goes_back_to_the_backlog(desk: Desk) -> None:
    next_sprint(desk, "Sprint 2", "PAY-1")
    next_sprint(desk, "Sprint 3", "PAY-1")

    mended(desk, "SP-08", lambda _: desk.jira.move_to_backlog(["PAY-1"]), subject="issue:PAY-1")


def test_an_estimate_that_changed_without_a_word_is_explained(desk: Desk) -> None:
    desk.at("day 2 10:00")
    desk.jira.issue("PAY-1").update(fields={points_field(desk): 8})
    desk.at("day 2 15:00")

    mended(
        desk,
        "SP-09",
        lambda _: desk.jira.add_comment("PAY-1", "Refunds go by two banks, not one."),
        subject="issue:PAY-1",
    )


def test_an_issue_that_was_not_done_says_why(desk: Desk) -> None:
    desk.jira.assign_issue("PAY-4", desk.account("ada"))
    desk.move("PAY-4", "In Progress")
    done = next(one["id"] for one in desk.jira.transitions("PAY-4") if one["to"]["name"] == "Done")
    desk.jira.transition_issue("PAY-4", done, fields={"resolution": {"name": "Won't Do"}})
    desk.at("day 1 14:00")

    mended(
        desk,
        "IS-15",
        lambda _: desk.jira.add_comment("PAY-4", "Rounding down is what the law asks for: nothing is to be done."),
        subject="issue:PAY-4",
    )


def test_a_column_over_its_limit_gets_one_back(desk: Desk) -> None:
    _limit(desk, "In Progress", most=1)
    desk.look_around()
    desk.jira.assign_issue("PAY-2", desk.account("ada"))
    desk.move("PAY-2", "In Progress")

    mended(desk, "FL-08", lambda _: desk.move("PAY-2", "To Do"))


def _limit(desk: Desk, column: str, *, most: int) -> None:
    """Set a column's limit, as the board's settings page does."""
    config = f"{desk.services.jira_url}/rest/greenhopper/1.0/rapidviewconfig"
    session = desk.lead_jira._session
    model = session.get(f"{config}/editmodel", params={"rapidViewId": board(desk)}).json()
    columns = model["rapidListConfig"]["mappedColumns"]
    for one in columns:
        one["max"] = most if one["name"] == column else one.get("max", "")
    told = session.put(f"{config}/columns", json={"rapidViewId": board(desk), "mappedColumns": columns})
    assert told.ok, told.text
    desk.tick()


def test_what_a_retrospective_resolved_gets_an_owner_and_a_date(desk: Desk) -> None:
    fields = {"project": "PAY", "issuetype": "Task", "summary": "Run the linter before each push"}
    key = desk.jira.create_issue(fields={**fields, "labels": ["retro-action"]}).key
    desk.tick()
    next_sprint(desk, "Sprint 2", "PAY-1")
    desk.at("day 3 12:00")
    desk.jira.add_comment("PAY-1", "The ledger is done; the page is next.")

    def own(_: Finding) -> None:
        desk.jira.issue(key).update(fields={"assignee": {"accountId": desk.account("ada")}, "duedate": "2026-01-23"})

    mended(desk, "SP-10", own)

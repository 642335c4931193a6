"""What a history knows of an issue's trail: when its code moved, what was moved on the board, what belongs to it."""

from __future__ import annotations

from simulator.model.history.steps import hour_of
from simulator.model.keys import IssueKey, SeatId
from simulator.testing.story import Story, instant

PAY_1 = IssueKey("PAY-1")


def test_code_activity_is_commits_and_whatever_happens_to_pull_requests_in_order() -> None:
    story = Story().issue("PAY-1")
    story.at("2 10:00").push("feature/PAY-1-x").at("2 11:00").open("feature/PAY-1-x")
    story.at("2 14:00").review(1).at("3 09:00").comment(1).at("3 10:00").merge(1)

    found = story.history().activity_of[PAY_1]

    assert found == tuple(map(instant, ["2 10:00", "2 11:00", "2 14:00", "3 09:00", "3 10:00"]))


def test_code_that_names_no_issue_is_nobodys_activity() -> None:
    story = Story().issue("PAY-1").push("a").open("a")

    assert story.history().activity_of == {}


def test_steps_on_the_board_are_kept_by_person_and_hour() -> None:
    story = Story().issue("PAY-1").issue("PAY-2")
    story.at("2 10:05").move("PAY-2", to="Done").at("2 10:01").move("PAY-1", to="Done").at("2 11:00").move(
        "PAY-1", to="To Do"
    )

    steps = story.history().board_steps

    ada, ten = SeatId("ada"), hour_of(instant("2 10:00"))
    assert [step.key for step in steps[ada, ten]] == ["PAY-1", "PAY-2"]
    assert [step.status for step in steps[ada, ten + 1]] == ["To Do"]


def test_sub_tasks_are_found_by_their_issue() -> None:
    story = Story().issue("PAY-1").issue("PAY-2", type="Sub-task", parent="PAY-1").issue("PAY-3")

    children = story.history().children_of

    assert {key: [child.key for child in found] for key, found in children.items()} == {"PAY-1": ["PAY-2"]}

"""The first work of a sprint: the key anywhere counts, no key anywhere is a slip."""

from __future__ import annotations

import pytest

from simulator.scenario.moments.first_branch import FirstBranch
from tests.scenario.moments.builders import a_moment, a_scene, seen, told

MOMENT = a_moment(FirstBranch)
STEP = [{"message": "feat: one step", "lines": 30}]


def test_taking_the_issue_before_the_code_counts() -> None:
    story = told().at("1 10:00").assign("PAY-1", to="ada").move("PAY-1", to="In Progress")
    story.at("1 11:00").push("feature/PAY-1-refunds", commits=STEP)

    assert seen(MOMENT, a_scene(story)) == ({"took_it_first", "named_the_branch"}, set())


def test_moving_and_then_assigning_counts_just_the_same() -> None:
    story = told().at("1 10:00").move("PAY-1", to="In Progress").assign("PAY-1", to="ada")
    story.at("1 11:00").push("feature/PAY-1-refunds", commits=STEP)

    assert "took_it_first" in seen(MOMENT, a_scene(story))[0]


@pytest.mark.parametrize("branch", ["feature/PAY-1-refunds", "pay-1", "ada/work_on_PAY-1", "PAY-1"])
def test_a_key_anywhere_in_the_branch_counts(branch: str) -> None:
    assert "named_the_branch" in seen(MOMENT, a_scene(told().at("1 10:00").push(branch, commits=STEP)))[0]


def test_a_key_in_a_commit_or_in_the_pull_request_counts() -> None:
    in_commit = told().at("1 10:00").push("refunds", commits=[{"message": "PAY-1: one step", "lines": 30}])
    in_title = told().at("1 10:00").push("refunds", commits=STEP).at("1 11:00").open("refunds", title="PAY-1 Refunds")
    in_body = told().at("1 10:00").push("refunds", commits=STEP).at("1 11:00").open("refunds", body="Resolves PAY-1")

    assert "named_in_commits" in seen(MOMENT, a_scene(in_commit))[0]
    assert seen(MOMENT, a_scene(in_title)) == ({"named_the_pull_request"}, {"silent_board"})
    assert "named_the_pull_request" in seen(MOMENT, a_scene(in_body))[0]


def test_work_without_any_issue_is_a_slip_after_a_while() -> None:
    story = told().at("1 10:00").push("my-stuff", commits=STEP)

    assert seen(MOMENT, a_scene(story, now="1 11:00")) == (set(), set())
    assert seen(MOMENT, a_scene(story, now="1 13:00")) == (set(), {"nameless"})


def test_work_without_an_issue_is_asked_about_instead_of_asked_for() -> None:
    story = told().at("1 10:00").assign("PAY-2", to="ada").push("my-stuff", commits=STEP)
    scene, proposed = a_scene(story), a_scene(story.at("1 11:00").open("my-stuff", title="Stuff"))

    assert MOMENT.task(scene) == "Say which issue `my-stuff` is for"
    assert "my-stuff" in MOMENT.where(scene)
    assert MOMENT.commands(scene)[1:3] == ("git switch my-stuff", "git branch -m feature/PAY-2-better-error-messages")
    assert MOMENT.commands(proposed) == ("gh pr edit 1 --title 'Stuff (PAY-2)'",)


def test_an_unknown_key_is_no_key() -> None:
    assert seen(MOMENT, a_scene(told().at("1 10:00").push("PAY-99-refunds", commits=STEP))) == (set(), {"nameless"})


def test_a_push_to_the_default_branch_is_a_slip() -> None:
    story = (
        told()
        .at("1 09:01")
        .push_main("chore: starter code", by="rita", first=True)
        .at("1 10:00")
        .push_main("fix amounts")
    )

    assert "straight_to_main" in seen(MOMENT, a_scene(story))[1]


def test_a_board_that_says_nothing_is_a_slip_and_one_that_follows_is_none() -> None:
    story = told().at("1 10:00").push("feature/PAY-1-refunds", commits=STEP)
    followed = told().at("1 10:00").push("feature/PAY-1-refunds", commits=STEP)
    followed.at("1 11:00").assign("PAY-1", to="ada").move("PAY-1", to="In Progress")

    assert seen(MOMENT, a_scene(story)) == ({"named_the_branch"}, {"silent_board"})
    assert seen(MOMENT, a_scene(followed)) == ({"named_the_branch"}, set())


def test_one_issue_can_be_meant() -> None:
    second = a_moment(FirstBranch, issue="one-2")
    story = told().at("1 10:00").push("feature/PAY-1-refunds", commits=STEP)

    assert seen(second, a_scene(story))[0] == set()
    assert "PAY-2" in second.task(a_scene(told()))
    assert MOMENT.task(a_scene(story)) == ""

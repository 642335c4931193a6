"""The last days: what will not fit is said, split or moved on; Done means merged."""

from __future__ import annotations

import pytest

from simulator.scenario.moments.last_day import LastDay
from tests.scenario.moments.builders import Told, a_moment, a_scene, seen, told
from tests.scenario.moments.steps import take

BRANCH = "feature/PAY-1-x"
MOMENT = a_moment(LastDay, sprint="sprint-1", asks="How does it look?")


def _late() -> Told:
    """Ada has PAY-1 in progress with an open pull request; day 9 begins."""
    return take(told().at("8 09:00"), "PAY-1").push(BRANCH).open(BRANCH).at("9 10:00")


def _seen(story: Told, now: str = "10 17:00") -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="9 09:00", now=now))


@pytest.mark.parametrize(
    "words",
    [
        "This won't be done by tomorrow, the review is still out",
        "wird bis morgen nicht fertig, geht in den nächsten Sprint",
        "At risk: half of the tests are missing",
    ],
)
def test_saying_it_counts_on_the_issue_on_the_pull_request_and_in_the_chat(words: str) -> None:
    expected: tuple[set[str], set[str]] = ({"said_it_early"}, set())

    assert _seen(_late().comment_on("PAY-1", body=words)) == expected
    assert _seen(_late().comment(1, body=words)) == expected
    assert _seen(_late().note(f"PAY-1: {words}")) == expected


def test_an_answer_at_the_stand_up_counts_and_a_word_without_news_does_not() -> None:
    asked = _late().prompt("daily").at("9 10:05")

    assert _seen(asked.answer("daily", next="PAY-1 will not fit, I will split off the tests"))[0] == {"said_it_early"}
    assert _seen(_late().note("I look at the remaining remarks later today"))[0] == set()
    assert _seen(_late().comment_on("PAY-1", body="Working on it")) == (set(), {"carried_over_in_silence"})


def test_splitting_and_moving_on_count() -> None:
    piece = _late().issue("PAY-7", by="ada", summary="Partial refunds", description="The rest of PAY-1")

    assert _seen(piece) == ({"split_it"}, set())
    assert _seen(_late().plan("PAY-1", sprints="2")) == ({"moved_it_on"}, set())
    assert "moved_it_on" not in _seen(_late().plan("PAY-2", sprints="2"))[0]


def test_all_done_and_merged_in_time_counts_and_needs_no_words() -> None:
    story = _late().at("10 12:00").review(1).merge(1).move("PAY-1", to="Done")

    assert _seen(story) == ({"finished_in_time"}, set())
    assert "PAY-1" in MOMENT.task(a_scene(_late(), opened="9 09:00"))
    assert MOMENT.task(a_scene(story, opened="9 09:00")) == ""


def test_done_with_an_open_pull_request_is_a_slip() -> None:
    assert _seen(_late().move("PAY-1", to="Done"), "9 12:00") == (set(), {"done_but_open"})


def test_done_in_the_last_half_hour_is_a_slip() -> None:
    story = _late().at("10 16:45").merge(1).move("PAY-1", to="Done")

    assert _seen(story) == (set(), {"at_the_last_minute"})


def test_what_the_closing_of_the_sprint_carries_over_was_not_moved_on_by_anybody() -> None:
    story = _late().at("10 17:00").plan("PAY-1", sprints="2").close_sprint()

    assert _seen(story) == (set(), {"carried_over_in_silence"})
    assert _seen(_late(), "10 16:59") == (set(), set())


def test_what_somebody_else_leaves_over_is_not_the_persons() -> None:
    assert _seen(told().move("PAY-3", to="In Progress", by="tom")) == (set(), set())


def test_what_was_said_before_it_came_up_was_said() -> None:
    story = take(told().at("6 09:00"), "PAY-1").push(BRANCH).open(BRANCH)

    assert (
        _seen(story.at("8 12:00").comment_on("PAY-1", body="This won't be done in this sprint, I'm afraid"))[1] == set()
    )


def test_a_board_that_catches_up_with_an_old_merge_is_no_rush() -> None:
    story = _late().at("9 15:00").review(1).merge(1).at("10 16:45").move("PAY-1", to="Done")

    assert _seen(story)[1] == set()

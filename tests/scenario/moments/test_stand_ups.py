"""A true line a day, wherever it is said; silence and rosy words are slips."""

from __future__ import annotations

from simulator.scenario.moments.stand_ups import StandUps
from tests.scenario.moments.builders import Told, a_moment, a_scene, seen, told

MOMENT = a_moment(StandUps)
LINE = "Yesterday the refund endpoint, today its tests, nothing in my way"


def _on_two_days(second: Told) -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(second, now="3 09:00"))


def test_answers_to_the_stand_up_count() -> None:
    story = told().prompt("first").at("1 10:00").answer("first", did="set up the project", next="refund endpoint")
    story.at("2 09:15").prompt("second").at("2 09:30").answer("second", did="refund endpoint", next="tests")

    assert _on_two_days(story) == ({"answered"}, set())


def test_lines_in_the_chat_count() -> None:
    story = (
        told().at("1 10:00").note(LINE, channel="stand-up").at("2 10:00").note("PAY-1: tests are written, review next")
    )

    assert _on_two_days(story) == ({"said_in_the_feed"}, set())


def test_words_on_the_issue_that_one_works_on_count() -> None:
    story = told().at("1 09:30").assign("PAY-1", to="ada").move("PAY-1", to="In Progress")
    story.at("1 10:00").comment_on("PAY-1", body="Began with the ledger, endpoint follows")
    story.at("2 10:00").comment_on("PAY-1", body="Ledger works, endpoint and tests today")

    assert _on_two_days(story) == ({"told_on_the_issue"}, set())


def test_two_lines_on_one_day_are_one_day() -> None:
    story = told().at("1 10:00").note(LINE).at("1 12:00").note("Still at the refund endpoint and its tests")

    assert _on_two_days(story) == (set(), set())


def test_stock_phrases_and_somebody_else_s_words_do_not_count() -> None:
    story = told().at("1 10:00").note("ok").at("2 10:00").note("thanks all!").at("2 10:05").note(LINE, by="tom")

    assert seen(MOMENT, a_scene(story)) == (set(), {"silence"})


def test_a_question_tells_nobody_how_it_goes() -> None:
    story = told().at("1 10:00").note("Anna, which messages hurt the shops most?").at("2 10:00").note(LINE)

    assert _on_two_days(story) == (set(), set())


def test_two_working_days_without_a_word_are_a_slip_and_weekends_do_not_count() -> None:
    story = told().at("5 16:00").note(LINE)

    assert seen(MOMENT, a_scene(told(), now="2 16:59")) == (set(), set())
    assert seen(MOMENT, a_scene(told(), now="3 09:01")) == (set(), {"silence"})
    assert seen(MOMENT, a_scene(story, opened="5 09:00", now="7 15:00")) == (set(), set())


def test_done_while_the_pull_request_is_open_is_a_slip() -> None:
    def opened() -> Told:
        story = told()
        story.at("1 10:00").push("feature/PAY-1-x").open("feature/PAY-1-x")
        return story

    rosy = opened().at("1 11:00").note("PAY-1 is done")
    honest = opened().at("1 11:00").note("PAY-1 is nearly done, waits for its review")
    merged = opened().at("1 10:30").merge(1).at("1 11:00").note("PAY-1 is done and merged")

    assert seen(MOMENT, a_scene(rosy, now="2 09:00")) == (set(), {"rosy"})
    assert seen(MOMENT, a_scene(honest, now="2 09:00")) == (set(), set())
    assert seen(MOMENT, a_scene(merged, now="2 09:00")) == (set(), set())


def test_who_is_heard_anywhere_is_not_silent() -> None:
    story = told().at("1 09:30").push("feature/PAY-1-x").open("feature/PAY-1-x")
    for day in (1, 3, 5, 7):
        story.at(f"{day} 10:00").comment(1, body="The rounding comes next, then the tests of the ledger")

    assert seen(MOMENT, a_scene(story, now="8 17:00"))[1] == set()


def test_done_and_in_review_is_true() -> None:
    story = told().at("1 09:30").push("feature/PAY-1-x").open("feature/PAY-1-x", title="feat: PAY-1 x").at("1 10:00")

    assert seen(MOMENT, a_scene(story.note("PAY-1 is finished, in review with Rita"), now="2 09:00"))[1] == set()
    assert seen(MOMENT, a_scene(story.note("PAY-1 is finished"), now="2 09:00"))[1] == {"rosy"}

"""An issue that says too little: asking in any way counts, an empty gesture does not."""

from __future__ import annotations

import pytest

from simulator.scenario.moments.vague_issue import VagueIssue
from tests.scenario.moments.builders import Told, a_moment, a_scene, a_view, seen, told

MOMENT = a_moment(VagueIssue, issue="one-2", who="anna")


def _coded(story: Told, at: str = "2 10:00") -> Told:
    story.at(at).push("feature/PAY-2-messages", commits=[{"message": "feat: say more", "lines": 30}])
    return story


@pytest.mark.parametrize(
    "words",
    [
        "Which errors do merchants stumble over most?",
        "I am not sure which errors are meant here, could you name the worst ones",
        "Какие именно ошибки мешают магазинам?",
        "Welche Fehler sind gemeint, alle oder nur die der Zahlung?",
    ],
)
def test_a_question_before_the_code_counts_in_any_words(words: str) -> None:
    story = _coded(told().at("1 10:00").comment_on("PAY-2", body=words))

    assert seen(MOMENT, a_scene(story)) == ({"asked"}, set())


def test_a_question_counts_on_the_issue_in_the_chat_and_to_a_prompt() -> None:
    in_chat = _coded(told().at("1 10:00").note("Anna, which messages of PAY-2 hurt the shops most?"))
    to_prompt = told().prompt("planning", kind="planning").at("1 10:00")
    to_prompt.answer("planning", word="PAY-2 is not clear to me, which messages are meant?")

    assert seen(MOMENT, a_scene(in_chat)) == ({"asked"}, set())
    assert seen(MOMENT, a_scene(_coded(to_prompt))) == ({"asked"}, set())


def test_writing_down_how_one_understands_it_counts() -> None:
    words = (
        "My understanding: every refusal names the field, the value that was sent and the allowed range; "
        "server faults stay as they are. I begin tomorrow unless somebody objects."
    )
    story = _coded(told().at("1 10:00").comment_on("PAY-2", body=words))

    assert seen(MOMENT, a_scene(story)) == ({"proposed"}, set())


def test_criteria_in_the_description_count() -> None:
    text = "Make it better.\n\nAcceptance criteria\n- A refused amount names the field\n- An unknown currency lists those known"
    story = _coded(told().at("1 10:00").describe("PAY-2", text=text))

    assert seen(MOMENT, a_scene(story)) == ({"wrote_criteria"}, set())


def test_taking_it_out_of_the_sprint_with_a_word_counts() -> None:
    story = told().at("1 10:00").comment_on("PAY-2", body="Not ready to be built, back to refinement")
    story.at("1 10:05").plan("PAY-2", sprints="")

    assert seen(MOMENT, a_scene(story)) == ({"put_back"}, set())
    assert seen(MOMENT, a_scene(told().at("1 10:05").plan("PAY-2", sprints=""))) == (set(), set())


@pytest.mark.parametrize("words", ["ok", "On it!", "Any questions?", "?", "PAY-2?", "thanks, will do"])
def test_an_empty_gesture_does_not_count(words: str) -> None:
    story = _coded(told().at("1 10:00").comment_on("PAY-2", body=words))

    assert seen(MOMENT, a_scene(story)) == (set(), {"started_blind"})


def test_starting_blind_can_be_made_good() -> None:
    story = _coded(told()).at("2 14:00").comment_on("PAY-2", body="Which messages are meant, by the way?")

    assert seen(MOMENT, a_scene(story)) == ({"asked_after_all"}, {"started_blind"})


def test_asking_for_a_review_is_no_question_about_the_issue() -> None:
    story = _coded(told()).open("feature/PAY-2-messages").at("2 14:00")
    story.comment(1, body="Could you have another look at the messages please?")

    assert seen(MOMENT, a_scene(story)) == (set(), {"started_blind"})


def test_somebody_else_s_question_and_code_are_not_mine() -> None:
    story = told().at("1 10:00").comment_on("PAY-2", body="Which messages hurt most?", by="tom")
    story.at("2 10:00").push("feature/PAY-2-x", by="ben")

    assert seen(MOMENT, a_scene(story)) == (set(), set())
    assert seen(MOMENT, a_scene(story, seat="ben")) == (set(), {"started_blind"})


def test_it_concerns_who_could_take_the_issue() -> None:
    story = told().at("1 10:00").assign("PAY-2", to="ben", by="ben")

    assert not MOMENT.concerns(a_scene(story))
    assert MOMENT.concerns(a_scene(story, seat="ben"))


def test_it_does_not_open_on_an_issue_that_is_not_there() -> None:
    gone = a_moment(VagueIssue, issue="one-9")

    assert "not there" in gone.obstacle(a_view(told()), {})
    assert MOMENT.obstacle(a_view(told()), {}) == ""


def test_asking_before_it_comes_up_counts_from_when_it_comes_up() -> None:
    story = told().at("1 10:00").comment_on("PAY-2", body="Which messages are meant, Anna, and what should they say?")
    story.at("2 10:00").push("feature/PAY-2-x")

    assert seen(MOMENT, a_scene(story, opened="1 15:00")) == ({"asked"}, set())


def test_what_one_of_two_asked_is_asked_for_both() -> None:
    story = told().at("1 10:00").comment_on("PAY-2", body="Which messages are meant, Anna?", by="ben")
    story.at("2 10:00").push("feature/PAY-2-x")

    assert seen(MOMENT, a_scene(story))[1] == set()


def test_a_commit_for_something_else_that_names_it_in_passing_starts_nothing() -> None:
    story = told().at("2 10:00").push("feature/PAY-1-x", commits=[{"message": "feat: refunds, see also PAY-2"}])

    assert seen(MOMENT, a_scene(story)) == (set(), set())
    assert seen(MOMENT, a_scene(told().at("2 10:00").push("stuff", commits=[{"message": "PAY-2 texts"}])))[1]

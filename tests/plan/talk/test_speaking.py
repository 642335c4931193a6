"""What scripted learners say at a stand-up: true to the board, or more than that."""

from __future__ import annotations

from simulator.model.actions import AnswerPrompt, SpeakAtStandUp
from simulator.model.keys import SeatId
from simulator.plan.talk.speaking import spoken
from simulator.scenario.claims import claimed_done
from tests.scenario.moments.builders import Told, a_view, told

ADA = SeatId("ada")


def said(story: Told, *, boasting: bool = False) -> AnswerPrompt:
    view = a_view(story, "3 10:00")
    return spoken(SpeakAtStandUp(actor=ADA, prompt="stand-up:day-3:ada", boasting=boasting), view)


def test_whoever_has_done_nothing_says_so() -> None:
    answers = said(told()).answers

    assert answers["did"] == "Read the board and the code, nothing to show yet."
    assert answers["next"] == "The next issue from the top of the board."
    assert answers["blocked"] == "Nothing."


def test_the_truth_names_what_is_in_progress_and_calls_nothing_done_that_is_not() -> None:
    story = told().assign("PAY-1", to="ada").move("PAY-1", to="In Progress")
    view = a_view(story, "3 10:00")

    answer = said(story)

    assert (answer.actor, answer.prompt) == (ADA, "stand-up:day-3:ada")
    assert answer.answers["next"] == "Going on with PAY-1."
    assert claimed_done(answer.answers["did"], view.history) == ((), ())


def test_boasting_calls_done_what_is_in_progress() -> None:
    story = told().assign("PAY-1", to="ada").move("PAY-1", to="In Progress")
    view = a_view(story, "3 10:00")

    claimed, _ = claimed_done(said(story, boasting=True).answers["did"], view.history)

    assert [issue.key for issue in claimed] == ["PAY-1"]

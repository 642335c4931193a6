"""Several human seats: nobody waits for who has not joined, what is theirs may be taken, and who joins is one of the team."""

from __future__ import annotations

from simulator.model.actions import HoldCeremony, PostNote, PostPrompt, PromptKind
from simulator.model.keys import SeatId
from simulator.plan.job_card import job_card
from simulator.plan.meetings.held import held
from simulator.plan.meetings.meeting import Evidence
from tests.scenario.moments.builders import Told, a_scenario, a_view, told

SCENARIO = a_scenario("{id: daily, type: stand_up, who: rita}")
ADA, BEN = SeatId("ada"), SeatId("ben")


def _asked_ben() -> Told:
    """Ada's pull request 1 is open, and Ben is asked to review it."""
    story = told().at("2 09:30").assign("PAY-1", to="ada").move("PAY-1", to="In Progress")
    return (
        story.at("2 10:00")
        .push("feature/PAY-1-x")
        .open("feature/PAY-1-x", title="feat: refunds")
        .ask(1, reviewer="ben")
    )


def _cards(story: Told, now: str = "4 12:00") -> tuple[str, tuple[str, ...], str]:
    """Ada's title and what she waits for, and Ben's title."""
    view = a_view(story, now, scenario=SCENARIO)
    adas = job_card(view, ADA)
    return adas.title, adas.waits_for, job_card(view, BEN).title


def test_a_review_by_a_human_is_waited_for_once_they_have_joined_and_is_on_their_card_all_the_while() -> None:
    story = _asked_ben()
    _, waits, bens = _cards(story)
    assert waits == ("a colleague's review of #1, for Ben has not joined",)
    assert bens == "Review #1, feat: refunds"

    _, waits, bens = _cards(story.at("3 10:00").note("Good morning", by="ben"))
    assert waits == ("Ben's review of #1",)
    assert bens == "Review #1, feat: refunds"

    adas, _, bens = _cards(story.at("3 11:00").review(1, by="ben", state="CHANGES_REQUESTED"))
    assert adas == "Answer the review of #1, feat: refunds"
    assert not bens.startswith("Review")


def test_an_issue_of_somebody_who_has_not_joined_may_be_taken_after_everything_that_is_free() -> None:
    story = told().at("1 10:00").assign("PAY-1", to="ben", by="rita").assign("PAY-2", to="tom", by="rita")
    story.assign("PAY-3", to="tom", by="rita").note("Good morning")

    card = job_card(a_view(story, "1 12:00", scenario=SCENARIO), ADA)
    assert card.title == "Take PAY-1, Refund a captured payment"
    assert card.why == "Ben has it, and has not joined: take it over, and say so in the chat."
    bens = job_card(a_view(story, "1 12:00", scenario=SCENARIO), BEN)
    assert bens.why == "It is yours, and next in the sprint."

    joined = story.at("1 12:30").note("Good morning", by="ben")
    assert not job_card(a_view(joined, "1 13:00", scenario=SCENARIO), ADA).title.startswith("Take PAY-1")


def test_at_a_stand_up_each_is_asked_and_nobody_calls_for_somebody_who_has_not_joined() -> None:
    story = told().at("1 09:30").note("Good morning").at("1 10:00").push("feature/PAY-3-x", by="tom")
    story.open("feature/PAY-3-x", title="feat: webhook", by="tom").ask(1, reviewer="ben", by="tom")

    def spoken(now: str) -> tuple[list[SeatId], str]:
        daily = HoldCeremony(actor=SeatId("rita"), event="daily", kind=PromptKind.STAND_UP, occurrence="day-4")
        actions = held(daily, a_view(story, now, scenario=SCENARIO), Evidence())
        notes = [action.text for action in actions if isinstance(action, PostNote) and action.actor == "tom"]
        return [action.seat for action in actions if isinstance(action, PostPrompt)], " ".join(notes)

    assert spoken("4 09:15")[0] == [ADA, BEN]
    assert spoken("4 09:15")[1].endswith("#1 still waits for a review.")
    story.at("4 09:20").note("Good morning", by="ben")
    assert spoken("4 09:30")[1].endswith("#1 still waits for a review, Ben?")

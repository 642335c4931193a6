"""The retrospective: an action that can be seen to be done, and what becomes of it."""

from __future__ import annotations

import pytest

from simulator.model.actions import CommentOnIssue, PostNote
from simulator.model.keys import SeatId
from simulator.plan.meetings.meeting import Evidence, Habit
from simulator.plan.meetings.retrospective import look_back
from simulator.plan.moments import closing_of
from simulator.scenario.events.retro import RetroEvent
from simulator.scenario.moments.moment import Scene, Sign
from simulator.scenario.moments.retrospective import Retrospective
from simulator.scenario.view import View
from simulator.testing.story import instant
from tests.scenario.moments.builders import BINDINGS, Told, a_moment, a_scene, seen, told

MOMENT = a_moment(Retrospective, retro="retro", at="day 10 15:00")
CONCRETE = "Pull requests under 300 lines, split before opening"
RULE = "PR004"
_RETRO_2 = RetroEvent.model_validate({"id": "retro-2", "type": "retro", "sprint": "sprint-2", "who": "rita"})
HABIT = {"id": "habit", "options": [{"value": RULE, "note": "kept in 2 of 5. #3 had 900."}]}


def _asked() -> Told:
    """The retrospective has asked Ada on day 10 at 16:00, to be answered within 45 minutes."""
    until = instant("10 16:45").isoformat()
    story = told().at("10 16:00").prompt("retro:ada", kind="retrospective", fields=[HABIT], until=until)
    return story.at("10 16:20")


def _answered(action: str, **more: str) -> Told:
    """The answer has become PAY-7."""
    story = _asked().answer("retro:ada", action=action, owner="ada", **more).at("10 16:21")
    return story.issue("PAY-7", by="rita", summary=action, sprints=[2], assignee="ada", labels=["retro"])


def _scene(story: Told, now: str) -> Scene:
    scene = a_scene(story, opened="10 15:00", closes="20 17:00", now=now)
    bindings = {**BINDINGS, "issue:action-retro-ada": "PAY-7"}
    view = scene.view
    known = View(scenario=view.scenario, history=view.history, facts=view.facts, bindings=bindings, seed=1)
    return Scene(view=known, seat=scene.seat, opened=scene.opened, closes=scene.closes, about={})


def _seen(story: Told, now: str = "10 17:00") -> tuple[set[str], set[str]]:
    return seen(MOMENT, _scene(story, now))


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (CONCRETE, ({"decided_something"}, set())),
        ("Jeder Pull Request bekommt vor dem Öffnen einen Test", ({"decided_something"}, set())),
        ("Communicate better", (set(), {"left_it_vague"})),
        ("We should be more careful and improve quality", (set(), {"left_it_vague"})),
        ("ok", (set(), {"left_it_vague"})),
    ],
)
def test_an_action_is_concrete_or_a_wish(action: str, expected: tuple[set[str], set[str]]) -> None:
    assert _seen(_answered(action)) == expected


def test_an_issue_of_ones_own_and_plain_words_count_as_well() -> None:
    own = _asked().issue("PAY-8", by="ada", summary=CONCRETE, labels=["retro"])
    wish = _asked().issue("PAY-8", by="ada", summary="Improve communication", labels=["retro"])

    assert _seen(own) == ({"wrote_it_down"}, set())
    assert _seen(wish) == (set(), {"nothing_decided"})
    assert _seen(_asked().note("From now on I open a draft on the first day of each issue")) == ({"said_it"}, set())


def test_no_action_is_a_slip_once_the_time_is_over() -> None:
    assert _seen(_asked(), "10 16:30") == (set(), set())
    assert _seen(_asked(), "10 17:00") == (set(), {"nothing_decided"})


def test_coming_back_to_it_in_the_next_sprint_counts() -> None:
    def next_sprint() -> Told:
        return _answered(CONCRETE).at("12 10:00")

    said = next_sprint().comment_on("PAY-7", body="Two of three were under 300 lines so far")
    assert _seen(said, "16 09:00") == ({"decided_something", "came_back_to_it"}, set())
    assert "did_it" in _seen(next_sprint().move("PAY-7", to="Done"), "16 09:00")[0]
    early = _answered(CONCRETE).comment_on("PAY-7", body="This one is important to me")
    assert "came_back_to_it" not in _seen(early, "11 09:00")[0]


def test_half_a_sprint_without_a_look_is_a_slip() -> None:
    assert _seen(_answered(CONCRETE), "15 16:00")[1] == set()
    assert _seen(_answered(CONCRETE), "16 10:00")[1] == {"forgot_it"}


@pytest.mark.parametrize(("kept", "better"), [(4, True), (2, False)])
def test_the_same_habit_in_the_next_retrospective_counts_when_it_went_better(kept: int, better: bool) -> None:
    story = _answered(CONCRETE, habit=RULE).at("12 10:00").move("PAY-7", to="Done").at("20 16:00")
    share = Habit(rule=RULE, name="Size", share=kept / 5, judged=5)
    view = _scene(story, "20 16:00").view
    text = look_back(view, SeatId("ada"), Evidence(habits={SeatId("ada"): [share]}), before=_RETRO_2)
    story.prompt("retro-2:ada", kind="retrospective", text=text)

    assert ("does_better" in _seen(story, "20 17:00")[0]) is better


def test_it_stays_open_to_the_end_of_the_next_sprint() -> None:
    assert closing_of(MOMENT, _scene(told(), "10 17:00").view, instant("10 15:00")) == instant("20 17:00")


def test_slips_have_words_that_ask_and_remind() -> None:
    scene = _scene(_answered("ok"), "16 10:00")
    (ask,), (remind,) = (
        MOMENT.consequences(scene, Sign(way=way, at=instant("16 10:00"))) for way in ("left_it_vague", "forgot_it")
    )

    assert isinstance(ask.actions[0], PostNote)
    assert isinstance(remind.actions[0], CommentOnIssue)
    assert remind.actions[0].issue == "PAY-7"
    assert "PAY-7" in MOMENT.task(scene)

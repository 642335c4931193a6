"""An incident: taken at once, the rest parked, mended small from main, with a test."""

from __future__ import annotations

from typing import Any

from simulator.model.actions import CommentOnIssue, CreateIssues, PostNote
from simulator.plan.compile import ScenarioStage
from simulator.scenario.moments.moment import Sign
from simulator.scenario.moments.production_bug import ProductionBug
from simulator.testing.story import instant
from tests.scenario.moments.builders import Told, a_moment, a_scenario, a_scene, seen, told
from tests.scenario.moments.steps import change, take

NEW = {"id": "one-6", "type": "Bug", "summary": "Refunds fail for all", "priority": "Highest"}
MOMENT = a_moment(ProductionBug, new=NEW, sprint="sprint-1", alarm="Refunds are down!", details="Since 9:50.")
FIX = {"payments/refunds.py": 8}
TEST = {"tests/test_refunds.py": 70}
OPEN = {"took_it_at_once", "branched_from_main"}


def _alarmed() -> Told:
    """PAY-6 has come in on day 6 at 10:00, while Ada works on PAY-1."""
    story = take(told().at("5 09:00"), "PAY-1").at("5 15:00").push("feature/PAY-1-x").open("feature/PAY-1-x")
    return story.at("6 10:00").issue("PAY-6", by="anna", type="Bug", summary="Refunds fail for all").at("6 10:20")


def _mended(files: dict[str, Any], *, branch: str = "hotfix/PAY-6-refunds") -> Told:
    story = take(_alarmed(), "PAY-6").at("6 11:00").push(branch, commits=[{"message": "fix: refund", "files": files}])
    return story.open(branch, title="fix: PAY-6 refunds").at("6 12:00")


def _seen(story: Told, now: str = "6 12:30") -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="6 10:00", now=now))


def test_taking_it_within_the_hour_counts_and_so_does_a_word() -> None:
    assert _seen(take(_alarmed(), "PAY-6")) == ({"took_it_at_once"}, set())
    assert _seen(_alarmed().note("I'm on it, looking at the logs")) == ({"took_it_at_once"}, set())
    assert _seen(take(_alarmed().at("6 11:10"), "PAY-6")) == (set(), set())
    assert _seen(_alarmed().comment_on("PAY-6", body="ok")) == (set(), set())


def test_no_answer_is_a_slip_unless_somebody_else_is_at_it() -> None:
    assert _seen(_alarmed(), "6 14:00") == (set(), {"unanswered"})
    assert _seen(take(_alarmed(), "PAY-6", by="tom"), "6 14:00") == (set(), set())
    assert _seen(_alarmed().comment_on("PAY-6", body="Looking at the logs now", by="ben"), "6 14:00") == (set(), set())


def test_parking_what_was_at_hand_counts_by_move_by_flag_and_by_word() -> None:
    for story in (
        _alarmed().move("PAY-1", to="To Do"),
        change(_alarmed(), "PAY-1", "Flagged", "Impediment"),
        _alarmed().comment_on("PAY-1", body="Pausing this one, production comes first"),
    ):
        assert "parked_the_rest" in _seen(story)[0]
    assert "parked_the_rest" not in _seen(_alarmed().move("PAY-2", to="To Do"))[0]


def test_a_small_fix_with_a_test_from_main_counts() -> None:
    story = _mended(FIX | TEST)

    assert _seen(story) == (OPEN | {"added_a_test"}, set())
    assert _seen(story.merge(1 + 1)) == (OPEN | {"added_a_test", "kept_it_small"}, set())


def test_a_fix_without_a_test_is_a_slip_when_it_is_merged() -> None:
    large = {"payments/refunds.py": 400}

    assert _seen(_mended(FIX)) == (OPEN, set())
    assert _seen(_mended(large).merge(2)) == (OPEN, {"no_test"})


def test_a_fix_on_the_branch_of_a_feature_is_a_slip() -> None:
    story = take(_alarmed(), "PAY-6").at("6 11:00")
    story.push("feature/PAY-1-x", commits=[{"message": "fix: PAY-6 refund", "files": FIX | TEST}])

    assert _seen(story) == ({"took_it_at_once", "added_a_test"}, {"mixed_in"})


def test_a_word_about_the_cause_counts_once_there_is_a_fix() -> None:
    words = "The bank sends amounts as text since Tuesday; we parse both now"

    assert "told_the_cause" in _seen(_mended(FIX).comment_on("PAY-6", body=words))[0]
    assert "told_the_cause" not in _seen(_alarmed().comment_on("PAY-6", body=words))[0]


def test_it_raises_the_alarm_and_each_slip_has_its_consequence() -> None:
    acts = MOMENT.acts(ScenarioStage(a_scenario(), 1), {})
    scene = a_scene(_alarmed())

    assert [type(act) for act in acts] == [CreateIssues, CommentOnIssue, PostNote]
    for slip in MOMENT.slips:
        assert MOMENT.consequences(scene, Sign(way=slip, at=instant("6 14:00")))
    assert "PAY-6" in MOMENT.task(scene)


def test_a_branch_with_its_key_is_an_answer() -> None:
    assert _seen(_alarmed().push("fix/PAY-6-refunds"), "6 15:00") == ({"took_it_at_once"}, set())


def test_a_feature_whose_description_speaks_of_the_incident_is_no_fix() -> None:
    story = told().at("5 15:00").push("feature/PAY-1-x").open("feature/PAY-1-x", body="Paused for PAY-6")
    story = take(story.at("6 10:00").issue("PAY-6", by="anna", type="Bug", summary="Refunds fail for all"), "PAY-6")

    assert _seen(story.at("6 12:00").merge(1), "6 15:00") == ({"took_it_at_once"}, set())


def test_a_revert_needs_no_test_and_a_closed_incident_no_answer() -> None:
    story = take(_alarmed(), "PAY-6").push("revert-1", commits=[{"message": 'Revert "feat: x" PAY-6', "files": FIX}])
    assert "no_test" not in _seen(story.open("revert-1", title='Revert "feat: x"').merge(2))[1]
    closed = _alarmed().move("PAY-6", to="Done", by="anna")
    assert _seen(closed, "6 17:00")[1] == set()

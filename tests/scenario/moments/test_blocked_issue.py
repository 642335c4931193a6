"""Work that waits for another team: said at once, and something else done meanwhile."""

from __future__ import annotations

import pytest

from simulator.model.actions import CommentOnIssue, Happen, LinkIssues, TransitionIssue
from simulator.plan.compile import ScenarioStage
from simulator.scenario.moments.blocked_issue import BlockedIssue
from simulator.testing.story import instant
from tests.scenario.moments.builders import Told, a_moment, a_scenario, a_scene, a_view, seen, told
from tests.scenario.moments.steps import change, take

MOMENT = a_moment(
    BlockedIssue,
    at="day 6 10:00",
    issue="one-1",
    blocker="one-5",
    late="Their endpoint comes on day 8.",
    ready="day 8 10:00",
    solved="It is there.",
)


def _blocked() -> Told:
    """PAY-1, which Ada has in progress, is blocked on day 6 at 10:00."""
    return take(told().at("5 09:00"), "PAY-1").at("6 11:00")


def _seen(story: Told, now: str = "6 13:30") -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="6 10:00", now=now))


def test_flag_link_and_going_back_count_by_whoever_works_on_it() -> None:
    assert _seen(change(_blocked(), "PAY-1", "Flagged", "Impediment"), "6 17:00") == ({"flagged_it"}, set())
    linked = change(_blocked(), "PAY-1", "Link", "This issue is blocked by PAY-5")
    assert _seen(linked, "6 17:00") == ({"linked_it"}, set())
    assert _seen(_blocked().move("PAY-1", to="To Do"), "6 17:00") == ({"put_it_back"}, set())
    assert _seen(_blocked().plan("PAY-1", sprints=""))[0] == {"put_it_back"}
    assert _seen(change(_blocked(), "PAY-1", "Link", "This issue is blocked by PAY-5", by="rita")) == (set(), set())


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("Waiting for the bank's endpoint since this morning, asked Jo", True),
        ("blockiert durch die Bank, Termin Donnerstag", True),
        ("blocked", False),
        ("It still needs tests for what is missing today", False),
    ],
)
def test_saying_what_it_waits_for_counts_on_the_issue_and_in_the_feed(words: str, counts: bool) -> None:
    assert ("said_so" in _seen(_blocked().comment_on("PAY-1", body=words))[0]) is counts
    assert ("said_so" in _seen(_blocked().note(f"PAY-1: {words}"))[0]) is counts


def test_silence_for_half_a_day_is_a_slip() -> None:
    assert _seen(_blocked(), "6 15:00") == (set(), {"sat_in_silence"})
    assert _seen(take(told().at("6 16:00"), "PAY-1"), "6 17:00") == (set(), set())
    assert _seen(told(), "6 17:00") == (set(), set())


def test_other_work_counts_when_the_board_tells_and_it_is_not_too_much() -> None:
    told_them = change(_blocked(), "PAY-1", "Flagged", "Impediment").at("6 12:00")

    assert _seen(take(told_them, "PAY-2"))[0] == {"flagged_it", "took_other_work"}
    assert _seen(take(told_them.at("6 13:00"), "PAY-4"))[1] == {"too_much_at_once"}
    assert "took_other_work" not in _seen(take(_blocked(), "PAY-2"))[0]


def test_it_links_and_tells_and_later_the_other_team_is_ready() -> None:
    stage = ScenarioStage(a_scenario(), 1)

    assert [type(act) for act in MOMENT.acts(stage, {})] == [LinkIssues, CommentOnIssue]
    planned = MOMENT.compile(stage)
    assert [type(timed.action) for timed in planned] == [Happen, TransitionIssue, CommentOnIssue]
    assert [timed.at for timed in planned] == [instant("6 10:00"), instant("8 10:00"), instant("8 10:00")]


def test_it_does_not_open_when_the_issue_is_done_or_nothing_is_late_any_more() -> None:
    assert MOMENT.obstacle(a_view(_blocked(), "6 12:00"), {}) == ""
    assert "not there" in MOMENT.obstacle(a_view(_blocked().move("PAY-1", to="Done"), "6 12:00"), {})
    assert "ready already" in MOMENT.obstacle(a_view(_blocked(), "8 12:00"), {})


def test_it_is_the_moment_of_whoever_works_on_it() -> None:
    assert MOMENT.concerns(a_scene(_blocked(), seat="ada"))
    assert not MOMENT.concerns(a_scene(_blocked(), seat="ben"))
    assert MOMENT.concerns(a_scene(told(), seat="ben"))


def test_what_waits_for_a_review_is_not_too_much_at_once_and_another_s_word_counts() -> None:
    story = _blocked().push("feature/PAY-1-x").open("feature/PAY-1-x", title="feat: PAY-1 x")
    story = take(story, "PAY-2").push("feature/PAY-2-x").open("feature/PAY-2-x", title="feat: PAY-2 x")
    assert "too_much_at_once" not in _seen(take(story, "PAY-3"), "6 17:00")[1]

    said = _blocked().note("PAY-1 waits for the other team until day 8", by="ben")
    assert _seen(said, "6 17:00")[1] == set()


def test_it_is_a_task_for_whoever_has_the_issue_and_for_nobody_else() -> None:
    scene = a_scene(_blocked(), opened="6 10:00", now="6 13:30")
    assert MOMENT.task(scene) == "Look how PAY-1 can go on: Refund a captured payment"
    assert MOMENT.task(a_scene(told(), opened="6 10:00", now="6 13:30")) == ""

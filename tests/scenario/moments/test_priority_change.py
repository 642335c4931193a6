"""Something new comes first: a swap, a question, a word; not everything on top."""

from __future__ import annotations

import pytest

from simulator.model.actions import CreateIssues, EditIssue, MoveIssue, RankIssue
from simulator.plan.compile import ScenarioStage
from simulator.scenario.moments.priority_change import PriorityChange
from tests.scenario.moments.builders import Told, a_moment, a_scenario, a_scene, a_view, seen, told
from tests.scenario.moments.steps import take

NEW = {"id": "one-6", "summary": "Refunds for the new bank", "points": 5}
MOMENT = a_moment(PriorityChange, new=NEW, sprint="sprint-1", before="one-1", reason="A customer leaves otherwise.")


def _changed() -> Told:
    """PAY-6 has come into the sprint on day 5 at 10:00."""
    story = told().at("5 10:00").issue("PAY-6", by="anna", summary="Refunds for the new bank", points=5)
    return story.at("5 11:00")


def _seen(story: Told, now: str = "5 16:00") -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="5 10:00", now=now))


def test_taking_out_the_same_size_counts_and_a_crumb_does_not() -> None:
    assert _seen(_changed().plan("PAY-1", sprints="")) == ({"swapped"}, set())
    assert _seen(_changed().estimate("PAY-2", points=1, by="anna").plan("PAY-2", sprints="")) == (set(), set())
    assert _seen(_changed().plan("PAY-1", sprints="", by="anna")) == (set(), set())


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("Fine with me. Which one leaves the sprint for it, do you think?", "asked_what_leaves"),
        ("I'd put PAY-2 back into the backlog then, it can wait", "said_what_leaves"),
        ("Anna, PAY-2 leaves for PAY-6, ok?", "said_what_leaves"),
        ("Dann nehmen wir PAY-2 wieder raus, die Fehlertexte eilen nicht", "said_what_leaves"),
        ("Heads-up: PAY-6 is first now, customer leaves otherwise", "told_the_team"),
    ],
)
def test_words_count(words: str, way: str) -> None:
    assert _seen(_changed().note(words)) == ({way}, set())


def test_an_empty_gesture_is_no_answer() -> None:
    story = _changed().comment_on("PAY-6", body="ok").note("sure, will do")

    assert _seen(story, "6 17:00") == (set(), {"took_it_besides"})


def test_what_one_of_a_team_says_is_said_for_all() -> None:
    assert _seen(_changed().note("I'd put PAY-2 back into the backlog then, it can wait", by="ben"), "6 17:00") == (
        set(),
        set(),
    )


def test_beginning_it_before_anything_else_counts_and_beginning_something_else_is_a_slip() -> None:
    assert _seen(take(_changed(), "PAY-6")) == ({"took_it_first"}, set())
    assert _seen(take(_changed(), "PAY-1")) == (set(), {"went_on_as_before"})
    assert _seen(take(take(_changed(), "PAY-6", by="tom").at("5 12:00"), "PAY-1")) == (set(), set())


def test_an_incident_that_comes_up_later_still_is_no_slip() -> None:
    story = (
        _changed().at("5 12:00").issue("PAY-7", by="anna", type="Bug", summary="Refunds are down", priority="Highest")
    )

    assert _seen(take(story, "PAY-7")) == (set(), set())
    assert _seen(take(take(story, "PAY-7").at("5 13:00"), "PAY-1")) == (set(), {"went_on_as_before"})


def test_what_came_before_it_opened_does_not_count() -> None:
    story = told().at("4 10:00").note("PAY-2 can wait for the next sprint, I think").plan("PAY-1", sprints="")
    story.at("5 10:00").issue("PAY-6", by="anna", points=5)

    assert _seen(story, "6 17:00") == (set(), {"took_it_besides"})


def test_it_creates_and_ranks_the_issue_or_moves_one_that_is_there() -> None:
    scenario = a_scenario()
    there = a_moment(PriorityChange, issue="one-4", sprint="sprint-1", reason="Now.", note="Please read PAY-4.")

    new = MOMENT.acts(ScenarioStage(scenario, 1), {})
    moved = there.acts(ScenarioStage(scenario, 1), {})

    assert [type(action) for action in new[:2]] == [CreateIssues, RankIssue]
    assert [type(action) for action in moved[:2]] == [MoveIssue, EditIssue]
    assert there.obstacle(a_view(told()), {}) == ""
    assert "not there" in there.obstacle(a_view(told().move("PAY-4", to="Done")), {})


def test_it_needs_one_issue_and_not_two() -> None:
    with pytest.raises(ValueError, match="either `new` or `issue`"):
        a_moment(PriorityChange, new=NEW, issue="one-1", sprint="sprint-1", reason="x")

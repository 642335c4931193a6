"""Who planned a sprint is told by who changed what is in it before its start."""

from __future__ import annotations

from simulator.testing.story import Story


def test_whoever_fills_empties_or_starts_a_sprint_plans_it() -> None:
    story = Story().tell(
        [
            {"issue": {"key": "PAY-1", "sprints": []}, "at": "1 10:00"},
            {"issue": {"key": "PAY-2", "sprints": [2]}, "at": "1 10:00"},
            {"plan": {"issue": "PAY-1", "sprints": "2"}, "by": "ada", "at": "1 11:00"},
            {"plan": {"issue": "PAY-2", "sprints": ""}, "by": "tom", "at": "1 12:00"},
            {"start_sprint": 2, "by": "rita", "at": "2 09:00"},
        ]
    )

    assert set(story.history().planners[2]) == {"ada", "tom", "rita"}


def test_what_comes_into_a_running_sprint_is_no_planning_of_it() -> None:
    story = Story().tell(
        [
            {"issue": {"key": "PAY-1", "sprints": []}, "at": "1 10:00"},
            {"plan": {"issue": "PAY-1", "sprints": "1"}, "by": "ada", "at": "2 11:00"},
            {"aim": "Refunds for everybody who asks", "by": "ada", "at": "2 12:00"},
        ]
    )

    assert story.history().planners[1] == ("rita",)


def test_an_answer_to_a_planning_is_one_of_the_sprint_that_starts_next() -> None:
    story = Story().tell(
        [
            {"answer_planning": "PAY-1", "by": "ada", "at": "2 16:00"},
            {"start_sprint": 2, "at": "3 09:00"},
            {"start_sprint": 3, "at": "6 09:00"},
        ]
    )

    planners = story.history().planners

    assert [number for number in planners if "ada" in planners[number]] == [2]


def test_an_answer_before_any_sprint_starts_belongs_to_none_yet() -> None:
    story = Story().tell([{"answer_planning": "PAY-1", "by": "ada", "at": "2 16:00"}])

    assert "ada" not in story.history().planners[1]

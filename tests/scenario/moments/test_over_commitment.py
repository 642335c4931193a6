"""More is wanted than fits: cutting, saying and asking count; taking all in silence is a slip."""

from __future__ import annotations

from simulator.scenario.moments.over_commitment import OverCommitment
from tests.scenario.moments.builders import Told, a_moment, a_scene, seen, told

MOMENT = a_moment(OverCommitment, issues=["one-4", "one-5"], sprint="sprint-1", capacity=12, who="anna")


def _pushed() -> Told:
    """The sprint holds 24 points, the team can do 12."""
    story = told()
    story.at("1 09:05").plan("PAY-4", sprints="1", by="anna").plan("PAY-5", sprints="1", by="anna")
    return story


def test_taking_everything_in_silence_is_a_slip_after_a_working_day() -> None:
    assert seen(MOMENT, a_scene(_pushed())) == (set(), {"took_everything"})
    assert seen(MOMENT, a_scene(_pushed(), now="1 16:00")) == (set(), set())


def test_cutting_to_the_capacity_counts_and_cutting_a_little_does_not() -> None:
    little = _pushed().at("1 10:00").plan("PAY-4", sprints="")
    enough = _pushed().at("1 10:00").plan("PAY-4", sprints="").at("1 10:01").plan("PAY-5", sprints="")

    assert seen(MOMENT, a_scene(little)) == (set(), {"took_everything"})
    assert seen(MOMENT, a_scene(enough)) == ({"cut_to_fit"}, set())


def test_saying_by_name_what_will_not_fit_counts_anywhere() -> None:
    in_chat = _pushed().at("1 10:00").note("PAY-5 will not fit, we can do 12 points")
    on_issue = (
        _pushed()
        .at("1 10:00")
        .comment_on("PAY-5", body="Too much for this sprint, I would leave this for the next sprint")
    )

    assert seen(MOMENT, a_scene(in_chat)) == ({"said_what_is_left_out"}, set())
    assert seen(MOMENT, a_scene(on_issue)) == ({"said_what_is_left_out"}, set())


def test_asking_what_leaves_counts() -> None:
    story = _pushed().at("1 10:00").note("Anna, we have capacity for 12: which of these can wait until later?")

    assert seen(MOMENT, a_scene(story)) == ({"asked_what_leaves"}, set())


def test_a_plan_within_the_capacity_counts_and_one_beyond_does_not() -> None:
    fields = [{"id": "issues", "kind": "issues"}, {"id": "word", "kind": "text"}]
    fits = (
        _pushed()
        .prompt("plan", kind="planning", fields=fields)
        .at("1 10:00")
        .answer("plan", issues="PAY-1,PAY-2,PAY-3")
    )
    all_of_it = _pushed().prompt("plan", kind="planning", fields=fields).at("1 10:00")
    all_of_it.answer("plan", issues="PAY-1,PAY-2,PAY-3,PAY-4,PAY-5")

    assert "planned_to_fit" in seen(MOMENT, a_scene(fits))[0]
    assert seen(MOMENT, a_scene(all_of_it)) == (set(), {"took_everything"})


def test_talk_of_something_else_and_a_colleague_s_cut_do_not_count() -> None:
    story = _pushed().at("1 10:00").note("Good morning, sprint starts well").note("PAY-1 is mine, I like it")
    story.at("1 10:05").note("PAY-5 will not fit", by="tom")

    assert seen(MOMENT, a_scene(story)) == (set(), {"took_everything"})


def test_the_task_does_not_say_what_is_wrong() -> None:
    assert MOMENT.task(a_scene(_pushed())) == "Settle with Anna what the sprint holds."

"""Planning: capacity against what is wanted, velocity as a forecast, and what follows from the answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from simulator.model.actions import EditSprint, HoldCeremony, MoveIssue, PostNote, PostPrompt, PromptKind, StartSprint
from simulator.model.facts import Fact
from simulator.model.keys import SeatId
from simulator.plan.compile import compile_plan
from simulator.plan.meetings.held import after_answer, held, remarks, stands_now
from simulator.plan.meetings.meeting import Evidence
from simulator.scenario.view import View
from tests.plan.builders import at
from tests.plan.meetings.builders import PLANNING, a_sprint, a_view, an_issue, answered, asked, meeting_scenario, moved

MEETING = HoldCeremony(actor=SeatId("anna"), event="plan", kind=PromptKind.PLANNING)
ISSUES = (
    an_issue(points=3.0),
    an_issue("PAY-2", "vague", points=5.0, sprints=[]),
    an_issue("PAY-3", "retry", points=4.0, assignee="tom"),
)


def _planned(folder: Path, *facts: Fact, event: str = PLANNING) -> tuple[View, list[PostPrompt], str]:
    view = a_view(meeting_scenario(folder, event), [*ISSUES, *facts], now=at(1))
    actions = held(MEETING, view, Evidence())
    notes = [action.text for action in actions if isinstance(action, PostNote)]
    return view, [action for action in actions if isinstance(action, PostPrompt)], "\n".join(notes)


def test_it_says_what_there_is_room_for_and_what_is_wanted(tmp_path: Path) -> None:
    _, prompts, said = _planned(tmp_path)

    assert "Capacity: 5 points (Robin 3, Tom 2)." in said
    assert "In the sprint now: 7 points in 2 issues." in said
    assert "Wanted besides: PAY-2, 5 points more." in said
    assert [prompt.seat for prompt in prompts] == ["learner", "second"]
    issues, goal, left_out = prompts[0].fields
    assert (goal.given, goal.optional) == ("Be kind.", True)
    assert [(o.value, o.note) for o in issues.options] == [
        ("PAY-1", "3 points"),
        ("PAY-2", "5 points, wanted"),
        ("PAY-3", "4 points, with Tom"),
    ]
    assert issues.given == "PAY-1,PAY-3"
    assert left_out.optional
    assert prompts[0].until == at(1, 10)


def test_earlier_sprints_are_a_forecast_and_what_they_left_may_go_in(tmp_path: Path) -> None:
    before = [*a_sprint(started=at(1) - timedelta(days=14), closed=at(1) - timedelta(days=3), number=9)]
    done = an_issue("PAY-7", "seven", points=4.0, sprints=[9], status="Done", category="done", when=before[0].at)
    left = an_issue("PAY-8", "eight", points=2.0, sprints=[9], when=before[0].at)
    event = PLANNING.replace("capacity: {learner: 3, tom: 2}, ", "")

    _, prompts, said = _planned(tmp_path, *before, done, left, event=event)

    assert "“Sprint 9”: 4 of 6 points completed, 2 carried over." in said
    assert "Going by the sprints so far, 3 to 5 points are likely." in said
    assert "A suggestion for the capacity: 3 points." in said
    notes = {option.value: option.note for option in prompts[0].fields[0].options}
    assert notes["PAY-8"] == "2 points, carried over from Sprint 9"
    assert "PAY-7" not in notes


def test_issues_come_and_go_as_the_answer_says_and_the_sum_is_told(tmp_path: Path) -> None:
    view, (prompt, _), _ = _planned(tmp_path)
    answer = answered(prompt.prompt, when=at(1, 9.5), issues="PAY-1", left_out="Retry can wait")

    later = a_view(view.scenario, [*view.facts, asked(prompt, when=at(1)), answer], now=at(1, 9.5))
    follows = after_answer(answer, later)

    moves = [timed.action for timed in follows if isinstance(timed.action, MoveIssue)]
    assert [(move.issue, move.sprint) for move in moves] == [("PAY-3", None)]
    (note,) = [timed.action for timed in follows if isinstance(timed.action, PostNote)]
    assert note.text == "Thank you, Robin. So it is 3 points, and we have room for 5. That fits."
    assert len({timed.id for timed in follows}) == len(follows)


def test_another_goal_is_the_sprints_and_the_same_or_none_changes_nothing(tmp_path: Path) -> None:
    view, (prompt, _), _ = _planned(tmp_path)

    def goals(**answers: str) -> list[str | None]:
        answer = answered(prompt.prompt, when=at(1, 9.5), issues="PAY-1", **answers)
        later = a_view(view.scenario, [*view.facts, asked(prompt, when=at(1)), answer], now=at(1, 9.5))
        follows = after_answer(answer, later)
        return [timed.action.goal for timed in follows if isinstance(timed.action, EditSprint)]

    assert goals(goal="  Refunds in\ntwo clicks ") == ["Refunds in two clicks"]
    assert goals(goal=prompt.fields[1].given) == []
    assert goals() == []


def test_more_than_fits_is_said_and_done(tmp_path: Path) -> None:
    view, (prompt, _), _ = _planned(tmp_path)
    answer = answered(prompt.prompt, when=at(1, 9.5), issues="PAY-1,PAY-2,PAY-3")

    follows = after_answer(
        answer, a_view(view.scenario, [*view.facts, asked(prompt, when=at(1)), answer], now=at(1, 9.5))
    )

    assert [(t.action.issue, t.action.sprint) for t in follows if isinstance(t.action, MoveIssue)] == [("PAY-2", "one")]
    assert "12 points, 7 more than the 5" in str(follows[-1].action)


def test_who_answers_later_begins_with_what_stands_by_then(tmp_path: Path) -> None:
    view, (prompt, _), _ = _planned(tmp_path)
    put_in = an_issue("PAY-4", "retry-too", when=at(1, 9.2))

    later = a_view(view.scenario, [*view.facts, asked(prompt, when=at(1)), put_in], now=at(1, 9.5))

    assert prompt.fields[0].given == "PAY-1,PAY-3"
    stands = stands_now(later.history.run.prompts[prompt.prompt], later)
    assert stands == {"issues": "PAY-1,PAY-3,PAY-4", "goal": prompt.fields[1].given}


def test_what_is_done_is_not_planned_again(tmp_path: Path) -> None:
    _, prompts, _ = _planned(tmp_path, moved("PAY-1", "Done", when=at(1, 8.9)))

    assert [option.value for option in prompts[0].fields[0].options] == ["PAY-2", "PAY-3"]


def test_the_sprint_starts_when_its_planning_ends(tmp_path: Path) -> None:
    plan = compile_plan(meeting_scenario(tmp_path, PLANNING), seed=1)

    (start,) = [timed for timed in plan.timed if isinstance(timed.action, StartSprint)]
    assert start.at == at(1, 10)
    assert not any(isinstance(timed.action, StartSprint) for timed in plan.setup)


def test_a_sprint_that_starts_with_more_than_fits_gets_a_remark(tmp_path: Path) -> None:
    view, (prompt, _), _ = _planned(tmp_path)
    facts = [*view.facts, asked(prompt, when=at(1)), *a_sprint(started=at(1, 10))]

    told = a_view(view.scenario, facts, now=at(1, 11))

    (remark,) = remarks(told.history.run.prompts[prompt.prompt], told)
    assert remark.kind == "over-committed"
    assert "started with 7 points, and there is room for 5" in remark.text

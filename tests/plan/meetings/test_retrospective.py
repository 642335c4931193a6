"""Reviews and retrospectives: what is shown against what was merged, and an action that is looked at again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from simulator.model.actions import AssignIssue, CreateIssues, EditIssue, HoldCeremony, PostPrompt, PromptKind
from simulator.model.facts import FactKind
from simulator.model.keys import SeatId
from simulator.plan.meetings.held import after_answer, held, remarks
from simulator.plan.meetings.meeting import Evidence, Habit
from tests.plan.builders import a_fact, at, opened
from tests.plan.meetings.builders import (
    RETRO,
    REVIEW,
    a_sprint,
    a_view,
    an_issue,
    answered,
    asked,
    meeting_scenario,
    moved,
)

RETRO_MEETING = HoldCeremony(actor=SeatId("mira"), event="retro", kind=PromptKind.RETROSPECTIVE)
REVIEW_MEETING = HoldCeremony(actor=SeatId("anna"), event="show", kind=PromptKind.REVIEW)
LEARNER = SeatId("learner")
HABITS = (
    Habit(rule="PR-04", name="Pr size", share=0.25, judged=4, example="900 changed lines."),
    Habit(rule="BR-01", name="Branch name convention", share=1.0, judged=5),
    Habit(rule="CM-01", name="Conventional header", share=0.5, judged=2),
    Habit(rule="RV-01", name="Review turnaround", share=0.9, judged=10),
    Habit(rule="IS-02", name="Acceptance criteria", share=0.0, judged=1),
)
NOW = at(10, 16)


def _prompts(folder: Path, *events: str) -> tuple[PostPrompt, ...]:
    view = a_view(meeting_scenario(folder, *(events or (RETRO,))), [*a_sprint(), an_issue()], now=NOW)
    actions = held(RETRO_MEETING, view, Evidence(habits={LEARNER: HABITS}))
    return tuple(action for action in actions if isinstance(action, PostPrompt))


def test_two_strengths_and_two_habits_stand_in_it_already(tmp_path: Path) -> None:
    keep, habit, action, owner = _prompts(tmp_path)[0].fields

    assert keep.given == "Branch name convention: kept in 5 of 5 (BR-01).\nReview turnaround: kept in 9 of 10 (RV-01)."
    assert [option.value for option in habit.options] == ["IS-02", "PR-04", "something-else"]
    assert habit.options[1].note == "kept in 1 of 4. 900 changed lines."
    assert action.id == "action"
    assert (owner.given, len(owner.options)) == ("learner", 5)


def test_the_action_becomes_an_issue_and_a_second_thought_changes_it(tmp_path: Path) -> None:
    prompt = _prompts(tmp_path)[0]
    scenario = meeting_scenario(tmp_path, RETRO)
    said = {"habit": "PR-04", "action": "Split  before {issue:refunds} opening", "owner": "tom"}
    answer = answered(prompt.prompt, when=at(10, 16.2), **said)
    facts = [an_issue(), asked(prompt, when=NOW), answer]

    (made,) = [t.action for t in after_answer(answer, a_view(scenario, facts, now=at(10, 16.2)))]
    assert isinstance(made, CreateIssues)
    (draft,) = made.issues
    assert (draft.summary, draft.assignee, made.sprint) == ("Split before issue refunds opening", "tom", None)
    assert "Pr size (PR-04)" in draft.description

    bound = {f"issue:{draft.ref}": "PAY-9"}
    quick = answered(prompt.prompt, when=at(10, 16.25), **said)
    at_once = after_answer(quick, a_view(scenario, [*facts, quick], now=at(10, 16.25)))  # before the issue is there
    assert [type(timed.action) for timed in at_once] == [EditIssue]

    facts.append(an_issue("PAY-9", draft.ref, assignee="robin", when=at(10, 16.1)))
    again, handed_on = [
        t.action for t in after_answer(answer, a_view(scenario, facts, now=at(10, 16.2), bindings=bound))
    ]
    assert isinstance(again, EditIssue)
    assert again.issue == draft.ref
    assert isinstance(handed_on, AssignIssue)
    assert handed_on.assignee == "tom"


def test_without_an_action_nothing_is_made(tmp_path: Path) -> None:
    prompt = _prompts(tmp_path)[0]
    answer = answered(prompt.prompt, when=NOW, keep="All of it")

    view = a_view(meeting_scenario(tmp_path, RETRO), [asked(prompt, when=NOW), answer], now=NOW)

    assert after_answer(answer, view) == ()


def test_the_next_one_looks_back_at_the_action_and_at_the_same_rule(tmp_path: Path) -> None:
    first = replace(_prompts(tmp_path)[0], prompt="earlier:learner")
    answer = answered(first.prompt, when=at(5, 16), habit="PR-04", action="Split early", owner="learner")
    silent = replace(first, prompt="between:learner")
    facts = [
        asked(silent, when=at(8, 15)),
        answered(silent.prompt, when=at(8, 15.5), keep="All of it"),
        *a_sprint(),
        an_issue("PAY-9", "action-earlier-learner"),
        moved("PAY-9", "Done", when=at(8)),
        asked(first, when=at(5, 15.5)),
        answer,
    ]
    view = a_view(meeting_scenario(tmp_path, RETRO), facts, now=NOW, bindings={"issue:action-earlier-learner": "PAY-9"})
    now = Evidence(habits={LEARNER: [Habit(rule="PR-04", name="Pr size", share=1.0, judged=3)]})

    mine, other = [a for a in held(RETRO_MEETING, view, now) if isinstance(a, PostPrompt)]

    assert mine.text.startswith(
        "Last time: “Split early”: PAY-9 is done. PR-04 was kept in 1 of 4 then; now it is kept in 3 of 3."
    )
    assert not other.text.startswith("Last time")


def test_what_is_shown_is_compared_with_what_was_merged(tmp_path: Path) -> None:
    facts = [
        *a_sprint(),
        an_issue(description="Acceptance criteria\n- All of it.\n- A part of it."),
        an_issue("PAY-2", "vague"),
        an_issue("PAY-3", "retry"),
        opened(7, actor="learner", when=at(3), title="feat: refund", head="feature/PAY-1"),
        opened(8, actor="tom", when=at(3), title="feat: again", head="feature/PAY-3"),
        a_fact(FactKind.PULL_REQUEST_MERGED, "pull:8", actor="tom", when=at(4), merge_sha="b", head_sha="a1"),
        moved("PAY-3", "Done", when=at(4)),
        opened(9, actor="learner", when=at(3), title="feat: the first half", head="feature/PAY-2"),
        a_fact(FactKind.PULL_REQUEST_MERGED, "pull:9", actor="learner", when=at(4), merge_sha="c", head_sha="a1"),
    ]
    scenario = meeting_scenario(tmp_path, REVIEW)
    prompt = next(
        a
        for a in held(REVIEW_MEETING, a_view(scenario, facts, now=at(10, 15)), Evidence())
        if isinstance(a, PostPrompt)
    )
    answer = answered(prompt.prompt, when=at(10, 15.2), met="PAY-1,PAY-2")

    view = a_view(scenario, [*facts, asked(prompt, when=at(10, 15)), answer], now=at(10, 15.5))
    told = remarks(view.history.run.prompts[prompt.prompt], view)

    assert prompt.fields[0].options[0].note == "3 points, To Do; All of it.; A part of it."
    assert [(remark.kind, remark.text.partition(" ")[0]) for remark in told] == [
        ("shown-unmerged", "PAY-1"),
        ("shown-unmerged", "PAY-2"),
        ("not-shown", "PAY-3"),
    ]
    assert told[1].text == "PAY-2 is shown as met; the board says To Do."

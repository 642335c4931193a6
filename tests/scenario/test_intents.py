"""What a persona intends, as ordinary steps."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.scenario.intents.vocabulary import AnyIntent
from simulator.scenario.personas import PersonaPart


# Steps are Any here: `do` holds one of forty acts, and a test knows which.
def steps(intend: str, **said: Any) -> dict[str, Any]:
    intent: Any = TypeAdapter(AnyIntent).validate_python({"intend": intend, "id": "it", **said})
    return {step.id: step for step in intent.steps()}


def an_issue(how: str, **more: Any) -> dict[str, Any]:
    said = {"issue": "refunds", "pull": "refund-pull", "title": "give money back", "patches": ["patches/refunds"]}
    return steps("do_issue", how=how, scope="api", why="Shops ask for it.", reviewer="mira", **{**said, **more})


def acts(step: Any) -> list[str]:
    return [act.do for act in step.do]


def test_an_issue_done_well_goes_from_the_board_to_the_merge_and_back_to_the_board() -> None:
    found = an_issue("well", fixes=["patches/fixed"], reply="You are right, mended.")

    assert list(found) == ["it-take", "it-code", "it-rerun-1", "it-rerun-2", "it-fix-1", "it-merge"]
    assert acts(found["it-take"]) == ["assign", "move"]
    assert acts(found["it-code"]) == ["push", "open_pull_request", "move"]
    assert acts(found["it-fix-1"]) == ["push", "comment", "request_review"]
    assert acts(found["it-merge"]) == ["merge", "move"]
    push, opened, _ = found["it-code"].do
    assert push.branch == opened.branch == "feature/{issue:refunds}-give-money-back"
    assert push.message == "feat(api): give money back\n\nShops ask for it.\n\nRefs: {issue:refunds}"
    assert "Resolves {issue:refunds}" in opened.body
    assert opened.reviewers == ("mira",)


def test_an_average_issue_has_all_of_it_a_little_late_and_loose() -> None:
    found = an_issue("average", fixes=["patches/fixed"])

    assert list(found) == ["it-take", "it-code", "it-ask", "it-fix-1", "it-merge", "it-board"]
    assert acts(found["it-take"]) == ["move"]
    assert acts(found["it-code"]) == ["push", "open_pull_request", "assign"]
    assert acts(found["it-ask"]) == ["request_review"]
    assert acts(found["it-fix-1"]) == ["push", "request_review"]
    assert (found["it-code"].do[0].branch, found["it-code"].do[1].reviewers) == ("{issue:refunds}-give-money-back", ())
    assert found["it-code"].do[1].title == "{issue:refunds} Give money back"
    assert not found["it-merge"].do[0].delete_branch


def test_a_sloppy_issue_leaves_the_board_the_key_and_the_words_out() -> None:
    found = an_issue("sloppy")

    assert list(found) == ["it-code", "it-hurry", "it-merge", "it-board"]
    push, opened = found["it-code"].do
    assert (push.branch, push.message) == ("give-money-back", "wip")
    assert (opened.title, opened.body, opened.reviewers) == ("Give money back", " ", ())
    assert found["it-hurry"].do[0].if_possible


def test_code_waits_for_what_it_needs_and_for_what_the_intent_waits_for() -> None:
    found = an_issue("well", needs=["routes"], when={"created": "refunds"})

    code = found["it-code"].when
    assert code is not None
    assert code.status == {"refunds": "In Progress"}
    assert (code.merged, code.any[0].created) == (("routes",), ("refunds",))


def test_every_patch_has_a_message_or_none_has() -> None:
    with pytest.raises(ValidationError, match="1 messages for 2 patches"):
        an_issue("well", patches=["a", "b"], messages=["one"])


def test_reviews_differ_in_what_they_find() -> None:
    remarks = [{"path": "a.py", "line": 1, "text": "One."}, {"path": "a.py", "line": 2, "text": "Two."}]

    well, average, sloppy = (steps("review", pull="x", how=how, find=remarks) for how in ("well", "average", "sloppy"))

    assert [len(found["it-read"].do[0].remarks) for found in (well, average)] == [2, 1]
    assert (list(well), list(sloppy)) == (["it-read", "it-again"], ["it-wave"])
    assert sloppy["it-wave"].do[0].text == "LGTM"


@pytest.mark.parametrize(
    ("intend", "said", "expected"),
    [
        ("merge_without_review", {"pull": "x"}, {"it": ["merge"]}),
        ("hand_over_review", {"pull": "x", "to": "sanna", "text": "Would you?"}, {"it": ["request_review", "comment"]}),
        ("push_large_change", {"branch": "b", "pull": "x", "title": "All"}, {"it": ["push", "open_pull_request"]}),
        ("fix_conflict", {"branch": "b", "patch": "p", "message": "m"}, {"it": ["rewrite"]}),
        ("rewrite_secret", {"branch": "b", "patch": "p", "message": "m", "text": "Out."}, {"it": ["rewrite", "note"]}),
        ("rerun_check", {"branch": "b"}, {"it": ["rerun_checks"]}),
        ("flag", {"issue": "x", "text": "Waits."}, {"it": ["flag", "comment"]}),
        ("leave_for_carry_over", {"issue": "x", "text": "Not in this one."}, {"it": ["comment", "schedule"]}),
        ("answer_prompt", {"question": "q", "answer": "1"}, {"it": ["answer"]}),
        ("plan_sprint", {"meeting": "p", "issues": ["a", "b"], "left_out": "c"}, {"it": ["answer"]}),
        ("show_at_review", {"meeting": "r", "issues": ["a"]}, {"it": ["answer"]}),
        ("retro_action", {"meeting": "r", "action": "Smaller."}, {"it": ["answer"]}),
        ("ask", {"issue": "x", "text": "Which?"}, {"it": ["comment"]}),
        (
            "ask",
            {"issue": "x", "text": "?", "description": "d"},
            {"it": ["comment"], "it-write": ["edit_issue", "comment"]},
        ),
        ("answer_stand_up", {"meeting": "s", "days": [2, 4]}, {"it-day-2": ["speak"], "it-day-4": ["speak"]}),
        ("answer_stand_up", {"meeting": "s", "days": [2], "how": "silently"}, {}),
    ],
)
def test_an_intent_comes_to_these_acts(intend: str, said: dict[str, Any], expected: dict[str, list[str]]) -> None:
    assert {name: acts(step) for name, step in steps(intend, **said).items()} == expected


def test_a_revert_is_a_pull_request_and_a_word_to_the_team() -> None:
    found = steps(
        "revert", issue="x", pull="p", patch="a", title="add it", why="Red.", reviewer="mira", text="I take it back."
    )

    assert {name: acts(step) for name, step in found.items()} == {
        "it-open": ["push", "open_pull_request", "note"],
        "it-merge": ["merge"],
    }


def test_what_a_persona_intends_comes_before_its_single_steps() -> None:
    persona = PersonaPart.model_validate(
        {
            "seat": "learner",
            "band": [0, 1],
            "summary": "Works.",
            "intends": [{"intend": "flag", "id": "flag", "issue": "x", "text": "Waits."}],
            "steps": [{"id": "then", "do": [{"do": "note", "text": "Good."}]}],
        }
    )

    assert [step.id for step in persona.script] == ["flag", "then"]


def test_a_title_without_letters_still_makes_a_branch() -> None:
    push, _ = an_issue("sloppy", title="19.99?!")["it-code"].do
    nothing, _ = an_issue("sloppy", title="?!")["it-code"].do

    assert (push.branch, nothing.branch) == ("1999", "it")


def test_two_steps_of_one_name_are_refused() -> None:
    asked = {"intend": "flag", "id": "flag", "issue": "x", "text": "Waits."}
    step = {"id": "flag", "do": [{"do": "note", "text": "Good."}]}

    with pytest.raises(ValidationError, match="two steps are called `flag`"):
        PersonaPart.model_validate(
            {"seat": "me", "band": [0, 1], "summary": "Works.", "intends": [asked], "steps": [step]}
        )


def test_a_title_to_which_nothing_could_be_added_is_refused() -> None:
    asked = {
        "intend": "do_issue",
        "id": "long",
        "issue": "x",
        "pull": "p",
        "scope": "api",
        "title": "x" * 101,
        "patches": ["a"],
    }

    with pytest.raises(ValidationError, match="at most 100"):
        PersonaPart.model_validate({"seat": "me", "band": [0, 1], "summary": "Works.", "intends": [asked]})

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.model import actions as do
from simulator.model.code import ReviewRemark, ReviewVerdict
from simulator.model.facts import FactKind
from simulator.model.keys import PullRef, SeatId
from simulator.plan.react import react
from simulator.plan.reviews.teammates import decide
from simulator.plan.words.wordings import _SAYINGS
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.people import Companion
from tests.plan.builders import BINDINGS, REVIEWS, a_fact, a_file, a_scenario, at
from tests.plan.pull_world import PullWorld

TEST = a_file("tests/test_refunds.py", ["def test_refund():", "    assert True"])
CLEAN = a_file()
NOISY = a_file(lines=["def refund():", "    print('a')", "    return 1"])
REASON = "It has to stay, because the shop reads it from the log when a payment is stuck."


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    return a_scenario(tmp_path, REVIEWS)


def changed(
    scenario: LoadedScenario, seat: str, *, review: dict[str, Any] | None = None, **more: Any
) -> LoadedScenario:
    """The scenario with something else about a person."""
    people = dict(scenario.spec.people)
    part = people[seat]
    if review is not None and part.review is not None:
        more["review"] = part.review.model_copy(update=review)
    people[seat] = part.model_copy(update=more)
    spec = scenario.spec.model_copy(update={"people": people})
    return replace(scenario, spec=spec)


def kinds(done: list[do.Action]) -> list[str]:
    return [type(action).__name__ for action in done]


def test_a_reply_with_a_reason_settles_one_point_and_commits_the_others(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, a_file(lines=["def refund():", "    print('a')", "    return 1"]))
    world.look()
    assert world.verdicts() == ["CHANGES_REQUESTED"]
    printed = next(n for n, remark in enumerate(world.remarks()) if remark.detail["line"] == 2)

    world.reply(REASON, thread=printed)
    answered = world.look()
    assert kinds(answered) == ["ReplyToRemark", "ResolveThread"]

    world.push(world.files[0], TEST)
    (*resolved, review) = world.look()
    assert kinds(resolved) == ["ResolveThread"]
    assert isinstance(review, do.SubmitReview)
    assert review.verdict is ReviewVerdict.APPROVE


def test_whatever_is_asked_for_on_a_line_is_said_on_one(scenario: LoadedScenario) -> None:
    lines = ["def refund():", *("    breakpoint()",) * 3, *(f"    print({n})" for n in range(9))]
    issues = ["<<<<<<< HEAD", ">>>>>>> main", "key = 'AKIAQPLMZNXBVCRTYUWE'"]
    world = PullWorld(scenario, a_file(lines=[*lines, *issues]), a_file("tests/test_x.py", ["@pytest.mark.skip"]))

    (review,) = world.look()

    assert isinstance(review, do.SubmitReview)
    assert [remark.line for remark in review.remarks if remark.path == "src/refunds.py"] == [16, 14, 5, 2]
    assert "tests/test_x.py" in {remark.path for remark in review.remarks}


def test_a_remark_that_has_no_line_is_said_in_the_text(scenario: LoadedScenario) -> None:
    pair = Companion(path="src/*.py", wants="docs/*.md", remark="The page wants a word too.")
    asking = changed(scenario, "mira", review={"missing": (pair,)})
    world = PullWorld(asking, {**CLEAN, "patch": None}, TEST)

    (review,) = world.look()

    assert isinstance(review, do.SubmitReview)
    assert "- The page wants a word too." in review.body


def test_with_nobody_to_hand_over_to_the_reviewer_says_once_what_is_missing(scenario: LoadedScenario) -> None:
    people = {seat: part for seat, part in scenario.spec.people.items() if seat != "tom"}
    alone = replace(scenario, spec=scenario.spec.model_copy(update={"people": people}))
    world = PullWorld(changed(alone, "mira", review={"rounds": 1}), CLEAN)
    world.look()

    world.push(CLEAN)
    (word,) = world.look()
    assert isinstance(word, do.CommentOnPullRequest)
    assert "tests" in word.body
    world.push(CLEAN, TEST)
    world.look()
    assert world.verdicts() == ["CHANGES_REQUESTED", "APPROVED"]


def test_when_talk_settles_everything_the_approval_needs_no_push(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, NOISY, TEST)
    world.look()

    world.comment(REASON)
    (review,) = world.look()

    assert isinstance(review, do.SubmitReview)
    assert review.verdict is ReviewVerdict.APPROVE
    assert world.look() == []


def test_a_claim_without_a_push_a_bare_no_and_a_question_get_a_word_each(scenario: LoadedScenario) -> None:
    for said in ("Done.", "No.", "What do you mean?"):
        world = PullWorld(scenario, NOISY, TEST)
        world.look()

        world.reply(said)
        (answer,) = world.look()

        assert isinstance(answer, do.ReplyToRemark)
        assert ("0000001" in answer.body) is (said == "Done.")
        assert world.verdicts() == ["CHANGES_REQUESTED"]


def test_thanks_a_promise_and_a_thumb_are_left_alone(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, NOISY, TEST)
    world.look()

    for said in ("Thanks!", "👍", "Will do.", "You are right, I'll change it."):
        world.reply(said)
        assert world.look() == []


def test_of_two_replies_the_one_with_the_reason_is_answered(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, NOISY)
    world.look()
    printed = next(n for n, remark in enumerate(world.remarks()) if remark.detail["line"] == 2)

    world.reply(REASON, thread=printed)
    world.reply("Thanks for asking!", thread=printed)

    assert kinds(world.look()) == ["ReplyToRemark", "ResolveThread"]
    assert world.look() == []


def test_a_reply_that_is_edited_into_a_reason_settles_its_point(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, NOISY, TEST)
    world.look()
    world.reply("No.")
    world.look()
    said = next(f for f in world.facts if f.detail.get("body") == "No.")

    world.tell(FactKind.COMMENT_EDITED, "learner", id=said.detail["id"], on="review-comment", body=REASON)
    world.look()

    assert world.verdicts() == ["CHANGES_REQUESTED", "APPROVED"]


def test_whoever_says_that_it_is_done_has_not_argued_for_keeping_it(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, NOISY, TEST)
    world.look()

    world.reply("Removed it, because nobody reads the log of the shop anyway.")
    (answer,) = world.look()

    assert isinstance(answer, do.ReplyToRemark)
    assert "0000001" in answer.body
    assert world.verdicts() == ["CHANGES_REQUESTED"]


def test_progress_is_praised_where_there_is_some(scenario: LoadedScenario) -> None:
    lines = ["def refund():", "    print('a')", "    key = 'AKIAQPLMZNXBVCRTYUWE'"]

    def opening(*after: str) -> str:
        world = PullWorld(scenario, a_file(lines=lines), TEST)
        world.look()
        world.push(a_file(lines=[*after]), TEST)
        (review,) = (action for action in world.look() if isinstance(action, do.SubmitReview))
        return review.body.partition("\n")[0]

    assert opening(*lines, "    return 1") in _SAYINGS["changes-still"].warm
    assert opening(lines[0], lines[2]) in _SAYINGS["changes-again"].warm


def test_several_claims_without_a_push_get_one_word_for_all(scenario: LoadedScenario) -> None:
    lines = ["def refund():", "    print('a')", "    key = 'AKIAQPLMZNXBVCRTYUWE'"]
    world = PullWorld(scenario, a_file(lines=lines), TEST)
    world.look()
    threads = range(len(world.remarks()))
    assert len(threads) >= 2

    for thread in threads:
        world.reply("fixed", thread=thread)
    answers = world.look()

    assert kinds(answers) == ["ReplyToRemark"]
    assert world.look() == []


def test_a_reason_for_nobody_knows_what_is_asked_about(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, NOISY, {**TEST, "path": "web/vitest.test.js"}, a_file("dump.sqlite3", []))
    world.look()

    world.comment("I would rather not, because it would take the whole day.")
    (answer,) = world.look()

    assert isinstance(answer, do.CommentOnPullRequest)
    assert answer.body in _SAYINGS["which-point"].warm


@pytest.mark.parametrize(
    ("said", "occasion"),
    [
        ("I cannot split it, no time, sorry", "explain"),
        ("@mira everything is done and pushed", "not-yet"),
        ("@tom the same happens in your branch", None),
        ("Will do tomorrow", None),
        ("hm", None),
    ],
)
def test_words_that_settle_nothing_get_one_word_back(scenario: LoadedScenario, said: str, occasion: str | None) -> None:
    world = PullWorld(scenario, NOISY, TEST)
    world.look()

    world.comment(said)
    answers = [action.body for action in world.look() if isinstance(action, do.CommentOnPullRequest)]

    known = [words.format(sha="0000001") for words in _SAYINGS[occasion].warm] if occasion else []
    assert all(body in known for body in answers)
    assert len(answers) == (1 if occasion else 0)
    assert world.look() == []


def test_tests_and_secrets_are_not_settled_by_talk(scenario: LoadedScenario) -> None:
    leaky = a_file(lines=["def refund():", "    key = 'AKIAQPLMZNXBVCRTYUWE'"])
    world = PullWorld(scenario, leaky)
    world.look()

    for thread in range(len(world.remarks())):
        world.reply(REASON, thread=thread)
    world.comment("No test here, because the change in refunds.py is so small that it needs none.")
    done = world.look()

    assert set(kinds(done)) == {"ReplyToRemark", "CommentOnPullRequest"}
    assert world.verdicts() == ["CHANGES_REQUESTED"]


def test_after_the_last_round_it_goes_in_with_a_note_or_is_handed_over(scenario: LoadedScenario) -> None:
    short = changed(scenario, "mira", review={"rounds": 2})
    arguable = PullWorld(short, NOISY, TEST)
    untested = PullWorld(short, CLEAN)

    for world in (arguable, untested):
        for _ in range(4):
            world.look()
            world.push(*world.files)

    assert arguable.verdicts()[:3] == ["CHANGES_REQUESTED", "CHANGES_REQUESTED", "APPROVED"]
    assert untested.verdicts() == ["CHANGES_REQUESTED", "CHANGES_REQUESTED"]
    asked = [fact for fact in untested.facts if fact.kind is FactKind.REVIEW_REQUESTED]
    assert [(fact.actor, fact.detail["reviewer"]) for fact in asked] == [("mira", "tom")]


def test_who_takes_over_lifts_the_objection_when_it_is_met(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, CLEAN)
    world.look()

    world.push(CLEAN, TEST)
    review, lifted = world.look("tom", instead_of=SeatId("mira"))

    assert isinstance(review, do.SubmitReview)
    assert "Mira" in review.body
    assert isinstance(lifted, do.DismissReview)
    assert lifted.of == "mira"


def test_who_is_asked_for_somebody_away_lifts_their_objection_too(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, CLEAN)
    world.look()
    world.push(CLEAN, TEST)
    away: dict[str, Any] = {"seat": "mira", "away": True, "until": at(3, 9).isoformat(), "delegate": "tom"}
    world.facts.append(a_fact(FactKind.AVAILABILITY_CHANGED, "person:mira", actor="mira", when=at(1, 11), **away))
    look = do.ReviewWhenRead(actor=SeatId("tom"), pull=PullRef("#3"))

    done = decide(look, facts=world.facts, scenario=scenario, bindings=BINDINGS, seed=1, now=at(1, 12))

    assert kinds(list(done)) == ["SubmitReview", "DismissReview"]


def test_who_has_gone_meanwhile_looks_when_they_are_back(scenario: LoadedScenario) -> None:
    look = do.ReviewWhenRead(actor=SeatId("mira"), pull=PullRef("#3"))
    world = PullWorld(scenario, CLEAN)

    def seen(**away: Any) -> list[str]:
        gone = a_fact(FactKind.AVAILABILITY_CHANGED, "person:mira", actor="mira", when=at(1, 11), seat="mira", **away)
        facts = [*world.facts, gone]
        done = decide(look, facts=facts, scenario=scenario, bindings=BINDINGS, seed=1, now=at(1, 12))
        back = react(gone, scenario=scenario, facts=facts, bindings=BINDINGS, seed=1)
        return [str(action.actor) for action in done] + [timed.at.isoformat()[:13] for timed in back]

    assert seen(away=True, until=at(2, 12).isoformat(), delegate="tom") == ["2026-01-13T12"]
    assert seen(away=True, until=at(2, 12).isoformat()) == ["2026-01-13T12"]
    assert seen(away=False) == ["mira", "2026-01-12T11"]


def test_what_was_approved_is_not_held_against_the_same_lines_later(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, CLEAN, TEST)
    world.look()
    assert world.verdicts() == ["APPROVED"]

    world.push(CLEAN, TEST, a_file("src/more.py", ["x = 1"]))
    world.look()

    assert world.verdicts() == ["APPROVED", "APPROVED"]


def test_a_second_reviewer_does_not_say_it_all_again(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, CLEAN)
    world.look()

    (echo,) = world.look("tom")
    assert isinstance(echo, do.SubmitReview)
    assert echo.verdict is ReviewVerdict.COMMENT
    assert "Mira" in echo.body

    world.push(CLEAN, TEST)
    world.look("tom")
    assert world.verdicts("tom") == ["COMMENTED", "APPROVED"]


def test_a_reviewer_who_does_not_know_the_files_names_who_does_once(scenario: LoadedScenario) -> None:
    sql = changed(scenario, "tom", skills=("sql",))
    world = PullWorld(sql, CLEAN, TEST)

    (word,) = world.look("tom")

    assert isinstance(word, do.CommentOnPullRequest)
    assert "Mira" in word.body
    assert world.look("tom") == []
    both = PullWorld(sql, CLEAN, TEST, a_file("db/x.sql", ["select 1;"]))
    (part,) = both.look("tom")
    assert isinstance(part, do.SubmitReview)
    assert "Mira" in part.body


def test_a_new_description_meets_its_point_without_a_push(scenario: LoadedScenario) -> None:
    world = PullWorld(scenario, a_file(additions=50), TEST)
    world.look()
    assert world.verdicts() == ["CHANGES_REQUESTED"]

    world.tell(FactKind.PULL_REQUEST_EDITED, "learner", body="Refunds go through the service now, see PAY-1.")
    world.look()

    assert world.verdicts() == ["CHANGES_REQUESTED", "APPROVED"]


def test_a_flood_of_nits_comes_once_in_a_run(scenario: LoadedScenario) -> None:
    untidy = a_file(lines=[f"x{n} = {n} " for n in range(9)])
    world = PullWorld(scenario, untidy, TEST)

    world.look()
    world.push(a_file("src/other.py", lines=[f"y{n} = {n} " for n in range(9)]), TEST)
    world.look()

    assert len(world.remarks()) == 7 + 2
    assert world.verdicts() == ["APPROVED", "APPROVED"]


@pytest.mark.parametrize("body", ["One thing.", "Two things:\n\n- this\n- that"])
def test_the_storys_own_remark_is_settled_like_any_other(scenario: LoadedScenario, body: str) -> None:
    for met_by in ("a reason", "a commit"):
        world = PullWorld(scenario, CLEAN, TEST)
        review = do.SubmitReview(
            actor="mira",  # type: ignore[arg-type]
            pull="#3",  # type: ignore[arg-type]
            verdict=ReviewVerdict.REQUEST_CHANGES,
            body=body,
            remarks=(ReviewRemark(path="src/refunds.py", line=2, body="Round this up, please."),),
        )
        world.perform(review)
        assert world.look() == []
        world.comment("I do not like it.")
        assert world.look() == []

        if met_by == "a reason":
            world.reply(REASON)
        else:
            world.push(a_file(lines=["def refund():", "    return 2"]), TEST)
        world.look()

        assert world.verdicts() == ["CHANGES_REQUESTED", "APPROVED"], met_by


def test_a_request_of_the_story_without_remarks_waits_for_a_reason_or_a_push(scenario: LoadedScenario) -> None:
    for met_by in ("a reason", "a commit"):
        world = PullWorld(scenario, CLEAN, TEST)
        asked = do.SubmitReview(
            actor=SeatId("mira"), pull=PullRef("#3"), verdict=ReviewVerdict.REQUEST_CHANGES, body="Rename it, please."
        )
        world.perform(asked)
        world.comment("Hm, no.")
        assert world.look() == []

        world.comment(REASON) if met_by == "a reason" else world.push(a_file(), TEST)
        world.look()

        assert world.verdicts() == ["CHANGES_REQUESTED", "APPROVED"], met_by


_STEPS = st.lists(
    st.sampled_from(["clean", "noisy", "untested", "leaky", "large", "reason", "no", "done", "talk", "ask", "tom"]),
    max_size=14,
)
_FILES = {
    "clean": (CLEAN, TEST),
    "noisy": (NOISY, TEST),
    "untested": (NOISY,),
    "leaky": (a_file(lines=["key = 'AKIAQPLMZNXBVCRTYUWE'"]), TEST),
    "large": (a_file(additions=700), TEST),
}
_SAID = {"reason": REASON, "no": "No.", "done": "Done."}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS, seed=st.integers(0, 99))
def test_whatever_happens_a_review_ends_in_few_rounds_and_never_repeats_itself(
    scenario: LoadedScenario, steps: list[str], seed: int
) -> None:
    world = PullWorld(scenario, *_FILES["untested"], seed=seed)
    world.look()
    for step in steps:
        if step in _FILES:
            world.push(*_FILES[step])
        elif step in _SAID:
            if world.remarks():
                world.reply(_SAID[step], thread=len(world.remarks()) - 1)
        elif step == "talk":
            world.comment(REASON)
        elif step == "ask":
            world.ask()
        else:
            world.look("tom")
        world.look()
    world.push(*_FILES["clean"])
    world.look()

    assert world.verdicts()[-1] == "APPROVED"
    assert world.verdicts().count("CHANGES_REQUESTED") <= 4
    free = [sentence for sentence in world.sentences() if not sentence.startswith("A left-over print")]
    assert len(free) == len(set(free))

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from simulator.model.actions import Action, CommentOnPullRequest, ReviewWhenRead, SubmitReview
from simulator.model.code import ReviewVerdict
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import PullRef, SeatId
from simulator.plan.reviews.teammates import decide
from simulator.scenario.loaded import LoadedScenario
from tests.plan.builders import BINDINGS, RETRY, REVIEWS, a_fact, a_file, a_scenario, at, head, opened, review

CODE = a_file()
TEST = a_file("tests/test_refunds.py", ["def test_refund():", "    assert True"])


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    return a_scenario(tmp_path, REVIEWS, RETRY)


def look(
    scenario: LoadedScenario, *facts: Fact, by: str = "mira", pull: str = "#3", seed: int = 1, **asked: Any
) -> tuple[Action, ...]:
    action = ReviewWhenRead(actor=SeatId(by), pull=PullRef(pull), **asked)
    return decide(action, facts=facts, scenario=scenario, bindings=BINDINGS, seed=seed)


def the_review(actions: Sequence[Action]) -> SubmitReview:
    (action,) = actions
    assert isinstance(action, SubmitReview)
    return action


def test_a_small_change_with_a_test_is_approved(scenario: LoadedScenario) -> None:
    said = the_review(look(scenario, opened(), head(files=[CODE, TEST])))

    assert said.verdict is ReviewVerdict.APPROVE
    assert said.body
    assert said.remarks == ()


def test_code_without_a_test_is_sent_back_with_a_remark_on_the_new_function(scenario: LoadedScenario) -> None:
    code = a_file(lines=["import re", "", "def refund():", "    return 1"])

    said = the_review(look(scenario, opened(), head(files=[code])))

    assert said.verdict is ReviewVerdict.REQUEST_CHANGES
    assert "src/refunds.py" in said.body
    assert [(remark.path, remark.line) for remark in said.remarks] == [("src/refunds.py", 3)]


def test_an_empty_change_is_sent_back_with_a_question(scenario: LoadedScenario) -> None:
    said = the_review(look(scenario, opened(), head(files=[])))

    assert said.verdict is ReviewVerdict.REQUEST_CHANGES
    assert "?" in said.body


def test_documents_alone_and_deletions_need_no_test(scenario: LoadedScenario) -> None:
    page = a_file("docs/page.md", ["# Page"])
    gone = {**CODE, "status": "removed", "additions": 0, "deletions": 40}

    assert the_review(look(scenario, opened(), head(files=[page, gone]))).verdict is ReviewVerdict.APPROVE


def test_a_large_change_is_to_be_split_and_the_numbers_are_named(scenario: LoadedScenario) -> None:
    large = a_file(additions=500)

    said = the_review(look(scenario, opened(), head(files=[large, TEST]), max_changed_lines=400))

    assert said.verdict is ReviewVerdict.REQUEST_CHANGES
    assert "502" in said.body
    assert "400" in said.body


def test_lock_files_do_not_make_a_change_large(scenario: LoadedScenario) -> None:
    lock = a_file("uv.lock", additions=5000)

    assert the_review(look(scenario, opened(), head(files=[CODE, TEST, lock]))).verdict is ReviewVerdict.APPROVE


def test_a_reviewer_without_a_liking_for_tests_asks_for_none(scenario: LoadedScenario) -> None:
    said = look(scenario, opened(), head(files=[CODE]), tests_required=False)

    assert the_review(said).verdict is ReviewVerdict.APPROVE


def test_what_a_reviewer_watches_for_is_remarked_on_its_line(scenario: LoadedScenario) -> None:
    code = a_file(lines=["def refund():", "    print('here')", "    return 1"])

    said = the_review(look(scenario, opened(), head(files=[code, TEST])))

    assert said.verdict is ReviewVerdict.REQUEST_CHANGES
    assert [(remark.line, remark.body) for remark in said.remarks] == [(2, "A left-over print, I think.")]
    toms = the_review(look(scenario, opened(), head(files=[code, TEST]), by="tom"))
    assert [(remark.line, remark.body == said.remarks[0].body) for remark in toms.remarks] == [(2, False)]


def test_a_head_that_was_reviewed_is_not_reviewed_again(scenario: LoadedScenario) -> None:
    facts = (opened(), head(files=[CODE]), review("CHANGES_REQUESTED", when=at(1, 13)))

    assert look(scenario, *facts) == ()
    assert look(scenario, opened(), head(files=[CODE, TEST]), review("APPROVED", when=at(1, 13))) == ()


def test_points_that_are_met_end_in_approval(scenario: LoadedScenario) -> None:
    facts = (
        opened(),
        head(files=[CODE]),
        review("CHANGES_REQUESTED", when=at(1, 13)),
        head(head_sha="b2", files=[CODE, TEST], when=at(1, 14)),
    )

    assert the_review(look(scenario, *facts)).verdict is ReviewVerdict.APPROVE


def test_points_that_are_not_met_stand_in_other_words(scenario: LoadedScenario) -> None:
    again = (opened(), head(files=[CODE]), review("CHANGES_REQUESTED", when=at(1, 13)))
    pushed = head(head_sha="b2", files=[CODE, a_file("src/more.py")], when=at(1, 14))

    first = the_review(look(scenario, *again[:2]))
    second = the_review(look(scenario, *again, pushed))

    assert second.verdict is ReviewVerdict.REQUEST_CHANGES
    assert second.body.splitlines()[0] != first.body.splitlines()[0]


def test_asking_again_without_a_push_gets_a_word_once_for_each_time(scenario: LoadedScenario) -> None:
    facts = [opened(), head(files=[CODE]), review("CHANGES_REQUESTED", when=at(1, 13))]
    facts.append(a_fact(FactKind.REVIEW_REQUESTED, "pull:3", reviewer="mira", when=at(1, 14)))

    (said,) = look(scenario, *facts)
    assert isinstance(said, CommentOnPullRequest)

    facts.append(a_fact(FactKind.PULL_REQUEST_COMMENTED, "pull:3", actor="mira", body=said.body, when=at(1, 15)))
    assert look(scenario, *facts) == ()


def test_nothing_is_said_about_what_is_not_open(scenario: LoadedScenario) -> None:
    start = (opened(), head(files=[CODE]))

    for kind in (FactKind.PULL_REQUEST_CLOSED, FactKind.PULL_REQUEST_MERGED, FactKind.PULL_REQUEST_DRAFTED):
        assert look(scenario, *start, a_fact(kind, "pull:3", when=at(1, 11))) == ()
    assert look(scenario, opened(draft=True)) == ()
    assert look(scenario, *start, pull="#99") == ()
    assert look(scenario, *start, pull="unheard-of") == ()


def test_nobody_reviews_their_own_work(scenario: LoadedScenario) -> None:
    assert look(scenario, opened(7, actor="tom"), head(7, files=[CODE]), by="tom", pull="retry") == ()


def test_a_stand_in_stays_out_of_a_review_that_is_going_on(scenario: LoadedScenario) -> None:
    start = (opened(7, actor="tom"), head(7, files=[CODE]))
    objection = review("CHANGES_REQUESTED", 7, actor="learner", when=at(1, 13))

    assert look(scenario, *start, objection, pull="retry", tests_required=False) == ()
    assert the_review(look(scenario, *start, pull="retry", tests_required=False)).verdict is ReviewVerdict.APPROVE


def test_a_dismissed_review_is_none(scenario: LoadedScenario) -> None:
    facts = (
        opened(),
        head(files=[CODE, TEST]),
        review("APPROVED", when=at(1, 13), id=5),
        a_fact(FactKind.REVIEW_DISMISSED, "pull:3", id=5, when=at(1, 14)),
    )

    assert the_review(look(scenario, *facts)).verdict is ReviewVerdict.APPROVE


def test_words_differ_by_the_seed_and_are_the_same_for_one(scenario: LoadedScenario) -> None:
    facts = (opened(), head(files=[CODE, TEST]))

    bodies = {the_review(look(scenario, *facts, seed=seed)).body for seed in range(30)}

    assert len(bodies) > 2
    assert look(scenario, *facts, seed=4) == look(scenario, *facts, seed=4)

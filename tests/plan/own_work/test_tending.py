from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from simulator.model.actions import (
    Action,
    CommentOnPullRequest,
    MergePullRequest,
    ReplyToRemark,
    RequestReview,
    RerunCheck,
    ResolveThread,
    RewriteBranch,
    TendPull,
)
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import PullRef, SeatId
from simulator.plan.own_work.tending import tend
from simulator.plan.words.wordings import _SAYINGS
from simulator.scenario.loaded import LoadedScenario
from tests.plan.builders import BINDINGS, RETRY, a_fact, a_file, a_scenario, at, head, opened, review

SOLVED = RETRY + (
    "  when_conflicting:\n"
    '    commits: [{message: "feat: both", files: {src/hooks.py: "x = 3\\n"}}]\n'
    "    text: It goes together now.\n"
)
TOMS = (
    opened(7, actor="tom", head="feature/PAY-3-again", head_sha="t1", when=at(2, 10)),
    head(7, actor="tom", head_sha="t1", files=[a_file("src/hooks.py")], when=at(2, 10)),
)


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    return a_scenario(tmp_path, RETRY)


def tended(scenario: LoadedScenario, *facts: Fact) -> Sequence[Action]:
    action = TendPull(actor=SeatId("tom"), pull=PullRef("retry"), event="retry-pull")
    return tend(action, facts=facts, scenario=scenario, bindings=BINDINGS, seed=1)


def remark(number: int, when: datetime, *, actor: str = "learner", **more: Any) -> Fact:
    detail = {"id": number, "path": "src/hooks.py", "line": 1, "body": "Hm?", **more}
    return a_fact(FactKind.REVIEW_COMMENTED, "pull:7", actor=actor, when=when, source_id=f"rc{number}", **detail)


def pushed(when: datetime, sha: str = "t2", lines: Sequence[str] = ("def refund():", "    return 1")) -> Fact:
    return head(7, actor="tom", head_sha=sha, files=[a_file("src/hooks.py", lines)], when=when)


def merged(number: int, path: str, when: datetime) -> tuple[Fact, ...]:
    return (
        opened(number, when=at(2, 9)),
        head(number, files=[a_file(path)], when=at(2, 9)),
        a_fact(FactKind.PULL_REQUEST_MERGED, f"pull:{number}", when=when),
    )


def test_each_remark_is_answered_once_and_after_the_commit_that_meets_it(scenario: LoadedScenario) -> None:
    asked = review("CHANGES_REQUESTED", 7, actor="learner", id=5, when=at(2, 12))
    remarks = (remark(11, at(2, 12)), remark(12, at(2, 12)))
    before = (*TOMS, asked, *remarks)

    assert tended(scenario, *before) == ()

    first, resolved, second, _ = tended(scenario, *before, pushed(at(2, 14), lines=("def refund():", "    return 2")))
    assert isinstance(first, ReplyToRemark)
    assert isinstance(second, ReplyToRemark)
    assert (first.remark, second.remark) == (11, 12)
    assert first.body != second.body
    assert isinstance(resolved, ResolveThread)
    answers = (
        remark(13, at(2, 15), actor="tom", in_reply_to=11),
        remark(14, at(2, 15), actor="tom", in_reply_to=12),
    )
    assert tended(scenario, *before, pushed(at(2, 14)), *answers) == ()


@pytest.mark.parametrize(
    ("body", "lines", "occasion", "resolved"),
    [
        ("Round this up, please.", ("def refund():", "    return 2"), "remark-done", True),
        ("Round this up, please.", ("def refund():", "    return 1", "", "", "", "x = 1"), "remark-kept", False),
        ("Why not a Decimal?", ("def refund():", "    return 1"), "remark-asked", False),
        ("Nice and short, I like it 👍", ("def refund():", "    return 2"), "remark-thanked", True),
        ("Good, but this should be tested.", ("def refund():", "    return 1"), "remark-kept", False),
    ],
)
def test_what_is_said_of_a_remark_is_true_of_the_lines_around_it(
    scenario: LoadedScenario, body: str, lines: Sequence[str], occasion: str, resolved: bool
) -> None:
    asked = review("CHANGES_REQUESTED", 7, actor="learner", id=5, when=at(2, 12))

    done = tended(scenario, *TOMS, asked, remark(11, at(2, 12), body=body), pushed(at(2, 14), lines=lines))

    assert isinstance(done[0], ReplyToRemark)
    assert done[0].body in _SAYINGS[occasion].warm
    assert (len(done) == 2) is resolved


def test_a_pull_request_is_merged_as_it_was_read_and_when_nothing_is_red(scenario: LoadedScenario) -> None:
    def done(*facts: Fact) -> list[type[Action]]:
        action = TendPull(actor=SeatId("tom"), pull=PullRef("retry"), event="retry-pull", merges=True)
        told = (*TOMS, review("APPROVED", 7, actor="learner", head_sha="t1", when=at(2, 12)), *facts)
        return [type(step) for step in tend(action, facts=told, scenario=scenario, bindings=BINDINGS, seed=1)]

    def check(conclusion: str, when: datetime, attempt: int = 1) -> Fact:
        detail: dict[str, Any] = {"sha": "t1", "name": "tests", "conclusion": conclusion, "attempt": attempt}
        return a_fact(FactKind.CHECK_COMPLETED, "commit:t1", when=when, **detail)

    red, green = check("failure", at(2, 13)), check("success", at(2, 14))
    asked = a_fact(FactKind.CHECK_REQUESTED, "commit:t1", sha="t1", when=at(2, 13.5))
    red_again = check("failure", at(2, 14), attempt=2)
    assert done() == [MergePullRequest]
    assert done(red) == [RerunCheck]
    assert done(red, asked) == []
    assert done(red, green) == [MergePullRequest]
    assert done(red, asked, red_again) == [CommentOnPullRequest]
    assert done(pushed(at(2, 13))) == []
    assert done(review("CHANGES_REQUESTED", 7, actor="mira", head_sha="t1", when=at(2, 13))) == []


def test_a_remark_without_a_request_for_changes_is_kept_in_mind(scenario: LoadedScenario) -> None:
    said = review("COMMENTED", 7, actor="learner", id=5, when=at(2, 12))

    (answer,) = tended(scenario, *TOMS, said, remark(11, at(2, 12)))

    assert isinstance(answer, ReplyToRemark)


def test_an_argument_gets_one_answer(scenario: LoadedScenario) -> None:
    words = "I would not retry here, because the shop then gets the webhook twice."
    argued = a_fact(FactKind.PULL_REQUEST_COMMENTED, "pull:7", body=words, when=at(2, 12))

    (answer,) = tended(scenario, *TOMS, argued)

    assert isinstance(answer, CommentOnPullRequest)
    said = a_fact(FactKind.PULL_REQUEST_COMMENTED, "pull:7", actor="tom", body=answer.body, when=at(2, 13))
    assert tended(scenario, *TOMS, argued, said) == ()
    assert tended(scenario, *TOMS, a_fact(FactKind.PULL_REQUEST_COMMENTED, "pull:7", body="nice", when=at(2, 12))) == ()


def test_a_refused_merge_over_a_shared_file_is_solved_by_the_story_or_asked_about(
    scenario: LoadedScenario, tmp_path: Path
) -> None:
    approved = review("APPROVED", 7, actor="learner", head_sha="t1", when=at(2, 13))
    facts = (*TOMS, *merged(3, "src/hooks.py", at(2, 11)), approved)

    (question,) = tended(scenario, *facts)
    assert isinstance(question, CommentOnPullRequest)
    assert "`src/hooks.py`" in question.body

    rewritten, said, again = tended(a_scenario(tmp_path, SOLVED), *facts)
    assert isinstance(rewritten, RewriteBranch)
    assert rewritten.merging
    assert rewritten.commits[0].message == "Merge branch 'main' into feature/PAY-3-again\n\nfeat: both"
    assert [file.content for file in rewritten.commits[0].files] == ["x = 3\n"]
    assert isinstance(said, CommentOnPullRequest)
    assert said.body == "It goes together now."
    assert isinstance(again, RequestReview)
    assert again.reviewers == ("learner",)


def test_it_is_no_conflict_when_both_touched_other_files(scenario: LoadedScenario) -> None:
    approved = review("APPROVED", 7, actor="learner", head_sha="t1", when=at(2, 13))

    assert tended(scenario, *TOMS, *merged(3, "src/other.py", at(2, 11)), approved) == ()

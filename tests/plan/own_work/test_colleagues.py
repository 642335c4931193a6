from __future__ import annotations

from pathlib import Path

import pytest

from simulator.model.actions import (
    Action,
    CommentOnPullRequest,
    CreateBranch,
    PostNote,
    PushCommit,
    ReopenPullRequest,
    RequestReview,
    TendPull,
    TransitionIssue,
)
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import PullRef, SeatId
from simulator.plan.own_work.tending import tend
from simulator.plan.react import react
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import TimedAction
from tests.plan.builders import BINDINGS, RETRY, a_fact, a_scenario, at, head, opened, review

TOMS = opened(7, actor="tom", head_sha="t1", when=at(2, 10))


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    return a_scenario(tmp_path, RETRY)


def after(scenario: LoadedScenario, *facts: Fact) -> tuple[TimedAction, ...]:
    return react(facts[-1], scenario=scenario, facts=facts, bindings=BINDINGS, seed=1)


def followed(scenario: LoadedScenario, *facts: Fact) -> list[Action]:
    action = TendPull(actor=SeatId("tom"), pull=PullRef("retry"), event="retry-pull", follows=True)
    return list(tend(action, facts=facts, scenario=scenario, bindings=BINDINGS, seed=1))


def test_requested_changes_are_made_said_and_shown_to_all_who_asked(scenario: LoadedScenario) -> None:
    asked = review("CHANGES_REQUESTED", 7, actor="learner", head_sha="t1", when=at(2, 12))
    too = review("CHANGES_REQUESTED", 7, actor="mira", head_sha="t1", when=at(2, 12.5))

    follows, look = after(scenario, TOMS, asked)
    pushed, said, request = followed(scenario, TOMS, asked, too)

    assert follows.action == TendPull(actor=SeatId("tom"), pull=PullRef("retry"), event="retry-pull", follows=True)
    assert isinstance(look.action, TendPull)
    assert after(scenario, TOMS, asked, too) == ()
    assert isinstance(pushed, PushCommit)
    assert pushed.files[0].content == "x = 2\n"
    assert isinstance(said, CommentOnPullRequest)
    assert said.body == "Done."
    assert isinstance(request, RequestReview)
    assert request.reviewers == ("learner", "mira")


def test_nothing_is_pushed_to_what_was_merged_or_closed_meanwhile(scenario: LoadedScenario) -> None:
    asked = review("CHANGES_REQUESTED", 7, actor="learner", head_sha="t1", when=at(2, 12))

    for kind in (FactKind.PULL_REQUEST_MERGED, FactKind.PULL_REQUEST_CLOSED):
        before, later = (a_fact(kind, "pull:7", when=at(2, hour)) for hour in (11, 12.2))
        assert followed(scenario, TOMS, asked, later) == []
        assert after(scenario, TOMS, before, asked) == ()


def test_what_a_learner_closes_without_a_reason_is_opened_again_once_with_a_question(scenario: LoadedScenario) -> None:
    def closed(actor: str = "learner", *, hour: float = 12) -> Fact:
        return a_fact(FactKind.PULL_REQUEST_CLOSED, "pull:7", actor=actor, when=at(2, hour))

    reason = a_fact(
        FactKind.PULL_REQUEST_COMMENTED,
        "pull:7",
        actor="learner",
        id=1,
        body="We do not need this any more, because the bank retries by itself since Monday.",
        when=at(2, 11),
    )

    reopened, asked = after(scenario, TOMS, closed())

    assert isinstance(reopened.action, ReopenPullRequest)
    assert isinstance(asked.action, CommentOnPullRequest)
    assert asked.action.body.startswith("Was that a slip, or did you mean to close this?")
    assert [one.id for one in after(scenario, TOMS, closed(), closed(hour=15))] == [reopened.id, asked.id]
    assert after(scenario, TOMS, closed("tom")) == ()
    assert after(scenario, TOMS, reason, closed()) == ()


def test_a_branch_that_a_learner_deletes_before_its_merge_is_pushed_again_twice_at_most(
    scenario: LoadedScenario,
) -> None:
    branch = "branch:feature/PAY-3-again"

    def deleted(hour: float, actor: str = "learner") -> Fact:
        return a_fact(FactKind.BRANCH_DELETED, branch, actor=actor, sha="abc", when=at(1, hour))

    pushed, said = after(scenario, deleted(10))

    assert pushed.action == CreateBranch(actor=SeatId("tom"), branch="feature/PAY-3-again", commit="abc")
    assert isinstance(said.action, PostNote)
    assert "`feature/PAY-3-again`" in said.action.text
    assert len(after(scenario, deleted(10), deleted(12))) == 2
    assert after(scenario, deleted(10), deleted(12), deleted(14)) == ()
    assert after(scenario, deleted(10, "tom")) == ()
    merged = a_fact(FactKind.PULL_REQUEST_MERGED, "pull:7", actor="learner", when=at(2, 11))
    assert after(scenario, TOMS, merged, a_fact(FactKind.BRANCH_DELETED, branch, sha="abc", when=at(2, 12))) == ()


def test_a_pull_request_that_was_to_open_while_its_branch_was_gone_opens_when_it_is_back(
    scenario: LoadedScenario,
) -> None:
    unopened = {name: bound for name, bound in BINDINGS.items() if name != "pull:retry"}

    def late(hour: float) -> list[str]:
        branch = "branch:feature/PAY-3-again"
        gone = a_fact(FactKind.BRANCH_DELETED, branch, actor="learner", sha="abc", when=at(2, hour))
        follows = react(gone, scenario=scenario, facts=[gone], bindings=unopened, seed=1)
        return [timed.id for timed in follows if timed.id.endswith("-again")]

    assert late(9.99) == ["retry-pull:open-again", "retry-pull:open-move-again"]
    assert late(8) == []


def test_what_rests_on_a_pull_request_needs_it(scenario: LoadedScenario) -> None:
    (event,) = (e for e in scenario.spec.story if e.id == "retry-pull")

    assert [event.needs(part) for part in ("approve", "stand-in", "open-move-again")] == ["retry"] * 3
    assert [event.needs(part) for part in ("push-1", "start-move", "open")] == [None] * 3


def test_a_second_request_for_changes_is_answered_in_words_once(scenario: LoadedScenario) -> None:
    first, *asked = [
        review("CHANGES_REQUESTED", 7, actor="learner", when=at(2, hour), source_id=f"r{hour}") for hour in (11, 13, 15)
    ]
    answered = (TOMS, first, head(7, actor="tom", head_sha="t2", when=at(2, 12)))

    second = after(scenario, *answered, *asked[:1])
    third = after(scenario, *answered, *asked)

    assert [type(timed.action) for timed in second] == [CommentOnPullRequest]
    assert [t.id for t in third] == [t.id for t in second]


def test_an_approval_is_followed_by_the_merge(scenario: LoadedScenario) -> None:
    timed, look = after(scenario, TOMS, review("APPROVED", 7, actor="learner", head_sha="t1", when=at(2, 12)))

    assert timed.action == TendPull(actor=SeatId("tom"), pull=PullRef("retry"), event="retry-pull", merges=True)
    assert at(2, 12.5) <= timed.at <= at(2, 13)
    assert isinstance(look.action, TendPull)
    assert look.at > timed.at


def test_nothing_is_merged_over_an_objection(scenario: LoadedScenario) -> None:
    objection = review("CHANGES_REQUESTED", 7, actor="learner", when=at(2, 12))
    approval = review("APPROVED", 7, actor="mira", when=at(2, 13))

    assert after(scenario, TOMS, objection, approval) == ()


def test_the_authors_own_comments_and_plain_ones_change_nothing(scenario: LoadedScenario) -> None:
    for by in ("tom", "learner"):
        assert after(scenario, TOMS, review("COMMENTED", 7, actor=by, when=at(2, 12))) == ()


def test_a_merge_closes_the_issue_on_the_board(scenario: LoadedScenario) -> None:
    (timed,) = after(scenario, TOMS, a_fact(FactKind.PULL_REQUEST_MERGED, "pull:7", actor="tom", when=at(2, 14)))

    assert timed.action == TransitionIssue(actor="tom", issue="retry", status="Done")  # type: ignore[arg-type]


def test_the_merge_of_a_part_leaves_the_issue_in_progress(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, RETRY + "  resolves: false\n")

    (timed,) = after(scenario, TOMS, a_fact(FactKind.PULL_REQUEST_MERGED, "pull:7", actor="tom", when=at(2, 14)))

    assert timed.action == TransitionIssue(actor="tom", issue="retry", status="In Progress")  # type: ignore[arg-type]


def test_a_learners_pull_request_is_not_merged_by_anybody_else(scenario: LoadedScenario) -> None:
    assert after(scenario, opened(when=at(1, 10)), review("APPROVED", when=at(1, 12))) == ()

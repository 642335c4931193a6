from __future__ import annotations

from datetime import datetime

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.conditions import holds_since
from simulator.scenario.personas import ConditionPart
from tests.plan.builders import BINDINGS, a_fact, at, head, opened, review

MINE = {**BINDINGS, "pull:mine": "3"}


def since(facts: list[Fact], **condition: object) -> datetime | None:
    part = ConditionPart.model_validate(condition)
    return holds_since(part, seat=SeatId("learner"), facts=facts, bindings=MINE)


def test_a_pull_request_is_opened_reviewed_approved_and_merged() -> None:
    story = [
        opened(when=at(1, 10)),
        review("COMMENTED", when=at(1, 11)),
        review("APPROVED", when=at(1, 12)),
        a_fact(FactKind.PULL_REQUEST_MERGED, "pull:3", when=at(1, 13)),
    ]

    moments = {name: since(story, **{name: "mine"}) for name in ("opened", "reviewed", "approved", "merged")}

    assert moments == {"opened": at(1, 10), "reviewed": at(1, 11), "approved": at(1, 12), "merged": at(1, 13)}
    assert all(since(story[:1], **{name: "mine"}) is None for name in ("reviewed", "approved", "merged"))
    assert since([], opened="mine") is None


def test_an_approval_does_not_hold_beside_an_objection() -> None:
    story = [opened(), review("CHANGES_REQUESTED", actor="tom", when=at(1, 11)), review("APPROVED", when=at(1, 12))]

    assert since(story, approved="mine") is None
    assert since(story, changes_requested="mine") == at(1, 11)


def test_requested_changes_are_settled_by_a_push() -> None:
    story = [opened(), review("CHANGES_REQUESTED", when=at(1, 11)), head(head_sha="b2", when=at(1, 12))]

    assert since(story, changes_requested="mine") is None


def test_a_colleagues_push_after_my_review_is_an_update() -> None:
    story = [opened(7, actor="tom", when=at(1, 9)), review("CHANGES_REQUESTED", 7, actor="learner", when=at(1, 11))]

    assert since(story, updated="retry") is None
    assert since([*story, head(7, head_sha="b2", when=at(1, 13))], updated="retry") == at(1, 13)


def test_an_answer_is_a_colleagues_comment_after_mine() -> None:
    def comment(actor: str, hour: float) -> Fact:
        return a_fact(FactKind.ISSUE_COMMENTED, "issue:PAY-2", actor=actor, body="…", when=at(1, hour))

    assert since([comment("anna", 9)], answered="vague") is None
    assert since([comment("anna", 9), comment("learner", 10)], answered="vague") is None
    assert since([comment("learner", 10), comment("anna", 11)], answered="vague") == at(1, 11)


def test_a_status_holds_since_the_last_change_to_it() -> None:
    created = a_fact(FactKind.ISSUE_CREATED, "issue:PAY-1", status="To Do", when=at(1, 9))
    moved = a_fact(FactKind.ISSUE_CHANGED, "issue:PAY-1", field="status", to_text="In Progress", when=at(1, 11))

    assert since([created], status={"refunds": "To Do"}) == at(1, 9)
    assert since([created, moved], status={"refunds": "In Progress"}) == at(1, 11)
    assert since([created, moved], status={"refunds": "To Do"}) is None
    assert since([created], created="refunds") == at(1, 9)
    assert since([], created="refunds") is None


def test_everything_in_a_condition_must_hold_and_the_last_to_come_counts() -> None:
    story = [
        opened(when=at(1, 10)),
        review("APPROVED", when=at(1, 12)),
        opened(7, actor="tom", when=at(2, 9)),
        a_fact(FactKind.PULL_REQUEST_MERGED, "pull:7", when=at(2, 12)),
    ]

    assert since(story, approved="mine", merged="retry") == at(2, 12)
    assert since(story[:3], approved="mine", merged="retry") is None
    assert since(story, opened=["mine", "retry"]) == at(2, 9)

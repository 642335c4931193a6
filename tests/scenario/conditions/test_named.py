from __future__ import annotations

import pytest
from pydantic import ValidationError

from simulator.model.facts import FactKind
from simulator.scenario.conditions.when import WhenPart
from simulator.scenario.conditions.words import in_words
from tests.plan.builders import a_fact, at, head, opened, review
from tests.scenario.conditions.builders import an_issue, changed, commented, matches, since


def test_a_pull_request_is_opened_reviewed_approved_and_merged() -> None:
    story = [
        opened(when=at(1, 10)),
        review("COMMENTED", id="1", when=at(1, 11)),
        review("APPROVED", id="2", when=at(1, 12)),
        a_fact(FactKind.PULL_REQUEST_MERGED, "pull:3", when=at(1, 13)),
    ]

    moments = {name: since(story, **{name: "mine"}) for name in ("opened", "reviewed", "approved", "merged")}

    assert moments == {"opened": at(1, 10), "reviewed": at(1, 11), "approved": at(1, 12), "merged": at(1, 13)}
    assert all(since(story[:1], **{name: "mine"}) is None for name in ("reviewed", "approved", "merged"))
    assert since([], opened="mine") is None


def test_an_approval_does_not_hold_beside_an_objection() -> None:
    story = [
        opened(),
        review("CHANGES_REQUESTED", id="1", actor="tom", when=at(1, 11)),
        review("APPROVED", id="2", when=at(1, 12)),
    ]

    assert since(story, approved="mine") is None
    assert since(story, changes_requested="mine") == at(1, 11)


def test_requested_changes_are_settled_by_a_push() -> None:
    story = [opened(), review("CHANGES_REQUESTED", id="1", when=at(1, 11)), head(head_sha="b2", when=at(1, 12))]

    assert since(story, changes_requested="mine") is None


def test_a_colleagues_push_after_my_review_is_an_update() -> None:
    mine = review("CHANGES_REQUESTED", 7, id="1", actor="learner", when=at(1, 11))
    story = [opened(7, actor="tom", when=at(1, 9)), mine]
    pushed = head(7, head_sha="b2", when=at(1, 13))

    assert since(story, updated="retry") is None
    assert since([*story, pushed], updated="retry") == at(1, 13)
    assert matches([*story, pushed], me="second", updated="retry") == []
    assert matches([*story, pushed], updated="retry")[0].about == {"pull": "7"}


def test_an_answer_is_a_colleagues_comment_after_mine() -> None:
    issue = an_issue("PAY-2", when=at(1, 9))
    first, mine = (commented("PAY-2", "…", actor=who, when=at(1, 9 + n)) for n, who in enumerate(("anna", "learner")))
    reply = commented("PAY-2", "…", actor="anna", when=at(1, 11))

    assert since([issue, first], answered="vague") is None
    assert since([issue, first, mine], answered="vague") is None
    assert since([issue, first, mine, reply], answered="vague") == at(1, 11)


def test_a_status_holds_since_the_last_change_to_it() -> None:
    created = an_issue("PAY-1", when=at(1, 9))
    moved = changed("PAY-1", "status", "In Progress", when=at(1, 11), category="indeterminate")

    assert since([created], status={"refunds": "To Do"}) == at(1, 9)
    assert since([created, moved], status={"refunds": "In Progress"}) == at(1, 11)
    assert since([created, moved], status={"refunds": "To Do"}) is None
    assert since([created], created="refunds") == at(1, 9)
    assert since([], created="refunds") is None


def test_everything_in_a_condition_must_hold_and_the_last_to_come_counts() -> None:
    story = [
        opened(when=at(1, 10)),
        review("APPROVED", id="1", when=at(1, 12)),
        opened(7, actor="tom", when=at(2, 9)),
        a_fact(FactKind.PULL_REQUEST_MERGED, "pull:7", when=at(2, 12)),
    ]

    assert since(story, approved="mine", merged="retry") == at(2, 12)
    assert since(story[:3], approved="mine", merged="retry") is None
    assert since(story, opened=["mine", "retry"]) == at(2, 9)


def test_one_of_several_is_enough_where_any_is_said() -> None:
    story = [opened(when=at(1, 10)), opened(7, actor="tom", when=at(2, 9))]

    either = matches(story, any=[{"merged": "mine"}, {"opened": "retry"}])

    assert [(match.since, match.about) for match in either] == [(at(2, 9), {"pull": "7"})]
    assert matches(story, any=[{"merged": "mine"}, {"merged": "retry"}]) == []


def test_an_empty_condition_is_refused() -> None:
    with pytest.raises(ValidationError, match="nothing says what is waited for"):
        WhenPart.model_validate({})


def test_a_condition_is_told_in_words() -> None:
    when = WhenPart.model_validate(
        {
            "pull_request": {"larger_than": 400, "draft": False, "touches": ["a/*", "b/*"]},
            "silent": {"for": "3h"},
            "any": [{"merged": "retry"}, {"branch": {}}],
        }
    )

    words = "pull request (not draft, larger than 400, touches a/* or b/*) and silent (for 3h)"
    assert in_words(when) == f"{words} and (merged retry or any branch)"

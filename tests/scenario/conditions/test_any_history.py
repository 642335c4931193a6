"""Whatever was seen so far, and in whatever order: every condition has an answer, and always the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.model.facts import Fact, FactKind
from simulator.scenario.conditions.when import WhenPart
from tests.plan.builders import a_fact, at, head, opened, review
from tests.scenario.conditions.builders import a_view, an_issue, changed, commented

SPRINT: dict[str, Any] = {"id": 1, "name": "One", "goal": "", "state": "active"}
FACTS: list[Fact] = [
    an_issue("PAY-1", when=at(1, 9), sprints=[1], points=5),
    an_issue("PAY-2", when=at(1, 9.1)),
    a_fact(FactKind.SPRINT_STARTED, "sprint:1", when=at(1, 9.2), **SPRINT),
    changed("PAY-1", "status", "In Progress", when=at(1, 10), category="indeterminate"),
    changed("PAY-1", "Flagged", "Impediment", when=at(1, 11)),
    changed("PAY-2", "Link", "This issue is blocked by PAY-1", when=at(1, 12)),
    commented("PAY-1", "What do you mean by a refund?", when=at(1, 13)),
    a_fact(FactKind.BRANCH_CREATED, "branch:feature/PAY-1-x", sha="a1", when=at(2, 9)),
    a_fact(
        FactKind.COMMITTED, "commit:a1", sha="a1", message="wip", branch="feature/PAY-1-x", parents=1, when=at(2, 9.5)
    ),
    opened(3, when=at(2, 10), head="feature/PAY-1-x", head_sha="a1", title="PAY-1"),
    head(3, when=at(2, 10.1), files=[{"path": "a.py", "additions": 900}]),
    a_fact(FactKind.CHECK_COMPLETED, "commit:a1", sha="a1", name="t", conclusion="failure", when=at(2, 10.5)),
    review("CHANGES_REQUESTED", 3, id="1", when=at(2, 11)),
    a_fact(FactKind.PULL_REQUEST_MERGED, "pull:3", when=at(3, 9)),
    a_fact(FactKind.LANDED, "commit:m1", sha="m1", message="m", pulls=[3], when=at(3, 9.1)),
    a_fact(FactKind.BRANCH_DELETED, "branch:feature/PAY-1-x", when=at(3, 9.2)),
    a_fact(FactKind.ISSUE_DELETED, "issue:PAY-2", key="PAY-2", when=at(3, 10)),
    a_fact(FactKind.SPRINT_CLOSED, "sprint:1", when=at(4, 9), **SPRINT),
]
CONDITIONS: list[dict[str, Any]] = [
    {"opened": "mine", "status": {"refunds": "In Progress"}},
    {"pull_request": {"state": "any", "touches": "*.py", "also_touched_by": "tom"}},
    {"pull_request": {"unreviewed_for": "2h", "conflicts": False, "without_tests": True, "names_issue": True}},
    {"pull_request": {"changes_requested": True, "open_for": "1h", "commits_over": 0, "without_description": True}},
    {"issue": {"blocked": True, "without_code": False}},
    {"issue": {"in_sprint": True, "flagged": True, "for": "2h"}},
    {"branch": {"behind": 1, "older_than": "1h", "not_merged": False}},
    {"commit": {"message": "wip"}, "check": {"failed": 1}},
    {"comment": {"asks": True, "issue": "refunds"}, "silent": {"for": "8h"}},
    {"sprint": {"points_over": 1, "closed": False}},
    {"any": [{"merged": "mine"}, {"sprint": {"started": True}}], "time": {"before": "day 9"}},
]


@pytest.mark.parametrize("condition", CONDITIONS, ids="+".join)
@settings(max_examples=15, deadline=None)
@given(chosen=st.lists(st.sampled_from(range(len(FACTS))), unique=True))
def test_there_is_always_an_answer_and_the_order_of_collecting_changes_none(
    condition: dict[str, Any], chosen: list[int]
) -> None:
    when = WhenPart.model_validate(condition)

    found = list(when.matches(a_view([FACTS[place] for place in chosen])))

    again = list(when.matches(a_view([FACTS[place] for place in sorted(chosen)])))
    assert sorted(map(repr, found)) == sorted(map(repr, again))
    assert all(match.since.tzinfo for match in found)

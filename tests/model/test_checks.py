"""Checks in the history, and when people were last seen."""

from __future__ import annotations

from simulator.model.facts import Fact, FactKind
from simulator.scenario.view import history_of
from tests.plan.builders import a_fact, at, head, opened
from tests.scenario.conditions.builders import the_scenario


def test_each_run_of_a_check_is_kept_and_known_to_have_passed_or_failed() -> None:
    def check(conclusion: str, hour: float) -> Fact:
        return a_fact(
            FactKind.CHECK_COMPLETED, "commit:a1", sha="a1", name="tests", conclusion=conclusion, when=at(1, hour)
        )

    facts = [check("failure", 11), check("neutral", 12), check("success", 13), check("timed_out", 10)]
    history = history_of(the_scenario(), facts, now=at(2))

    assert [(c.conclusion, c.failed, c.passed) for c in history.checks] == [
        ("timed_out", True, False),
        ("failure", True, False),
        ("neutral", False, False),
        ("success", False, True),
    ]


def test_a_commit_is_known_by_the_pull_requests_that_it_heads() -> None:
    facts = [
        opened(3, when=at(1, 10)),
        head(3, head_sha="a1", mergeable=False, when=at(1, 10)),
        head(3, head_sha="b2", when=at(1, 11)),
        a_fact(FactKind.LANDED, "commit:m1", sha="m1", message="m", pulls=[3], when=at(1, 12)),
    ]

    history = history_of(the_scenario(), facts, now=at(2))

    assert {sha: [pull.number for pull in pulls] for sha, pulls in history.pulls_at.items()} == {"a1": [3], "b2": [3]}
    assert [value for _, value in history.pulls[3].mergeable] == [False, None]
    assert history.landed == {"m1"}


def test_people_are_seen_for_the_last_time_at_their_last_deed_until_now() -> None:
    facts = [opened(3, when=at(1, 10)), opened(4, actor="tom", when=at(1, 9)), opened(5, when=at(3, 10))]
    facts += [a_fact(FactKind.EVENT_HAPPENED, "event:x", actor="tom", event="x", occurrence="once", when=at(1, 11))]

    history = history_of(the_scenario(), facts, now=at(2))

    assert history.last_deeds == {"learner": at(1, 10), "tom": at(1, 9)}

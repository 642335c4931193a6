from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.model.actions import pack
from simulator.model.facts import Fact, FactKind
from simulator.plan.react import react
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import TimedAction
from tests.plan.builders import ANSWERS, BINDINGS, RETRY, REVIEWS, a_fact, a_scenario, at, head, opened, review

STORY = (
    opened(when=at(1, 10)),
    head(when=at(1, 10)),
    review("CHANGES_REQUESTED", when=at(1, 14)),
    head(head_sha="b2", when=at(1, 15)),
    opened(7, actor="tom", head_sha="t1", when=at(2, 10)),
    a_fact(FactKind.ISSUE_COMMENTED, "issue:PAY-2", body="Which messages do you mean?", when=at(2, 11)),
    review("CHANGES_REQUESTED", 7, actor="learner", head_sha="t1", when=at(2, 12)),
    review("APPROVED", 7, actor="learner", head_sha="t2", when=at(2, 16)),
    a_fact(FactKind.PULL_REQUEST_MERGED, "pull:7", actor="tom", when=at(3, 10)),
)


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    return a_scenario(tmp_path, REVIEWS, RETRY, ANSWERS)


def all_reactions(scenario: LoadedScenario, facts: Sequence[Fact], seed: int = 1) -> dict[str, TimedAction]:
    found: dict[str, TimedAction] = {}
    for fact in facts:
        for timed in react(fact, scenario=scenario, facts=facts, bindings=BINDINGS, seed=seed):
            found.setdefault(timed.id, timed)
    return found


def test_each_part_of_the_story_brings_about_its_reactions(scenario: LoadedScenario) -> None:
    found = all_reactions(scenario, STORY)

    assert {(timed.id, type(timed.action).__name__) for timed in found.values()} == {
        ("review:3:a1:mira", "ReviewWhenRead"),
        ("review:3:b2:mira", "ReviewWhenRead"),
        ("anna-explains:issue:PAY-2:topic-1", "CommentOnIssue"),
        ("retry-pull:follow-up:1", "TendPull"),
        ("retry-pull:follow-up:2", "TendPull"),
        (f"retry-pull:look:{STORY[7].source_id}", "TendPull"),
        (f"retry-pull:merge:{STORY[7].source_id}:1", "TendPull"),
        ("retry-pull:board:1", "TransitionIssue"),
    }


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31 - 1), cut=st.integers(1, len(STORY)))
def test_it_does_not_matter_how_many_facts_were_collected_at_once(
    scenario: LoadedScenario, seed: int, cut: int
) -> None:
    at_once = all_reactions(scenario, STORY, seed)

    piecemeal = all_reactions(scenario, STORY[:cut], seed)
    for fact in STORY[cut:]:
        seen = STORY[: STORY.index(fact) + 1]
        for timed in react(fact, scenario=scenario, facts=seen, bindings=BINDINGS, seed=seed):
            piecemeal.setdefault(timed.id, timed)

    assert piecemeal == at_once
    assert {name: pack(t.action) for name, t in piecemeal.items()} == {
        name: pack(t.action) for name, t in at_once.items()
    }


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**31 - 1))
def test_reactions_come_later_and_in_working_hours(scenario: LoadedScenario, seed: int) -> None:
    for fact in STORY:
        for timed in react(fact, scenario=scenario, facts=STORY, bindings=BINDINGS, seed=seed):
            assert timed.at > fact.at
            assert scenario.calendar.is_working(timed.at)


def test_seeds_differ_in_the_delays_and_in_nothing_else(scenario: LoadedScenario) -> None:
    one, other = all_reactions(scenario, STORY, seed=1), all_reactions(scenario, STORY, seed=2)

    assert one.keys() == other.keys()
    assert [t.at for t in one.values()] != [t.at for t in other.values()]


def test_facts_of_strangers_bring_nothing_about(scenario: LoadedScenario) -> None:
    strange = [
        opened(9, actor=None),
        a_fact(FactKind.ISSUE_COMMENTED, "issue:PAY-2", actor=None, body="Which one is it?"),
    ]

    assert all_reactions(scenario, strange) == {}

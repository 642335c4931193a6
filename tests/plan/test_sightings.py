"""What is odd in what happened, and worth a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.model.facts import Fact, FactKind
from simulator.plan.sightings import sightings
from simulator.scenario.loaded import LoadedScenario
from tests.plan.builders import BINDINGS, a_fact, a_scenario, at


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    return a_scenario(tmp_path)


def committed(sha: str, actor: str, message: str = "fix: x") -> Fact:
    email = f"{actor}@acme.example"
    detail: dict[str, Any] = {"sha": sha, "message": message, "author_email": email, "branch": "x"}
    return a_fact(FactKind.COMMITTED, f"commit:{sha}", actor=actor, source_id=sha, **detail)


def head(*commits: str, actor: str = "learner") -> Fact:
    detail: dict[str, Any] = {"head_sha": commits[-1], "commits": list(commits), "source_id": f"head:{commits}"}
    return a_fact(FactKind.PULL_REQUEST_HEAD, "pull:7", actor=actor, **detail)


def seen(scenario: LoadedScenario, *facts: Fact) -> list[Fact]:
    return list(sightings(facts[-1:], known=facts, scenario=scenario, bindings=BINDINGS))


def test_a_push_by_force_that_drops_a_colleagues_commit_is_said_with_the_way_back(scenario: LoadedScenario) -> None:
    before = (committed("a1", "learner"), committed("b2", "mira", "fix: as I meant it"), head("a1", "b2"))

    (odd,) = seen(scenario, *before, committed("c3", "learner"), head("c3"))

    assert (odd.kind, odd.detail["what"]) == (FactKind.SIGHTED, "commits_forced_away")
    assert "a commit of Mira" in odd.detail["text"]
    assert "git cherry-pick b2" in odd.detail["text"]


def test_a_rebase_that_keeps_the_colleagues_commit_is_nothing_odd(scenario: LoadedScenario) -> None:
    before = (committed("a1", "learner"), committed("b2", "mira", "fix: as I meant it"), head("a1", "b2"))
    again = (committed("c3", "learner"), committed("d4", "mira", "fix: as I meant it"))

    assert seen(scenario, *before, *again, head("c3", "d4")) == []
    assert seen(scenario, *before, head("a1")) != []
    assert seen(scenario, *before, head("a1", actor="mira")) == []  # her own to throw away


def test_a_default_branch_that_is_deleted_is_said(scenario: LoadedScenario) -> None:
    gone = a_fact(FactKind.BRANCH_DELETED, "branch:main", sha="a1")
    other = a_fact(FactKind.BRANCH_DELETED, "branch:x", sha="a1")

    (odd,) = seen(scenario, gone)
    assert "Robin deleted main" in odd.detail["text"]
    assert seen(scenario, other) == []


def test_a_sprint_closed_early_is_said_and_one_closed_in_time_is_not(scenario: LoadedScenario) -> None:
    early = a_fact(FactKind.SPRINT_CLOSED, "sprint:1", actor=None, when=at(8, 17), id=1, name="One")
    in_time = a_fact(FactKind.SPRINT_CLOSED, "sprint:1", actor=None, when=at(10, 16.9), id=1, name="One")

    (odd,) = seen(scenario, early)
    assert "16 working hours before its end" in odd.detail["text"]
    assert seen(scenario, in_time) == []


def test_several_commits_are_brought_back_in_their_order(scenario: LoadedScenario) -> None:
    before = (committed("b2", "mira", "fix: one"), committed("b3", "mira", "fix: two"), head("b2", "b3"))

    (odd,) = seen(scenario, *before, committed("c3", "learner"), head("c3"))

    assert "2 commits of Mira" in odd.detail["text"]
    assert odd.detail["text"].endswith("git cherry-pick b2 b3")

"""The first sprint played by its personas in a world without services: that the scripts fit one another, for any seed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from simulator.model.facts import FactKind
from simulator.scenario.assembling.settle import settle
from simulator.scenario.load import load_scenario
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.packs import find_scenario
from tests.plan.small_world import SmallWorld

SEEDS = range(1, 26)


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> LoadedScenario:
    return load_scenario(settle(load_scenario(find_scenario("first-sprint")), tmp_path_factory.mktemp("settled")))


def reviews_of(world: SmallWorld, pull: str) -> list[tuple[str | None, str]]:
    subject = f"pull:{world.bindings[f'pull:{pull}']}"
    found = (f for f in world.facts if f.kind is FactKind.REVIEW_SUBMITTED and f.subject == subject)
    return [(fact.actor, str(fact.detail["state"])) for fact in found]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_model_learner_gets_everything_done(scenario: LoadedScenario, seed: int) -> None:
    world = SmallWorld(scenario, seed=seed)

    left = world.play("model")

    assert [step.id for step in left if "-rerun-" not in step.id] == []  # nothing is built here, so nothing fails
    assert world.refused == []
    assert {ref for ref, status in world.status.items() if status != "Done"} == {"list-filter"}
    assert "Acceptance criteria" in world.descriptions["error-messages"]
    assert reviews_of(world, "retry") == [("learner", "CHANGES_REQUESTED"), ("learner", "APPROVED")]
    assert reviews_of(world, "webhook-page") == [("learner", "CHANGES_REQUESTED"), ("learner", "APPROVED")]
    assert reviews_of(world, "errors-pull") == [("mira", "CHANGES_REQUESTED"), ("mira", "APPROVED")]
    assert reviews_of(world, "refund-route-pull") == [("mira", "APPROVED")]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sloppy_learner_meets_all_the_resistance_there_is(scenario: LoadedScenario, seed: int) -> None:
    world = SmallWorld(scenario, seed=seed)

    left = world.play("sloppy")

    assert [step.id for step in left if "-rerun-" not in step.id] == []  # nothing is built here, so nothing fails
    assert world.refused == ["push to main", "merge of my-stuff"]
    assert set(reviews_of(world, "stuff")) == {("mira", "CHANGES_REQUESTED")}
    assert reviews_of(world, "amounts") == [("mira", "APPROVED")]
    assert world.status["refunds"] == "Done"


def test_without_a_learner_the_colleagues_still_get_their_work_in(scenario: LoadedScenario) -> None:
    world = SmallWorld(scenario, seed=1)

    world.play("idle")

    assert {ref for ref, status in world.status.items() if status == "Done"} == {"webhook-retry", "routes-table"}
    assert reviews_of(world, "retry") == [("mira", "APPROVED")]
    assert reviews_of(world, "webhook-page") == [("mira", "APPROVED")]


def test_a_sprint_played_twice_is_the_same_sprint(scenario: LoadedScenario) -> None:
    worlds = [SmallWorld(scenario, seed=3), SmallWorld(scenario, seed=3), SmallWorld(scenario, seed=4)]
    for world in worlds:
        world.play("model")

    assert worlds[0].facts == worlds[1].facts
    assert [fact.at for fact in worlds[0].facts] != [fact.at for fact in worlds[2].facts]


def test_the_code_that_the_model_learner_leaves_behind_passes_its_tests(
    scenario: LoadedScenario, tmp_path: Path
) -> None:
    world = SmallWorld(scenario, seed=1)
    world.play("model")

    for path, content in world.branches["main"].items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-B", "-m", "unittest"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    assert "Ran 34 tests" in ran.stderr

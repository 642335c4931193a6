"""`sprintdojo scenario seed` prints what `emulate --seed` takes."""

from __future__ import annotations

from simulator.emulators.kit.seed import parse_seed
from tests.cli.conftest import Sprintdojo


def test_it_prints_a_seed_of_the_scenarios_people(sprintdojo: Sprintdojo) -> None:
    said = sprintdojo("scenario", "seed", "first-sprint")

    assert said.status == 0
    assert len(parse_seed(said.out).users) >= 4


def test_its_comments_name_the_variables_of_the_tokens(sprintdojo: Sprintdojo) -> None:
    out = sprintdojo("scenario", "seed", "first-sprint").out

    assert "#   export SPRINTDOJO_GITHUB_TOKEN_" in out
    assert "#   export SPRINTDOJO_JIRA_TOKEN_" in out


def test_an_unknown_scenario_is_answered_with_the_nearest(sprintdojo: Sprintdojo) -> None:
    said = sprintdojo("scenario", "seed", "first-sprnt")

    assert said.status == 2
    assert "did you mean `first-sprint`?" in said.err

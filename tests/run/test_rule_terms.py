"""A run plays by the profile and the waivers of its scenario: from its own copy, and refused at once where they have faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.errors import ScenarioError
from simulator.run.credentials import CredentialsFile
from simulator.run.starting import StartRequest, begin_run
from tests.run.conftest import SCENARIO, Stage, a_stage

OURS = "format: 1\nname: ours\nsummary: As our team works.\noff: [BR-01]\n"


def _cards(stage: Stage) -> dict[str, Any]:
    stage.engine.work(stage.run.id)
    saved = stage.shelf.scorecards.latest(stage.run.id, None)
    assert saved is not None
    return dict(saved.card)


def test_a_profile_of_its_own_goes_with_the_run_s_copy(tmp_path: Path) -> None:
    (tmp_path / "short-sprint").mkdir()
    (tmp_path / "short-sprint" / "ours.yaml").write_text(OURS)

    with a_stage(tmp_path, "hygiene: {profile: ours.yaml}\n") as stage:
        (tmp_path / "short-sprint" / "ours.yaml").unlink()
        card = _cards(stage)

    assert card["profile"] == "ours"
    assert "BR-01" not in {rule["rule"] for rule in card["rules"]}


def test_a_waiver_of_the_scenario_that_nobody_needs_is_on_the_card(tmp_path: Path) -> None:
    waiver = '{rule: BR-01, subject: "branch:release/*", reason: the release train names its branches itself}'

    with a_stage(tmp_path, f"hygiene:\n  profile: strict\n  waivers:\n    - {waiver}\n") as stage:
        card = _cards(stage)

    assert card["profile"] == "strict"
    assert [(one["rule"], one["by"]) for one in card["waivers_unused"]] == [("BR-01", "the scenario")]


@pytest.mark.parametrize("terms", ["profile: strikt", "off: [PR-99]", "options: {PR-04: {good_lines: 1}}"])
def test_a_run_with_faulty_terms_is_not_begun(stage: Stage, terms: str) -> None:
    scenario = stage.folder / "short-sprint" / "scenario.yaml"
    scenario.write_text(f"{SCENARIO}hygiene: {{{terms}}}\n")
    before = stage.shelf.runs.all()

    with pytest.raises(ScenarioError) as refused:
        begin_run(
            StartRequest(scenario=str(scenario)),
            stage.shelf,
            clock=stage.clock,
            credentials=CredentialsFile(stage.folder),
            folder=stage.folder / "runs",
        )

    assert refused.value.problems[0].line == len(SCENARIO.splitlines()) + 1
    assert stage.shelf.runs.all() == before

"""A sprint recorded from its facts and played again is worth the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from simulator.run.rehearse import rehearse
from simulator.scenario.load import load_scenario
from simulator.scenario.packs import find_scenario


def test_a_recorded_sprint_played_again_is_scored_as_the_first_time(tmp_path: Path) -> None:
    scenario = load_scenario(find_scenario("first-sprint"))
    played = rehearse(scenario, "sloppy", seed=1, record=True)
    copy = Path(shutil.copytree(scenario.folder, tmp_path / "again"))
    text = (copy / "scenario.yaml").read_text(encoding="utf-8")
    persona = yaml.safe_dump({"recorded": played.recording}, sort_keys=False)
    indented = "".join(f"  {line}\n" for line in persona.splitlines())
    (copy / "scenario.yaml").write_text(text.replace("\npersonas:\n", f"\npersonas:\n{indented}"), encoding="utf-8")

    again = rehearse(load_scenario(copy), "recorded", seed=1)

    assert abs(again.score - played.score) < 5
    assert len(again.facts) == len(played.facts)

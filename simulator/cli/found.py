"""Scenarios as people name them on the command line."""

from __future__ import annotations

from pathlib import Path

from simulator.hygiene.profiles import check_rules
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.packs import find_scenario
from simulator.settings import read_settings


def packs_folder() -> Path:
    """Where packs are installed: below the data folder."""
    return read_settings().data / "packs"


def found_path(name: str) -> Path:
    """The file or folder of a scenario. Raises ScenarioError with the nearest name."""
    return find_scenario(name, packs=packs_folder())


def found_scenario(name: str, *, seed: int = 1) -> LoadedScenario:
    """The scenario of that name or path, with what the seed chooses. Raises ScenarioError."""
    return check_rules(load_scenario(found_path(name), seed=seed))

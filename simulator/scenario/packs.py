"""Where scenarios are: the shipped ones by their folder's name, others by a path."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import simulator
from simulator.errors import Problem, ScenarioError
from simulator.scenario.load import FILE_NAME, LoadedScenario, load_scenario
from simulator.scenario.wording import nearest


def shipped_folder() -> Path:
    """The folder of the shipped scenarios: `scenarios/` of a checkout, else the one inside the installed package."""
    package = Path(simulator.__file__).resolve().parent
    checkout = package.parent / "scenarios"
    return checkout if checkout.is_dir() else package / "_scenarios"


def scenario_files(folder: Path) -> tuple[Path, ...]:
    """The scenario files of a folder: its own, else those of the folders in it, sorted by name."""
    if (folder / FILE_NAME).is_file():
        return (folder / FILE_NAME,)
    return tuple(sorted(folder.glob(f"*/{FILE_NAME}")))


def list_scenarios(folder: Path | None = None) -> tuple[LoadedScenario, ...]:
    """The scenarios that can be played, of a folder or the shipped ones; those with faults are left out."""
    return tuple(_playable(folder or shipped_folder()))


def find_scenario(name: str) -> Path:
    """The file or folder of a scenario, by path or by the name of a shipped one. Raises ScenarioError with the nearest name."""
    path = Path(name)
    shipped = {file.parent.name: file.parent for file in scenario_files(shipped_folder())}
    if path.exists() and (name not in shipped or path.is_file() or scenario_files(path)):
        return path
    if name in shipped:
        return shipped[name]
    hint = nearest(name, shipped, otherwise="`sprintdojo scenario list` shows what is there")
    raise ScenarioError(
        (Problem(name, 0, 0, f"there is no scenario `{name}`, neither shipped nor a file or folder", hint),)
    )


def _playable(folder: Path) -> Iterator[LoadedScenario]:
    for file in scenario_files(folder):
        try:
            yield load_scenario(file)
        except ScenarioError:
            continue

"""Where scenarios are: shipped ones, those of installed packs and of Python packages by their folder's name, others by a path."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from os import stat_result
from pathlib import Path

import simulator
from simulator.errors import Problem, ScenarioError
from simulator.scenario.load import FILE_NAME, LoadedScenario, load_scenario
from simulator.scenario.wording import nearest

ENTRY_POINTS = "sprintdojo.scenarios"
"""Entry points of packages that bring scenarios: each names an importable package whose folder holds them."""


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


def list_scenarios(folder: Path | None = None, *, packs: Path | None = None) -> tuple[LoadedScenario, ...]:
    """The scenarios that can be played, of a folder or all known by name; those with faults are left out."""
    files = scenario_files(folder) if folder else tuple(_named(packs).values())
    return tuple(_playable(files))


def mark_of_scenarios(*, packs: Path | None = None) -> tuple[tuple[str, int, int], ...]:
    """Something that stays the same for as long as the files of the scenarios known by name do, and of what lies beside them."""
    folders = {place for file in _named(packs).values() for place in (file.parent, file.parent.parent)}
    files = {file for folder in folders for pattern in ("*.yaml", "*/*.yaml") for file in folder.glob(pattern)}
    return tuple((str(file), told.st_mtime_ns, told.st_size) for file in sorted(files) if (told := _stat(file)))


def find_scenario(name: str, *, packs: Path | None = None) -> Path:
    """The file or folder of a scenario, by path or by name; `packs` is the folder of installed packs.

    Raises ScenarioError with the nearest name.
    """
    path = Path(name)
    known = _named(packs)
    if path.exists() and (name not in known or path.is_file() or scenario_files(path)):
        return path
    if name in known:
        return known[name].parent
    hint = nearest(name, known, otherwise="`sprintdojo scenario list` shows what is there")
    raise ScenarioError(
        (Problem(name, 0, 0, f"there is no scenario `{name}`, neither known by name nor a file or folder", hint),)
    )


def _named(packs: Path | None) -> dict[str, Path]:
    """Scenario files by name; of two of one name, a shipped one comes first, then those of packs."""
    files: dict[str, Path] = {}
    for folder in (shipped_folder(), *_folders(packs)):
        for file in scenario_files(folder):
            files.setdefault(file.parent.name, file)
    return files


def _stat(file: Path) -> stat_result | None:
    try:
        return file.stat()
    except OSError:  # taken away just now
        return None


def _folders(packs: Path | None) -> Iterator[Path]:
    if packs is not None and packs.is_dir():
        yield from sorted(path for path in packs.iterdir() if path.is_dir() and not path.name.startswith("."))
    for found in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        yield from _package_folders(found)


def _package_folders(entry: EntryPoint) -> Iterator[Path]:
    """The folders of a package, found without running its code where Python can."""
    try:
        spec = find_spec(entry.module)
    except (ImportError, ValueError):  # a package that is half removed hides nobody else's scenarios
        return
    if spec is not None:
        yield from (Path(place) for place in spec.submodule_search_locations or ())


def _playable(files: tuple[Path, ...]) -> Iterator[LoadedScenario]:
    for file in files:
        try:
            yield load_scenario(file)
        except ScenarioError:
            continue

"""A run's own copy of a scenario: whole in itself, and concrete, with nothing left to be chosen."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from simulator.scenario.assembling.texts import FOLDER as TEXTS
from simulator.scenario.assembling.variation import texts_below, varied
from simulator.scenario.load import FILE_NAME, LoadedScenario
from simulator.scenario.schema import Scenario

_NOT_COPIED = shutil.ignore_patterns("__pycache__", ".git", ".pytest_cache", ".DS_Store", TEXTS)
_SETTLED = ("uses", "vary")


def settle(scenario: LoadedScenario, to: Path) -> Path:
    """Copy a scenario with its used parts, texts and choices in place, and return the file; what is there is written over.

    The file is JSON, which is YAML too.
    """
    shutil.copytree(scenario.folder, to, dirs_exist_ok=True, ignore=_NOT_COPIED)
    for path, text in texts_below(to):
        path.write_text(varied(text, scenario.choices), encoding="utf-8", newline="")
    file = to / FILE_NAME
    whole = {key: part for key, part in scenario.plain.items() if key not in _SETTLED}
    file.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def read_settled(folder: Path) -> LoadedScenario | None:
    """The copy in a folder, None for one that is not as `settle` makes them. It was judged before, and is not judged again."""
    file = folder / FILE_NAME
    try:
        plain = json.loads(file.read_text(encoding="utf-8"))
        spec = Scenario.model_validate(plain)
    except (OSError, ValueError):
        return None
    return LoadedScenario(spec=spec, file=file, folder=folder.resolve(), plain=plain)

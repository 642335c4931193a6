"""`uses:`: people, issues and events that several scenarios share, taken in from files beside them.

What the scenario itself says under the same key or id stays. A used file uses no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from os.path import normpath
from pathlib import Path
from typing import Any

from simulator.errors import ScenarioError
from simulator.scenario.assembling.gathered import Gathered
from simulator.scenario.source import Source, read_source
from simulator.scenario.wording import nearest

MOST_USED = 20
_BY_KEY = ("people", "vary")
_BY_ID = ("backlog", "events")
_SHARED = (*_BY_KEY, *_BY_ID)


def take_in(gathered: Gathered, folder: Path) -> None:
    """Take in what the files under `uses` hold; what cannot be used is noted as a problem at its line."""
    listed = gathered.value.get("uses")
    if not isinstance(listed, list):
        return  # the schema says what is wrong with anything else
    for number, name in enumerate(listed[:MOST_USED]):
        if isinstance(name, str):
            for source in _sources(gathered, number, name, folder):
                _take_in(gathered, source)


def _sources(gathered: Gathered, number: int, name: str, folder: Path) -> Iterator[Source]:
    problem = _unusable(name, folder)
    if problem is None:
        try:
            source = read_source(Path(normpath(folder / name)))
        except ScenarioError as exc:
            gathered.problems.extend(exc.problems)
            gathered.is_whole = False
            return
        gathered.problems.extend(source.problems)
        if isinstance(source.value, dict) and "format" not in source.value:
            yield source
            return
        problem = _no_part(name, source, gathered)
    gathered.problems.append(gathered.source.problem(("uses", number), *problem))
    gathered.is_whole = False


def _no_part(name: str, source: Source, gathered: Gathered) -> tuple[str, str]:
    """What is wrong with a file that holds no parts to share."""
    if not isinstance(source.value, dict):
        return f"`{name}` holds no keys and values", f"begin with one of: {', '.join(_SHARED)}"
    itself = Path(source.file).samefile(gathered.source.file)
    what = "this scenario itself" if itself else "a scenario of its own"
    return f"`{name}` is {what}", f"use a file that holds nothing but {', '.join(_SHARED)}"


def _unusable(name: str, folder: Path) -> tuple[str, str] | None:
    if "\\" in name or "\0" in name or name.startswith(("/", "~")):
        return (
            f"`{name}` is not a path beside the scenario",
            "write it relative, with forward slashes: ../casts/team.yaml",
        )
    home, found = folder.resolve().parent, (folder / name).resolve()
    if not found.is_relative_to(home):
        return f"`{name}` lies outside of the folder that holds the scenarios", "copy the file into it"
    if not found.is_file():
        there = (path.name for path in found.parent.glob("*.yaml")) if found.parent.is_dir() else ()
        return f"there is no file `{name}`", nearest(
            found.name, there, otherwise="the path begins at the scenario's folder"
        )
    return None


def _take_in(gathered: Gathered, source: Source) -> None:
    for key, part in source.value.items():
        if key in _BY_KEY and isinstance(part, dict):
            _by_key(gathered, source, key, part)
        elif key in _BY_ID and isinstance(part, list):
            _by_id(gathered, source, key, part)
        else:
            hint = nearest(key, _SHARED) if key not in _SHARED else "write them as scenarios do"
            gathered.problems.append(
                source.problem((key,), f"`{key}` cannot be used from another file", hint, at_key=True)
            )


def _by_key(gathered: Gathered, source: Source, key: str, part: dict[str, Any]) -> None:
    own = gathered.value.setdefault(key, {})
    if not isinstance(own, dict):
        return
    gathered.value[key] = own = dict(own)
    for name in part:
        if name not in own:
            gathered.graft((key, name), source, (key, name))


def _by_id(gathered: Gathered, source: Source, key: str, part: list[Any]) -> None:
    own = gathered.value.setdefault(key, [])
    if not isinstance(own, list):
        return
    gathered.value[key] = own = list(own)
    ids = {item.get("id") for item in own if isinstance(item, dict)}
    for number, item in enumerate(part):
        if not (isinstance(item, dict) and item.get("id") in ids):
            gathered.graft((key, len(own)), source, (key, number))

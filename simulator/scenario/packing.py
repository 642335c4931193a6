"""A scenario as one file that others can install: a zip with its folder and the files that it uses, and nothing else.

The same scenario gives the same bytes. What is installed is looked through before it is in place: names, sizes, faults.
Refuses to run anything of it.
"""

from __future__ import annotations

import lzma
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from os.path import normpath
from pathlib import Path, PurePosixPath

from simulator.errors import SetupError
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.packs import scenario_files
from simulator.scenario.patches import files_below
from simulator.scenario.values import Unreadable

MOST_FILES = 2_000
MOST_BYTES = 20_000_000
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_CHUNK = 65_536
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. ()-]{0,79}", re.ASCII)
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, ValueError)


def pack(scenario: LoadedScenario, to: Path) -> int:
    """Write a scenario into a zip file and return how many files it holds. Raises SetupError; overwrites only what it made."""
    home = scenario.folder.parent
    try:
        files = sorted({*files_below(scenario.folder), *_used(scenario)})
    except Unreadable as exc:
        raise SetupError(str(exc), where=str(scenario.folder), to_do=exc.hint) from exc
    _measured(len(files), sum(file.stat().st_size for file in files), str(scenario.folder))
    unfinished = to.with_name(f".{to.name}.part")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for file in files:
                entry = zipfile.ZipInfo(file.relative_to(home).as_posix(), _EARLIEST)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, file.read_bytes())
        unfinished.replace(to)
    except OSError as exc:
        unfinished.unlink(missing_ok=True)
        raise SetupError(
            f"cannot write: {exc.strerror or exc}", where=str(to), to_do="choose another file with -o"
        ) from exc
    return len(files)


def install(file: Path, packs: Path, *, replace: bool = False) -> tuple[LoadedScenario, ...]:
    """Unpack a pack into a folder of its own below `packs` and return its scenarios.

    Raises SetupError when it is no pack, or one of that name is there (unless `replace`); ScenarioError when a scenario in it
    has faults. Then nothing has changed.
    """
    if not _NAME.fullmatch(file.stem):
        to_do = "rename the file: letters, digits and hyphens, such as my-sprint.zip"
        raise SetupError("a pack cannot be called that", where=str(file), to_do=to_do)
    goal = packs / file.stem
    if goal.exists() and not replace:
        raise SetupError(
            f"a pack `{file.stem}` is installed already", where=str(goal), to_do="replace it with --replace"
        )
    packs.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=packs, prefix=".installing-") as temporary:
        folder = Path(temporary) / file.stem
        _unpack(file, folder)
        found = scenario_files(folder)
        if not found:
            raise SetupError(
                "there is no scenario in it", where=str(file), to_do="make packs with `sprintdojo scenario pack`"
            )
        for each in found:
            load_scenario(each)
        _put(folder, goal, Path(temporary) / "before")
    return tuple(load_scenario(each) for each in scenario_files(goal))


def _put(folder: Path, goal: Path, before: Path) -> None:
    """Put a folder in its place. What was there is gone then, or there again when that fails."""
    if goal.exists():
        goal.rename(before)
    try:
        folder.rename(goal)
    except OSError:
        if before.exists():
            before.rename(goal)
        raise


def _used(scenario: LoadedScenario) -> Iterator[Path]:
    for name in scenario.plain.get("uses") or ():
        yield Path(normpath(scenario.folder / name))


def _measured(files: int, size: int, where: str) -> None:
    if files > MOST_FILES or size > MOST_BYTES:
        to_do = f"a pack holds at most {MOST_FILES:,} files and {MOST_BYTES:,} bytes"
        raise SetupError(f"{files:,} files with {size:,} bytes are too much", where=where, to_do=to_do)


def _unpack(file: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _measured(len(entries), sum(entry.file_size for entry in entries), str(file))
            names = [_safe(entry, file) for entry in entries]
            _told_apart(names, file)
            for entry, name in zip(entries, names, strict=True):
                _write(archive, entry, folder / name)
    except (OSError, *_DAMAGED) as exc:
        shutil.rmtree(folder, ignore_errors=True)
        raise SetupError(f"cannot be unpacked: {exc}", where=str(file), to_do="get the pack again") from exc


def _safe(entry: zipfile.ZipInfo, file: Path) -> str:
    """The entry's name. Raises SetupError for one that leads out of its folder, or that is no plain file."""
    path = PurePosixPath(entry.filename)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    plain = kind in (0, stat.S_IFREG) and not path.is_absolute() and path.parts and ".." not in path.parts
    if not plain or any(character in entry.filename for character in "\\:\0"):
        shown = entry.filename[:80].encode("unicode_escape").decode()
        raise SetupError(
            f"it holds `{shown}`, which is not a plain file inside it", where=str(file), to_do="do not use it"
        )
    return entry.filename


def _told_apart(names: list[str], file: Path) -> None:
    """Raises SetupError for names of which some computers can keep only one: equal but for capitals."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            shown = name[:80].encode("unicode_escape").decode()
            raise SetupError(
                f"it holds `{shown}` twice, capitals aside", where=str(file), to_do="ask its author for another pack"
            )
        seen.add(name.casefold())


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path) -> None:
    """Unpack one file, and no more of it than it says it has."""
    to.parent.mkdir(parents=True, exist_ok=True)
    left = entry.file_size
    with archive.open(entry) as packed, to.open("xb") as out:
        while chunk := packed.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise zipfile.BadZipFile(f"{entry.filename} is larger than it says")
            out.write(chunk)

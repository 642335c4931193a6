"""Patch folders: the whole new contents of some files, laid over the repository in one commit.

Refuses to leave the scenario's folder, and to carry anything but text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from simulator.model.code import FileChange
from simulator.scenario.values import Unreadable

MOST_FILES = 500
MOST_BYTES = 2_000_000
_NOT_CONTENT = frozenset({"__pycache__", ".git", ".pytest_cache", ".DS_Store"})


def inside(folder: Path, relative: str) -> Path:
    """The path of something in a scenario's folder, links followed. Raises Unreadable when it lies elsewhere or is missing."""
    if "\\" in relative or "\0" in relative or relative.startswith(("/", "~")) or Path(relative).is_absolute():
        raise Unreadable(
            f"`{relative}` is not a path inside the scenario's folder", "write it relative, with forward slashes"
        )
    if ".." in Path(relative).parts:
        raise Unreadable(f"`{relative}` leaves the scenario's folder", "copy what you need into the folder")
    found = (folder / relative).resolve()
    if not found.is_relative_to(folder.resolve()):
        raise Unreadable(
            f"`{relative}` leads out of the scenario's folder by a link", "copy what you need into the folder"
        )
    if not found.exists():
        raise Unreadable(f"there is no `{relative}` beside the scenario file")
    return found


def files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder, sorted by path, without caches. Raises Unreadable for a link that leads out of the folder."""
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        if _NOT_CONTENT.intersection(path.relative_to(folder).parts):
            continue
        if not path.resolve().is_relative_to(root):
            raise Unreadable(f"`{path.name}` in `{folder.name}` leads out of it by a link", "copy the file instead")
        if path.is_file():
            yield path


def read_patch(folder: Path) -> tuple[FileChange, ...]:
    """The files of a patch folder as changes. Raises Unreadable for no files, too many, too much, or what is no text."""
    changes: list[FileChange] = []
    size = 0
    for path in files_below(folder):
        content = path.read_bytes()
        size += len(content)
        if len(changes) >= MOST_FILES or size > MOST_BYTES:
            raise Unreadable(
                f"`{folder.name}` is too large for a patch", f"at most {MOST_FILES} files and {MOST_BYTES:,} bytes"
            )
        changes.append(FileChange(path=path.relative_to(folder).as_posix(), content=_text(path, content)))
    if not changes:
        raise Unreadable(
            f"`{folder.name}` holds no files", "put the changed files there, by their paths in the repository"
        )
    return tuple(changes)


def _text(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(f"`{path.name}` is not UTF-8 text", "patches carry text files only") from None

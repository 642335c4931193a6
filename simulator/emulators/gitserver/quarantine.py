"""The new objects of a push, before git lets them into the repository."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable
from pathlib import Path

import pygit2
from pygit2.enums import ObjectType

from simulator.emulators.gitserver.names import legible

_LONGEST_HEAD = 64
_DENSEST = 1_000  # deflate makes bytes at most 1,032 times fewer; a delta of a stored object can do with less


def blobs_above(folder: Path, size: int) -> dict[str, int]:
    """The sizes of the blobs in a folder of objects that are larger than so many bytes, by their ids."""
    if _holds_packs(folder):
        return _packed_above(folder, size)
    found = {}
    for file in folder.glob("[0-9a-f][0-9a-f]/*"):
        kind, length = _head(file) if file.stat().st_size * _DENSEST * 2 > size else ("", 0)
        if kind == "blob" and length > size:
            found[file.parent.name + file.name] = length
    return found


def paths_of(shas: Collection[str], commits: Iterable[pygit2.Commit]) -> dict[str, str]:
    """Under which path commits have each of these blobs, as far as they have it."""
    found: dict[str, str] = {}
    for commit in commits:
        parent = commit.parents[0].tree if commit.parents else None
        diff = parent.diff_to_tree(commit.tree) if parent else commit.tree.diff_to_tree(swap=True)
        for delta in diff.deltas:
            if str(delta.new_file.id) in shas:
                found.setdefault(str(delta.new_file.id), legible(delta.new_file.path))
    return found


def _holds_packs(folder: Path) -> bool:
    return any((folder / "pack").glob("*.pack"))


def _packed_above(folder: Path, size: int) -> dict[str, int]:
    objects = pygit2.Odb(str(folder))
    found = {}
    for oid in objects:
        kind, length = objects.read_header(oid)
        if kind == ObjectType.BLOB and length > size:
            found[str(oid)] = length
    return found


def _head(file: Path) -> tuple[str, int]:
    """Kind and size of a loose object."""
    with file.open("rb") as stream:
        head = zlib.decompressobj().decompress(stream.read(_LONGEST_HEAD), _LONGEST_HEAD)
    kind, _, rest = head.partition(b" ")
    return kind.decode("ascii", "replace"), int(rest.partition(b"\0")[0])

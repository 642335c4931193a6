"""The new objects of a push, before git lets them into the repository."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import zlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pygit2
from pygit2.enums import ObjectType

from simulator.emulators.gitserver.names import legible

_PREFIX = "tmp_objdir-taking-"  # `git prune` takes these for its own, too, and removes old ones
_LONGEST_HEAD = 64
_DENSEST = 1_000  # deflate makes bytes at most 1,032 times fewer; a delta of a stored object can do with less


class Quarantine:
    """A quarantine that is ours: a folder within that of the repository's objects, gone at the end of the block.

    Raises OSError when it cannot be made.
    """

    def __init__(self, repository: Path) -> None:
        self._repository = repository
        self._objects = repository / "objects"

    def __enter__(self) -> Quarantine:
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._objects))
        self._lock = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # as long as this process lives, it is in use
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.folder.rmdir()  # empty when all was let in
        except OSError:
            shutil.rmtree(self.folder, ignore_errors=True)
        os.close(self._lock)

    @property
    def variables(self) -> Mapping[str, str]:
        """What makes a program of git write there and read from the repository too. Raises ValueError for a strange path."""
        if any(mark in str(self._objects) for mark in '":\n'):
            raise ValueError("the repository's path would have to be quoted")
        return {
            "GIT_OBJECT_DIRECTORY": str(self.folder),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(self._objects),
            "GIT_QUARANTINE_PATH": str(self.folder),
        }

    def holds(self, sha: str) -> bool:
        """Whether an object is among the new ones."""
        return sha in pygit2.Odb(str(self.folder))

    def holds_commit(self, sha: str) -> bool:
        """Whether a commit is among the new objects."""
        objects = pygit2.Odb(str(self.folder))
        return sha in objects and objects.read_header(sha)[0] == ObjectType.COMMIT

    def opened(self) -> pygit2.Repository:
        """The repository with the new objects in it."""
        repository = pygit2.Repository(str(self._repository))
        repository.odb.add_disk_alternate(str(self.folder))
        return repository

    def let_in(self) -> None:
        """Put the new objects where those of the repository are. A pack's index goes last: with it the pack counts."""
        for folder in sorted(self.folder.iterdir()):
            target = self._objects / folder.name
            target.mkdir(exist_ok=True)
            for file in sorted(folder.iterdir(), key=lambda each: each.suffix == ".idx"):
                file.rename(target / file.name)
            folder.rmdir()


def remove_abandoned(repository: Path) -> None:
    """Remove quarantines of ours that a killed process has left in a repository."""
    for folder in (repository / "objects").glob(f"{_PREFIX}*"):
        try:
            lock = os.open(folder, os.O_RDONLY)
        except OSError:  # gone meanwhile
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:  # in use
            continue
        finally:
            os.close(lock)


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

"""Copies of whole repositories that share their objects on disk by hard links.

Objects never change once they are written, so a copy costs names and no bytes; whatever happens to the original afterwards
does not touch it. Refuses alternates: a deleted original must not harm its copies.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pygit2

from simulator.emulators.gitserver import refs, store

_TRIES = 5
_PACKS = "pack"
_COPIED = ("refs/heads/", "refs/tags/")


def copy_repository(
    source: Path, target: Path, *, default_branch: str, keep: Callable[[str], bool] = lambda _ref: True
) -> pygit2.Repository:
    """A copy with the branches and tags of `source` whose full names `keep` lets through; the folder must not exist.

    Safe while others push to the original or repack it.
    """
    made = store.create(target, default_branch=default_branch)
    names = [(ref, sha) for ref, sha in refs.list_refs(store.opened(source)).items() if ref.startswith(_COPIED)]
    link_objects(source / "objects", target / "objects")
    for ref, sha in names:
        if keep(ref):
            refs.write_ref(made, ref, sha, expected=None)
    return made


def link_objects(source: Path, target: Path) -> None:
    """Put every object and pack of one folder `objects` into another, as hard links where the file system has them.

    Loose objects go first: a repacking that removes one of them has written the pack that holds it before.
    """
    for folder in _folders(source):
        for file in _files(folder):
            _link(file, target / folder.name / file.name)
    for _ in range(_TRIES):
        if all(_link(file, target / _PACKS / file.name) for file in _packs(source / _PACKS)):
            return
    raise OSError(f"the packs of {source} never kept still")


def _folders(objects: Path) -> Iterator[Path]:
    return (folder for folder in objects.iterdir() if len(folder.name) == 2 and folder.is_dir())


def _files(folder: Path) -> list[Path]:
    try:
        return [file for file in folder.iterdir() if not file.name.startswith("tmp_")]
    except FileNotFoundError:
        return []


def _packs(folder: Path) -> list[Path]:
    # a pack counts once its index is there; the pack itself goes first, as git writes it
    found = [file for file in _files(folder) if file.suffix == ".idx"]
    return [part for index in found for part in (index.with_suffix(".pack"), index)]


def _link(file: Path, target: Path) -> bool:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, target)
    except FileExistsError:
        return True
    except FileNotFoundError:
        return False
    except OSError:  # another volume, or a file system without hard links
        return _copied(file, target)
    return True


def _copied(file: Path, target: Path) -> bool:
    fresh = target.with_name(f"tmp_{target.name}")
    try:
        shutil.copy2(file, fresh)
    except FileNotFoundError:
        return False
    fresh.replace(target)
    return True

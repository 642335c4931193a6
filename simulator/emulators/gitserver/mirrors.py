"""Exact copies of bare repositories, every ref included, with the objects hard-linked: what snapshots of a site are made of.

Refs go before objects, so that whatever a copied ref names is among the objects; and loose refs before the packed ones, into
which git moves them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from simulator.emulators.gitserver.copies import link_objects

_OBJECTS, _PACKED = "objects", "packed-refs"


def mirror(source: Path, target: Path) -> None:
    """Copy a repository that others may be pushing to. The folder `target` must not exist."""
    _copy_files(source, target)
    if (source / _PACKED).exists():
        shutil.copy2(source / _PACKED, target / _PACKED)
    for folder in ("info", "pack"):
        (target / _OBJECTS / folder).mkdir(parents=True)
    link_objects(source / _OBJECTS, target / _OBJECTS)


def _copy_files(source: Path, target: Path) -> None:
    target.mkdir(parents=True)
    with os.scandir(source) as found:
        entries = [entry for entry in found if entry.name not in (_OBJECTS, _PACKED)]
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            _copy_files(Path(entry.path), target / entry.name)
        elif not entry.name.endswith(".lock"):
            _copy_if_there(Path(entry.path), target / entry.name)


def _copy_if_there(file: Path, target: Path) -> None:
    try:
        shutil.copy2(file, target)
    except FileNotFoundError:  # a ref that was deleted, or has just been packed
        target.unlink(missing_ok=True)

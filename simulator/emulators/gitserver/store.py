"""Bare repositories on disk: making, opening and deleting them.

Handles are cached for each thread (libgit2 handles must not be shared between threads that use them at once). A cached
handle is dropped when the folder was replaced by another repository. Neither the user's nor the system's git
configuration is read.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections import OrderedDict
from pathlib import Path

import pygit2
from pygit2.enums import ConfigLevel, Option

from simulator.emulators.gitserver.errors import NoSuchObject

_HANDLES_PER_THREAD = 16
_cache = threading.local()

pygit2.option(Option.SET_OWNER_VALIDATION, False)  # folders may lie on a volume of another owner, as in containers
for _level in (ConfigLevel.SYSTEM, ConfigLevel.XDG, ConfigLevel.GLOBAL):
    pygit2.settings.search_path[_level] = ""


def create(path: Path, *, default_branch: str = "main") -> pygit2.Repository:
    """A new bare repository whose HEAD points to `default_branch`. The folder must not exist."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pygit2.init_repository(path, bare=True, initial_head=default_branch)
    return opened(path)


def opened(path: Path) -> pygit2.Repository:
    """The repository at `path`, for use in the calling thread only. Raises NoSuchObject when there is none."""
    handles: OrderedDict[tuple[str, int, int], pygit2.Repository] = _cache.__dict__.setdefault("handles", OrderedDict())
    key = _identity(path)
    if key in handles:
        handles.move_to_end(key)
        return handles[key]
    handles[key] = pygit2.Repository(str(path))
    if len(handles) > _HANDLES_PER_THREAD:
        handles.popitem(last=False)
    return handles[key]


def delete(path: Path) -> None:
    """Remove a repository's folder; one that is gone already is fine."""
    shutil.rmtree(path, ignore_errors=True)


def set_default_branch(repository: pygit2.Repository, branch: str) -> None:
    """Point HEAD to a branch, which need not exist yet."""
    repository.set_head(f"refs/heads/{branch}")


def _identity(path: Path) -> tuple[str, int, int]:
    try:
        config = os.stat(f"{path}/config")  # noqa: PTH116 - asked for several times in each request
    except OSError as exc:
        raise NoSuchObject(f"no repository at {path.name}") from exc
    return str(path), config.st_ino, config.st_mtime_ns

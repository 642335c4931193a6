"""Locks of refs that a killed process has left behind: git never lets them expire, so their refs could not move again."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

logger = logging.getLogger(__name__)

_ENDING = ".lock"  # no ref's name may end so: https://git-scm.com/docs/git-check-ref-format
_BESIDE = ("HEAD.lock", "config.lock", "packed-refs.lock")


def remove_stale_locks(repositories: Path) -> None:
    """Remove the locks of all bare repositories below a folder. Nobody else may use them meanwhile."""
    for repository in repositories.glob("*/*.git"):
        for lock in _locks(repository):
            lock.unlink(missing_ok=True)
            logger.warning("%s: removed a stale lock, %s", repository.name, lock.relative_to(repository))


def _locks(repository: Path) -> Iterator[Path]:
    yield from (lock for name in _BESIDE if (lock := repository / name).exists())
    for folder, _, names in os.walk(repository / "refs"):
        yield from (Path(folder, name) for name in names if name.endswith(_ENDING))

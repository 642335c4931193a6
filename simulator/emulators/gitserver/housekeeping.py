"""Repositories kept small: objects that lie loose, and packs of many pushes, become one pack now and then.

Runs in the background and loses nothing: what no ref leads to is packed too, for it may belong to a push or a pull request
that is under way. Copies that share objects by hard links keep theirs. Source of the limits: git-scm.com/docs/git-gc (--auto)
"""

from __future__ import annotations

import logging
import queue
import subprocess
import threading
from pathlib import Path

from filelock import FileLock, Timeout

from simulator.emulators.gitserver.programs import clean_environment, git_program
from simulator.emulators.gitserver.quarantine import remove_abandoned

logger = logging.getLogger(__name__)

MOST_LOOSE = 6700
MOST_PACKS = 50
_LOCK = "housekeeping.lock"
_LONGEST_S = 600
_PATIENCE_S = 5
_GATHER_S = 1.0  # so that nobody's request has to share the processor with it, and many pushes are one offer
_SAMPLE = "17"  # as git does it: object ids are evenly spread, so one of the 256 folders tells of all
_CONFIG = {"safe.directory": "*", "pack.threads": "1", "repack.writeBitmaps": "true"}


class Housekeeper:
    """One thread that looks after repositories when it is told that something was written there."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        self._known: set[Path] = set()
        self._guard = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="emulators-housekeeping", daemon=True)

    def start(self) -> None:
        """Begin to look after what is offered."""
        self._thread.start()

    def offer(self, repository: Path) -> None:
        """Something was written to this repository. Never waits."""
        with self._guard:
            if repository in self._known:
                return
            self._known.add(repository)
        self._waiting.put(repository)

    def close(self) -> None:
        """Stop; what git is at it finishes by itself."""
        self._stopped.set()
        self._waiting.put(None)
        if self._thread.is_alive():
            self._thread.join(_PATIENCE_S)

    def _run(self) -> None:
        while (repository := self._waiting.get()) is not None and not self._stopped.is_set():
            if self._stopped.wait(_GATHER_S):
                return
            with self._guard:
                self._known.discard(repository)
            remove_abandoned(repository)
            if needs_tidying(repository):
                tidy(repository)


def needs_tidying(repository: Path, *, most_loose: int = MOST_LOOSE, most_packs: int = MOST_PACKS) -> bool:
    """Whether a repository has more loose objects (roughly) or packs than it should."""
    objects = repository / "objects"
    loose, packs = _names(objects / _SAMPLE), _names(objects / "pack")
    return len(loose) * 256 > most_loose or sum(name.endswith(".pack") for name in packs) > most_packs


def tidy(repository: Path) -> None:
    """Put all objects into one pack. Nothing happens when another process is at it already, or the repository is gone."""
    if not (repository / "config").exists():
        return
    command = [git_program(), f"--git-dir={repository}", "repack", "-a", "-d", "-l", "--keep-unreachable", "--quiet"]
    try:
        with FileLock(repository / _LOCK, timeout=0):
            subprocess.run(  # noqa: S603 - a fixed program and a folder of our own
                command, env=clean_environment(_CONFIG), capture_output=True, timeout=_LONGEST_S, check=True
            )
    except Timeout:
        return
    except (OSError, subprocess.SubprocessError) as exc:  # as it was before; the next push gives another chance
        logger.warning("%s is not tidied: %s", repository.name, exc)


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except FileNotFoundError:
        return []

"""Who uses a folder of repositories: as many processes as like, and each knows whether it came to an empty house."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Callable
from pathlib import Path

logger = logging.getLogger(__name__)

_NAME = "in-use.lock"


class Occupancy:
    """This process's use of a folder, until `close` or its end, however that comes."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._is_left = False

    def begin(self, *, when_alone: Callable[[], None]) -> None:
        """Use the folder from now on. Whoever finds nobody else there puts it in order first, and others wait for that.

        Where the file system has no locks nobody can say that they are alone.
        """
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._share()
            return
        when_alone()
        self._share()

    def close(self) -> None:
        """Leave the folder; again is no harm."""
        if not self._is_left:
            self._is_left = True
            os.close(self._file)

    def _share(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_SH)
        except OSError as exc:
            logger.warning("the folder of the repositories cannot be locked: %s", exc)

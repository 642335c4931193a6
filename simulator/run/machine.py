"""What this machine must have before anything can run: git, new enough, and a folder that can be written.

Refuses to install or to mend anything: it says what is missing and how to get it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from simulator.errors import SetupError

OLDEST_GIT = (2, 38)
"""The oldest git that the tests have seen at work, of October 2022: https://git-scm.com/docs (Debian 12 has 2.39)."""
HOW_TO_GET_GIT = "install git 2.38 or newer (apt install git, brew install git)"

_VERSION = re.compile(r"(\d+)\.(\d+)")
_PATIENCE_S = 10


def git_says() -> str:
    """What `git --version` prints, empty when there is no git that answers."""
    path = shutil.which("git")
    if path is None:
        return ""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=_PATIENCE_S, check=True)  # noqa: S603
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def is_new_enough(said: str) -> bool:
    """Whether a git that calls itself so can be used; the text may go on after the numbers, as Apple's does."""
    found = _VERSION.search(said)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST_GIT


def need_git() -> None:
    """Raises SetupError when git is missing, does not answer, or is too old."""
    said = git_says()
    if not said:
        missing = shutil.which("git") is None
        what = "git is not installed" if missing else "git does not work"
        raise SetupError(what, where="PATH" if missing else str(shutil.which("git")), to_do=HOW_TO_GET_GIT)
    if not is_new_enough(said):
        raise SetupError(f"git is too old: {said}", where=str(shutil.which("git")), to_do=HOW_TO_GET_GIT)


def need_folder(folder: Path) -> None:
    """Make a folder unless it is there. Raises SetupError when it cannot be made or written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as exc:
        raise _unusable(folder, exc.strerror or str(exc)) from exc


def folder_fault(folder: Path) -> str:
    """What keeps a folder from being made or written, empty when nothing does. Makes nothing."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir():
        return f"{there} is a file"
    return "" if os.access(there, os.W_OK | os.X_OK) else f"{there} cannot be written"


def _unusable(folder: Path, why: str) -> SetupError:
    return SetupError(
        f"the data folder cannot be used: {why}", where=str(folder), to_do="choose another one with --data"
    )

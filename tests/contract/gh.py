"""GitHub's own command line, `gh`, in a folder of its own and with nothing of this machine's settings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from simulator.run.shell import GitHubAccess, variables

NEEDED = (2, 23)


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, parsed."""
        return json.loads(self.out)

    @property
    def rows(self) -> list[list[str]]:
        """What was printed as a table, cell by cell."""
        return [line.split("\t") for line in self.out.splitlines()]


class Shell:
    """A shell in which somebody pasted what `sprintdojo env` prints."""

    def __init__(self, folder: Path, access: GitHubAccess) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "GH_CONFIG_DIR": str(folder / ".gh"),
            "GH_PROMPT_DISABLED": "1",
            "GH_NO_UPDATE_NOTIFIER": "1",
            "NO_COLOR": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_AUTHOR_NAME": access.login,
            "GIT_AUTHOR_EMAIL": f"{access.login}@example.com",
            "GIT_COMMITTER_NAME": access.login,
            "GIT_COMMITTER_EMAIL": f"{access.login}@example.com",
            **variables(access),
        }

    def gh(self, *words: str, status: int = 0, folder: str = "") -> Said:
        """Give a command that has to end with a status."""
        return self._run("gh", *words, status=status, folder=folder)

    def git(self, *words: str, folder: str = "") -> str:
        """Give a git command that has to go well; what it printed."""
        return self._run("git", *words, status=0, folder=folder).out.strip()

    def _run(self, *words: str, status: int, folder: str) -> Said:
        done = subprocess.run(
            words,
            cwd=self.folder / folder,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == status, f"{' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return Said(done.returncode, done.stdout, done.stderr)


def need_gh() -> None:
    """Skip where there is no gh, or one that is too old."""
    if shutil.which("gh") is None:
        pytest.skip("there is no gh on this machine: install GitHub's command line (Debian: apt install gh)")
    said = subprocess.run(["gh", "--version"], capture_output=True, text=True, check=True, timeout=30).stdout
    version = tuple(int(part) for part in said.split()[2].split(".")[:2])
    if version < NEEDED:
        pytest.skip(f"gh {said.split()[2]} is older than {'.'.join(map(str, NEEDED))}, with which this was written")

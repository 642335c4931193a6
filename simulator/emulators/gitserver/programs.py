"""Git's own programs: where they are, and an environment in which nothing but our settings counts."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def git_program() -> str:
    """Where git is. Raises FileNotFoundError."""
    found = shutil.which("git")
    if found is None:
        raise FileNotFoundError("git is not on the PATH")
    return found


def clean_environment(config: Mapping[str, str]) -> dict[str, str]:
    """An environment in which git reads no file of the user's and these settings only."""
    settings = {"GIT_CONFIG_COUNT": str(len(config))}
    for place, (name, value) in enumerate(config.items()):
        settings |= {f"GIT_CONFIG_KEY_{place}": name, f"GIT_CONFIG_VALUE_{place}": value}
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.devnull,
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_REPLACE_OBJECTS": "1",  # whoever pushes to refs/replace changes nothing for others
        "GIT_TERMINAL_PROMPT": "0",
        **settings,
    }


def start(
    repository: Path, *words: str, environment: Mapping[str, str], reads: bytes, buffered: bool = True
) -> subprocess.Popen[bytes]:
    """A program of git's at work on a repository, with all of its input at hand; what it says comes over two pipes."""
    with tempfile.TemporaryFile() as content:  # a pipe would need somebody to fill it
        content.write(reads)
        content.seek(0)
        return subprocess.Popen(  # noqa: S603 - a fixed program and a folder of our own
            [git_program(), f"--git-dir={repository}", *words],
            bufsize=-1 if buffered else 0,
            env=dict(environment),
            stdin=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

"""Refs that are promised at once and written when somebody looks: most `refs/pull/N/head` are never asked for.

A promise is a line in a file beside the repository, so it outlives the process; a folder and a locked file for each ref cost
twenty times that. Whoever reads such refs, or lets git read them, calls `settle` first.
"""

from __future__ import annotations

import logging
import re
import threading
from pathlib import Path

import pygit2

logger = logging.getLogger(__name__)

_FILE = "sprintdojo-promised-refs"
_SHA = re.compile(r"[0-9a-f]{40}\Z")
_locks = [threading.Lock() for _ in range(64)]


def promise(repository: pygit2.Repository, ref: str, sha: str) -> None:
    """Let a ref of a valid name point to an object that is there, at the latest when somebody looks; the last promise counts."""
    folder = repository.path
    with _lock(folder), open(folder + _FILE, "ab", buffering=0) as file:  # noqa: PTH123 - with every pull request
        file.write(f"{sha} {ref}\n".encode())


def settle(repository: pygit2.Repository) -> None:
    """Write the promised refs. Afterwards git knows them all."""
    folder = repository.path
    file = Path(folder, _FILE)
    if not file.exists():
        return
    with _lock(folder):
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return
        promised: dict[str, str] = {}
        for line in lines:
            sha, _, ref = line.partition(" ")
            promised[ref] = sha
        left = [f"{sha} {ref}\n" for ref, sha in promised.items() if not _write(repository, ref, sha)]
        if left:
            _replace(file, "".join(left))
        else:
            file.unlink()


def _write(repository: pygit2.Repository, ref: str, sha: str) -> bool:
    """Whether a promise is done with: kept, or one that can never be."""
    try:
        Path(repository.path, f"{ref}.lock").unlink(missing_ok=True)  # of a killed process: nobody else writes these
        repository.references.create(ref, sha, force=True)
    except (KeyError, ValueError, OSError, pygit2.GitError) as exc:
        logger.warning("%s cannot point to %s: %s", ref, sha, exc)
        return not _SHA.match(sha) or sha not in repository  # else the disk is full, say: it is tried again
    return True


def _replace(file: Path, text: str) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


def _lock(folder: str) -> threading.Lock:
    return _locks[hash(folder) % len(_locks)]

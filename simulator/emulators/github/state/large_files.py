"""Large files: above 50 MiB a push is warned, above 100 MiB nothing is taken, neither by git nor by the API.

Source: https://docs.github.com/en/repositories/working-with-files/managing-large-files/about-large-files-on-github
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from simulator.emulators.github.state.push_rules import Movement
from simulator.emulators.gitserver import quarantine
from simulator.emulators.gitserver.judging import Refusal

_MEBIBYTE = 1024 * 1024
LARGEST = 100 * _MEBIBYTE
RECOMMENDED = 50 * _MEBIBYTE
_HINT = "{kind}: GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com."
_WARNING = (
    "warning: File {path} is {size:.2f} MB; this is larger than GitHub's recommended maximum file size of 50.00 MB"
)
_ERROR = "error: File {path} is {size:.2f} MB; this exceeds GitHub's file size limit of 100.00 MB"
_ADVICE = "hint: Take it out of the commits themselves (git rebase -i, `edit`), deleting it later is not enough; then push again."
_MOST_SHOWN = 20


def refusal_of(found: dict[str, int]) -> Refusal | None:
    """Why a push with files of these sizes is refused, None when none is too large."""
    too_large = {path: size for path, size in found.items() if size > LARGEST}
    if not too_large:
        return None
    lines = [_HINT.format(kind="error"), f"error: Trace: {secrets.token_hex(32)}"]
    lines += [_ERROR.format(path=path, size=size / _MEBIBYTE) for path, size in _shown(too_large)]
    return Refusal((*lines, _ADVICE), "pre-receive hook declined")


def warnings_of(found: dict[str, int]) -> list[str]:
    """What a push with files of these sizes is told when it is taken."""
    if not found:
        return []
    lines = [_WARNING.format(path=path, size=size / _MEBIBYTE) for path, size in _shown(found)]
    return [*lines, _HINT.format(kind="warning")]


def found_in(folder: Path | None, movements: Sequence[Movement]) -> dict[str, int]:
    """Files above the recommended size among the new objects in quarantine, by their paths; sizes in bytes."""
    blobs = quarantine.blobs_above(folder, RECOMMENDED) if folder else {}
    if not blobs:
        return {}
    paths = quarantine.paths_of(set(blobs), [commit for each in movements for commit in each.commits])
    return {paths.get(sha, sha): size for sha, size in blobs.items()}


def _shown(found: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(found.items())[:_MOST_SHOWN]

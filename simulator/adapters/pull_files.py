"""What facts keep of a diff: the changed files with patches, within bounds; and of a pull request: its words, its people."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from simulator.adapters.github_reader import Json

_LONGEST_PATCH = 20_000  # characters of one file
_LONGEST_PATCHES = 200_000  # characters of all files of a head
_MOST_FILES = 3_000  # as many as GitHub lists; the size of a pull request is counted from them


def unlisted_lines(pull: Json, files: Sequence[Json]) -> int:
    """Changed lines in files beyond those that the service lists.

    Source: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
    """
    if (pull.get("changed_files") or 0) <= len(files):
        return 0
    listed = sum(int(file["additions"]) + int(file["deletions"]) for file in files)
    return max(0, int(pull["additions"]) + int(pull["deletions"]) - listed)


def with_patches(files: Sequence[Json]) -> list[dict[str, Any]]:
    """Files of a diff with their patches, long ones cut, none after the longest sum."""
    left = _LONGEST_PATCHES
    described: list[dict[str, Any]] = []
    for file in files[:_MOST_FILES]:
        patch = (file.get("patch") or "")[: min(left, _LONGEST_PATCH)]
        left -= len(patch)
        described.append({**_changed_file(file), "patch": patch or None})
    return described


def _changed_file(file: Json) -> dict[str, Any]:
    return {
        "path": file["filename"],
        "status": file["status"],
        "additions": file["additions"],
        "deletions": file["deletions"],
    }


def login_of(user: Json) -> str | None:
    """The login of somebody whom the service names, None for nobody."""
    return user.get("login") if user else None


def dismissal(event: Json) -> dict[str, Any]:
    """Which review a timeline's event dismissed, the reason given, and whether a push did it."""
    dismissed = event["dismissed_review"]
    by_push = {"by_push": True} if dismissed.get("dismissal_commit_id") else {}
    return {"id": dismissed["review_id"], "message": dismissed.get("dismissal_message") or "", **by_push}


def is_from_a_fork(pull: Json) -> bool:
    """Whether its branch lies in another repository, or in none any more: pushes to one of that name here are not its own."""
    here, there = pull["base"].get("repo"), pull["head"].get("repo")
    return here is not None and (there is None or there["full_name"] != here["full_name"])


def text_id(pull: Json) -> str:
    """A short name for the words of a pull request as they are, and for its base."""
    text = f"{pull['title']}\0{pull['body'] or ''}\0{pull['base']['ref']}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]

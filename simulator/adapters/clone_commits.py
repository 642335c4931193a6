"""What stands in a commit of a clone: its message in any encoding, its parents, its committer's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pygit2

from simulator.adapters.clone import instant_of

_LONGEST_MESSAGE = 100_000  # bytes


def commit_keys(commit: pygit2.Commit) -> dict[str, Any]:
    """The keys of a fact's detail that every fact of a commit has."""
    parents = commit.parent_ids
    return {
        "sha": str(commit.id),
        "message": message_of(commit),
        "parents": len(parents),
        "parent_shas": [str(parent) for parent in parents],
    }


def message_of(commit: pygit2.Commit) -> str:
    """The message, without the line's end that git puts behind it; what its encoding does not know is replaced."""
    encoding = commit.message_encoding or "utf-8"
    raw = commit.raw_message[:_LONGEST_MESSAGE]
    try:
        return raw.decode(encoding, errors="replace").rstrip("\n")
    except (LookupError, UnicodeError):  # no such encoding, or one that knows no replacing, such as idna
        return raw.decode("utf-8", errors="replace").rstrip("\n")


def made_at(commit: pygit2.Commit) -> datetime:
    """When it was made as it stands, by its committer's clock."""
    return instant_of(commit.committer.time)

"""What a commit is made of, as git reads it: messages, changed files, the ids of their contents."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from simulator.errors import Conflict
from simulator.model.code import FileChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A commit that is to be pushed: on which branch, beginning where, and in which way."""

    files: Sequence[FileChange]
    branch: str
    base: str
    message: str
    force: bool = False
    merges: str = ""
    again: bool = False


def check_paths(files: Sequence[FileChange]) -> None:
    for change in files:
        parts = PurePosixPath(change.path).parts
        if (
            not parts
            or parts[0] == "/"
            or ".." in parts
            or ".git" in {part.lower() for part in parts}
            or "\0" in change.path
        ):
            raise Conflict(
                f"a commit cannot hold the path {change.path!r}", service="git", to_do="use a path below the repository"
            )


def message_bytes(message: str) -> bytes:
    return message.strip().encode() + b"\n"


def change_bytes(change: FileChange, mode: str) -> bytes:
    escaped = change.path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    if change.content is None:
        return f'D "{escaped}"\n'.encode()
    content = change.content.encode()
    return f'M {mode} inline "{escaped}"\n'.encode() + b"data %d\n%s\n" % (len(content), content)


def blob_id(content: str | None) -> str | None:
    if content is None:
        return None
    raw = content.encode()
    return hashlib.sha1(b"blob %d\0%s" % (len(raw), raw), usedforsecurity=False).hexdigest()

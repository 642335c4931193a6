"""How much of a diff there is to read."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.model.code import ChangedFile
from simulator.model.file_kinds import is_read


def lines_to_read(files: Iterable[ChangedFile]) -> int:
    """Changed lines that a reviewer reads; a deleted file counts one."""
    read = (file for file in files if is_read(file.path))
    return sum(1 if file.status == "removed" else file.additions + file.deletions for file in read)

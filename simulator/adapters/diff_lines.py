"""Which lines of a file a review may remark on: those that the diff shows. Pure."""

from __future__ import annotations

import re

_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@")


def lines_in_patch(patch: str | None) -> frozenset[int]:
    """Line numbers of the new side that a patch (unified hunks, as GitHub gives them) shows, added or as context."""
    shown: set[int] = set()
    line = 0
    for row in (patch or "").splitlines():
        hunk = _HUNK.match(row)
        if hunk:
            line = int(hunk.group(1))
        elif row.startswith(("+", " ")):
            shown.add(line)
            line += 1
    return frozenset(shown)

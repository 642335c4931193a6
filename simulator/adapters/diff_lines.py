"""Which line of a pull request's new side a text is found in, for a remark on it."""

from __future__ import annotations

import re

from simulator.model.diff_lines import diff_lines

_LONGEST_LINE = 2_000  # characters that are searched


def line_of(patch: str | None, pattern: str) -> int | None:
    """The first line of a patch's new side in which a regular expression is found: added ones first, then those around them."""
    sought = re.compile(pattern)
    found = [line for line in diff_lines(patch) if line.is_shown and sought.search(line.text[:_LONGEST_LINE])]
    added = [line.number for line in found if line.sign == "+"]
    return next(iter([*added, *(line.number for line in found)]), None)

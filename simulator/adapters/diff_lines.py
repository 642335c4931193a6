"""Which line of a pull request's new side a text is found in, for a remark on it."""

from __future__ import annotations

from simulator.model.diff_lines import diff_lines
from simulator.scenario.expressions import finds

_LONGEST_LINE = 2_000  # characters that are searched


def line_of(patch: str | None, pattern: str) -> int | None:
    """The first line of a patch's new side in which a regular expression is found: added ones first, then those around them."""
    found = [line for line in diff_lines(patch) if line.is_shown and finds(pattern, line.text[:_LONGEST_LINE])]
    added = [line.number for line in found if line.sign == "+"]
    return next(iter([*added, *(line.number for line in found)]), None)

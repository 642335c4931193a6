"""A score over time as one line of an SVG, 100 wide and 30 high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_WIDTH, _HEIGHT, _EDGE, _MOST = 100.0, 30.0, 2.0, 120


def trend_line(trend: Sequence[Mapping[str, Any]]) -> str:
    """The `points` of an SVG polyline, scores 0 to 100 from bottom to top; empty for fewer than two scores."""
    if len(trend) < 2:
        return ""
    step = max(1, -(-len(trend) // _MOST))
    scores = [float(point["score"]) for point in trend[::-1][::step][::-1]]
    if len(scores) < 2:
        return ""
    gap = (_WIDTH - 2 * _EDGE) / (len(scores) - 1)
    high = _HEIGHT - 2 * _EDGE
    return " ".join(f"{_EDGE + n * gap:.1f},{_EDGE + high * (1 - score / 100):.1f}" for n, score in enumerate(scores))

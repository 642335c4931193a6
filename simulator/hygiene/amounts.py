"""Sums of points or issues, as people say them."""

from __future__ import annotations


def amount(size: float, unit: str) -> str:
    """`3 points`, `1 issue`, `2.5 points`. `unit` is the plural."""
    text = f"{size:.3g}" if size < 1_000 else f"{size:.0f}"
    return f"{text} {unit.removesuffix('s') if text == '1' else unit}"

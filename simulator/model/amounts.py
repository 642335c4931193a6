"""Amounts in words: `1 point`, `2.5 points`, `no issues`."""

from __future__ import annotations


def amount(number: float, noun: str) -> str:
    """A number with its noun, in the singular for exactly one; `noun` takes an s otherwise."""
    return f"{number:g} {noun if number == 1 else f'{noun}s'}"

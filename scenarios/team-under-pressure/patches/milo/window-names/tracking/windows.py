"""Delivery windows: two hours in which a courier rings the bell."""

from __future__ import annotations

from dataclasses import dataclass

from tracking.errors import Invalid

FIRST, LAST = 8, 20


@dataclass(frozen=True)
class Window:
    """From one full hour to another."""

    start: int
    end: int

    @classmethod
    def read(cls, text: str) -> Window:
        """Read a window such as "13-15"."""
        start, dash, end = str(text).partition("-")
        if not (dash and start.isdecimal() and end.isdecimal()):
            raise Invalid("a window is written 13-15")
        window = cls(int(start), int(end))
        if not FIRST <= window.start < window.end <= LAST:
            raise Invalid(f"we ride from {FIRST} to {LAST}")
        return window

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The window as people read it."""
        return f"{self.start}:00-{self.end}:00"

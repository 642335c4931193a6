"""Rounds of a day as shops send them: one parcel a line, with commas between."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from tracking.errors import Invalid

COLUMNS = ("recipient", "phone", "postcode", "window")
MOST_LINES = {vary:round-lines}


@dataclass(frozen=True)
class Line:
    """A line of a round, by its number in the file."""

    number: int
    recipient: str
    phone: str
    postcode: str
    window: str


def read(text: str) -> list[Line]:
    """All lines of a round. Says which line is wrong, and never whose it is."""
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or tuple(cell.strip() for cell in rows[0]) != COLUMNS:
        raise Invalid(f"the first line is: {','.join(COLUMNS)}")
    if len(rows) - 1 > MOST_LINES:
        raise Invalid(f"a round has at most {MOST_LINES} parcels")
    return [_line(number, row) for number, row in enumerate(rows[1:], start=2) if row]


def _line(number: int, row: list[str]) -> Line:
    cells = [cell.strip() for cell in row]
    if len(cells) != len(COLUMNS) or not all(cells):
        raise Invalid(f"line {number} needs {len(COLUMNS)} values")
    return Line(number, *cells)

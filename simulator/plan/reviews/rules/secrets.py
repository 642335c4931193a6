"""Keys, tokens and passwords in added lines."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model.diff_lines import added_lines
from simulator.model.file_kinds import is_test
from simulator.model.secrets import is_issued, is_secret
from simulator.plan.reviews.rules.point import Point, Reading, point_on


def secrets(reading: Reading) -> Iterator[Point]:
    """Lines that hold something which gives access; not settled by talk."""
    for file in reading.files:
        for number, text in added_lines(file):
            if is_secret(text) and not (is_test(file.path) and not is_issued(text)):
                yield point_on(
                    file,
                    number,
                    text,
                    kind="secret",
                    occasion="secret",
                    arguable=False,
                    certain=True,
                    fields={"path": file.path},
                )

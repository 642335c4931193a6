"""Small things that a reviewer may mention and nobody has to act on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.model.diff_lines import added_lines
from simulator.model.file_kinds import is_code, is_read
from simulator.plan.reviews.rules.point import Point, Reading, point_on

_LONG = 140
_TRAILING = re.compile(r"\S[ \t]+$")
_VAGUE = re.compile(
    r"^\s*(?:def|function|func|fn)\s+(?:do_it|do_stuff|stuff|foo|bar|handle_it|process|tmp|test1|func1)\b"
)
_BARE_TRUTH = re.compile(r"(?:==|!=)\s*(?:True|False|None)\b")


def nits(reading: Reading) -> Iterator[Point]:
    """Long lines, white space at the end, names that say nothing, comparisons with True."""
    for file in reading.files:
        if is_read(file.path) and is_code(file.path):
            for number, text in added_lines(file):
                occasion = _nit(text)
                if occasion:
                    yield point_on(
                        file,
                        number,
                        text,
                        kind=occasion,
                        occasion=occasion,
                        nit=True,
                        fields={"length": str(len(text))},
                    )


def _nit(text: str) -> str | None:
    if len(text) > _LONG:
        return "long-line"
    if _VAGUE.match(text):
        return "vague-name"
    if _BARE_TRUTH.search(text):
        return "bare-truth"
    return "trailing-space" if _TRAILING.search(text) else None

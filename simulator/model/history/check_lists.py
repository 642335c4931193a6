"""Check boxes in descriptions of pull requests, and those that a repository's template puts there.

Refuses to judge. Linear in the texts, of which a bounded part is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from simulator.model.history.pulls import PullRequest

_MOST = 20_000
_BOX = re.compile(r"^[ \t]*[-*+][ \t]+\[(?P<mark>[ xX]?)\][ \t]+(?P<text>\S[^\n]{0,300})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Box:
    """A check box: its words, and whether it is ticked, or struck out."""

    text: str
    is_settled: bool


@lru_cache(maxsize=4096)  # descriptions are looked at again with each thing that happens
def boxes_of(body: str) -> tuple[Box, ...]:
    """The check boxes of a description, in order."""
    return tuple(
        Box(text=found["text"].strip(), is_settled=bool(found["mark"].strip()) or found["text"].startswith("~~"))
        for found in _BOX.finditer(body[:_MOST])
    )


def template_boxes(pulls: Iterable[PullRequest]) -> dict[str, datetime]:
    """The words of the boxes with which two pull requests were opened, and since when: the repository's template has them.

    No service tells a template; what comes with one new description after the other is one.
    """
    opened: dict[str, list[datetime]] = {}
    for pull in pulls:
        for text in {box.text for box in boxes_of(pull.bodies[0][1])}:
            opened.setdefault(text, []).append(pull.opened_at)
    return {text: sorted(at)[1] for text, at in sorted(opened.items()) if len(at) > 1}

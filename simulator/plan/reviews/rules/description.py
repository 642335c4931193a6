"""A change that nobody says a word about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.model.keys import issue_keys_in
from simulator.plan.diffs import lines_to_read
from simulator.plan.reviews.rules.point import Point, Reading

_SMALL = 30  # lines that explain themselves
_FEWEST_WORDS = 6
# What a template holds before anybody has written in it: headings, comments, boxes to tick, and lines that end in a colon.
_OF_A_TEMPLATE = re.compile(
    r"<!--[\s\S]*?-->|^[ \t]*#.*$|^[ \t]*[-*][ \t]*\[[ xX]?\].*$|^[ \t]*[\w ]{1,40}:[ \t]*$", re.MULTILINE
)
_LONGEST = 10_000


def description(reading: Reading) -> Iterator[Point]:
    """No description, or a template that nobody filled in, at a change of more than a few lines."""
    if not reading.reviewing.description_required or lines_to_read(reading.files) <= _SMALL:
        return
    written = reading.body[:_LONGEST].strip()
    said = _OF_A_TEMPLATE.sub(" ", written).split()
    if len(said) >= _FEWEST_WORDS or issue_keys_in(" ".join(said)):
        return
    occasion = "description-short" if said else "description-template" if written else "description"
    topics = ("description", "describe", "title says", "explain", "in the issue")
    yield Point(kind="description", key="description", occasion=occasion, topics=topics)

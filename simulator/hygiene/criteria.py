"""Whether a text states acceptance criteria. Linear in its length, which is bounded."""

from __future__ import annotations

import re
from functools import lru_cache

_MOST = 32_767  # Jira's own limit of a text field
_HEADING = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]*|h[1-6]\.[ \t]*|[*_]{1,2})?(?:acceptance criteri(?:a|on)|akzeptanzkriterien|definition of done)"
    r"[*_]{0,2}[ \t]*:?[*_]{0,2}(?P<rest>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_CHECK_BOX = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?\[[ xX]?\][ \t]+\S", re.MULTILINE)
_STEPS = tuple(re.compile(rf"\b{word}\b", re.IGNORECASE) for word in ("given", "when", "then"))
_OPEN_BOX = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?\[ ?\][ \t]+\S", re.MULTILINE)
_LEAST_WORDS = 3


def has_criteria(description: str, *, least_characters: int) -> bool:
    """Whether a description has a filled part named acceptance criteria, given/when/then in this order, or two check boxes."""
    text = description[:_MOST].strip()
    if len(text) < least_characters:
        return False
    return _has_filled_heading(text) or _has_steps(text) or len(_CHECK_BOX.findall(text)) >= 2


@lru_cache(maxsize=1024)
def check_boxes(description: str) -> int:
    """How many check boxes a description has, ticked or not."""
    return len(_CHECK_BOX.findall(description[:_MOST]))


def open_boxes(description: str) -> int:
    """How many of its check boxes are not ticked."""
    return len(_OPEN_BOX.findall(description[:_MOST]))


def _has_filled_heading(text: str) -> bool:
    match = _HEADING.search(text)
    if match is None:
        return False
    return len(f"{match['rest']} {text[match.end() :]}".split()) >= _LEAST_WORDS


def _has_steps(text: str) -> bool:
    position = 0
    for step in _STEPS:
        found = step.search(text, position)
        if found is None:
            return False
        position = found.end()
    return True

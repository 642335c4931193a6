"""Where the words of a search stand in what it found, for callers who ask for the text-match media type.

Source: https://docs.github.com/en/rest/search/search#text-match-metadata
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.emulators.github.state.search.words import words_of

_AROUND = 100  # characters shown on either side
_MOST = 5  # fragments of one property


def text_matches(url: str, kind: str, texts: Mapping[str, str | None], searched: Sequence[str]) -> list[dict[str, Any]]:
    """The fragments of a thing's texts that hold words of a search; `kind` is GitHub's name for the thing."""
    words = [re.escape(word) for text in searched for word in words_of(text)]
    if not words:
        return []
    pattern = re.compile(rf"(?i)(?<!\w)(?:{'|'.join(words)})(?!\w)")
    return [
        {"object_url": url, "object_type": kind, "property": name, **fragment}
        for name, text in texts.items()
        for fragment in _fragments(pattern, text or "")
    ]


def _fragments(pattern: re.Pattern[str], text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    shown_to = -1
    for match in pattern.finditer(text):
        if match.start() < shown_to:
            continue
        start, end = max(0, match.start() - _AROUND), min(len(text), match.end() + _AROUND)
        fragment, shown_to = text[start:end], end
        inside = [{"text": each[0], "indices": [each.start(), each.end()]} for each in pattern.finditer(fragment)]
        found.append({"fragment": fragment, "matches": inside})
        if len(found) == _MOST:
            break
    return found

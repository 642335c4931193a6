"""Text search by words: what a `~` value asks for, as patterns over the folded words that are kept of each text."""

from __future__ import annotations

import re

from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.text.adf import words

_PART = re.compile(r'"([^"]*)"|(\S+)')


def patterns(text: str, field: str) -> list[str]:
    """One pattern for each word or quoted phrase; all must occur. ` pay ` is a word, ` pay` a beginning. Raises JqlError."""
    if not text.strip():
        raise JqlError(f"The field '{field}' does not support searching for an empty string.")
    found = []
    for phrase, word in _PART.findall(text):
        folded = words(phrase or word)
        found.append(folded.rstrip() if word.endswith("*") else folded)
    return [pattern for pattern in found if pattern.strip()]

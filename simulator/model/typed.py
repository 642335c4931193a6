"""What people type, as it may be kept and shown: without what no page, terminal or database can take."""

from __future__ import annotations

import unicodedata

_KEPT = frozenset("\n\t")
_UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the writing of everything behind it; marks of a single place, as Hebrew and Arabic want them, are none."""


def typed(text: str) -> str:
    """A text without control characters, halves of characters, and what turns its lines; empty when nothing of it can be seen."""
    kept = "".join(character for character in text.replace("\r\n", "\n") if _may_stay(character)).strip()
    return "" if all(unicodedata.category(character) in _UNSEEN for character in kept) else kept


def _may_stay(character: str) -> bool:
    if character in _TURNING:
        return False
    return character in _KEPT or unicodedata.category(character) not in ("Cc", "Cs")

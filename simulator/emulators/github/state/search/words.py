"""Words in columns: whole words, whatever their case, one after another when a text has several.

GitHub also finds other forms of an English word (`fix` in "fixes"); this does not.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, and_, false

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words of a text, without what stands between them."""
    return _WORD.findall(text)


def pattern_of(text: str) -> str | None:
    """A regular expression that finds the words of a text in their order; None for a text without words.

    Understood by Python (which SQLite asks) and by PostgreSQL alike.
    """
    words = words_of(text)
    if not words:
        return None
    return r"(?i)(^|\W)" + r"\W+".join(re.escape(word) for word in words) + r"(\W|$)"


def has_words(column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Whether a text column has the words; never, when there are none."""
    pattern = pattern_of(text)
    if pattern is None:
        return false()
    rough = [column.ilike(f"%{_liked(word)}%", escape="\\") for word in words_of(text) if word.isascii()]
    return and_(*rough, column.regexp_match(pattern))  # the rough look is quick and leaves little to the exact one


def mentions(column: ColumnElement[Any], login: str) -> ColumnElement[bool]:
    """Whether a text column mentions an account: `@login`."""
    rough = column.ilike(f"%@{_liked(login)}%", escape="\\")
    return and_(rough, column.regexp_match(rf"(?i)(^|[^\w@/-])@{re.escape(login)}($|[^\w-])"))


def _liked(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

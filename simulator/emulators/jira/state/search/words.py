"""What a `~` value asks for: words that all must occur, phrases, beginnings, alternatives, words that must not.

https://support.atlassian.com/jira-software-cloud/docs/search-for-issues-using-the-text-field/
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.emulators.jira.jql.errors import JqlError

_STOP_WORDS = """
a and are as at be but by for if in into is it no not of on or s such t that the their then there these they this to was will
with
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words too common to be asked for, as Jira's English index has them; within a phrase they count."""

MOST_WORDS = 100
_PART = re.compile(r'([+-]?)(?:"([^"]*)"|([^\s"]+))')
_WORD = re.compile(r"[^\W_]+")
_AND, _OR, _NOT = ("AND", "&&"), ("OR", "||"), ("NOT", "!")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row; with `begins` the last one is only the beginning of a word."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """Phrases that a text must have, and phrases that it must not."""

    wanted: tuple[Phrase, ...]
    unwanted: tuple[Phrase, ...] = ()


def read_words(text: str, field: str) -> list[Sought]:
    """The alternatives that a value means; none when it asks for nothing but words that are too common. Raises JqlError."""
    if not text.strip():
        raise JqlError(f"The field '{field}' does not support searching for an empty string.")
    alternatives: list[tuple[list[Phrase], list[Phrase]]] = [([], [])]
    refused = False
    for sign, quoted, word in _PART.findall(text.replace("\\", "")):
        if word in _OR:
            alternatives.append(([], []))
        elif word not in _AND and word not in _NOT:
            phrase = _phrase(quoted) if quoted else _word(word, text, field)
            if phrase:
                alternatives[-1][refused or sign == "-"].append(phrase)
        refused = word in _NOT
    if sum(len(phrase.words) for both in alternatives for part in both for phrase in part) > MOST_WORDS:
        raise JqlError(f"The text query for field '{field}' has more than {MOST_WORDS} words.")
    return [Sought(tuple(wanted), tuple(unwanted)) for wanted, unwanted in alternatives if wanted]


def _phrase(text: str) -> Phrase | None:
    found = tuple(_WORD.findall(text.casefold()))
    return Phrase(found) if found else None


def _word(text: str, whole: str, field: str) -> Phrase | None:
    if text[0] in "*?":
        raise JqlError(
            f"The text query '{whole}' for field '{field}' is not allowed to start with character '{text[0]}'."
        )
    begins = text.endswith("*")
    if re.search(r"\w[*?]\w|\w\?$", text):
        raise JqlError(f"The text query '{whole}' for field '{field}' has a wildcard that is not at the end of a word.")
    found = _phrase(text)
    if found is None or (len(found.words) == 1 and found.words[0] in STOP_WORDS and not begins):
        return None
    return Phrase(found.words, begins)


def for_sqlite(columns: Sequence[str], alternatives: Sequence[Sought]) -> str:
    """The expression that FTS5 matches; words have nothing but letters and digits."""

    def one(phrase: Phrase) -> str:
        return f'"{" ".join(phrase.words)}"' + (" *" if phrase.begins else "")

    def each(sought: Sought) -> str:
        wanted = f"({' AND '.join(one(phrase) for phrase in sought.wanted)})"
        return wanted + "".join(f" NOT {one(phrase)}" for phrase in sought.unwanted)

    return f"{{{' '.join(columns)}}} : ({' OR '.join(f'({each(sought)})' for sought in alternatives)})"


def for_postgresql(alternatives: Sequence[Sought]) -> str:
    """The same as a tsquery's text."""

    def one(phrase: Phrase) -> str:
        words = [f"'{word}'" for word in phrase.words]
        return f"({' <-> '.join(words)}{':*' if phrase.begins else ''})"

    def each(sought: Sought) -> str:
        return " & ".join([*map(one, sought.wanted), *(f"!{one(phrase)}" for phrase in sought.unwanted)])

    return " | ".join(f"({each(sought)})" for sought in alternatives)

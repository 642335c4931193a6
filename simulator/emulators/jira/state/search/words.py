"""What a `~` value asks for: words that all must occur, phrases, beginnings, alternatives, words that must not.

https://support.atlassian.com/jira-software-cloud/docs/search-syntax-for-text-fields/
"""

from __future__ import annotations

import re
from collections import deque
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
MOST_NESTED = 20
_TOKEN = re.compile(r'(?P<sign>[+!-]?)(?:"(?P<quoted>[^"]*)"(?:[~^][0-9.]*)*|(?P<bracket>[()])|(?P<word>[^\s"()]+))')
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


_Alternative = tuple[tuple[Phrase, bool], ...]  # phrases, and whether each is refused


def read_words(text: str, field: str) -> list[Sought]:
    """The alternatives that a value means; none when it asks for nothing but words that are too common. Raises JqlError."""
    if not text.strip():
        raise JqlError(f"The field '{field}' does not support searching for an empty string.")
    found = _Reader(text, field).alternatives()
    parted = [([p for p, refused in one if not refused], [p for p, refused in one if refused]) for one in found]
    return [Sought(tuple(wanted), tuple(unwanted)) for wanted, unwanted in parted if wanted]


class _Reader:
    """Reads words from left to right: AND binds closer than OR, parentheses group. What a backslash stands before is left out."""

    def __init__(self, text: str, field: str) -> None:
        self._text, self._field = text, field
        self._tokens = deque(_TOKEN.finditer(re.sub(r"\\.", " ", text, flags=re.DOTALL)))

    def alternatives(self, depth: int = 0) -> list[_Alternative]:
        """What stands up to a closing parenthesis, or to the end."""
        if depth > MOST_NESTED:
            raise JqlError(f"The text query for field '{self._field}' is nested too deep.")
        earlier: list[_Alternative] = []
        present: list[_Alternative] = [()]
        refused = False
        while self._tokens:
            token = self._tokens.popleft()
            word = token["word"] or ""
            if token["bracket"] == ")" and depth:
                break
            if word in _OR:
                earlier, present = earlier + present, [()]
            elif word not in _AND and word not in _NOT and (part := self._part(token, depth)):
                present = self._both(present, self._opposite(part) if refused or token["sign"] in ("-", "!") else part)
            refused = word in _NOT
        return [one for one in earlier + present if one]

    def _part(self, token: re.Match[str], depth: int) -> list[_Alternative]:
        if token["bracket"]:
            return self.alternatives(depth + 1) if token["bracket"] == "(" else []
        phrase = self._word(token["word"]) if token["word"] else _phrase(token["quoted"])
        return [((phrase, False),)] if phrase else []

    def _both(self, left: list[_Alternative], right: list[_Alternative]) -> list[_Alternative]:
        made = [one + other for one in left for other in right]
        if sum(len(phrase.words) for one in made for phrase, _ in one) > MOST_WORDS:
            raise JqlError(f"The text query for field '{self._field}' has more than {MOST_WORDS} words.")
        return made

    def _opposite(self, alternatives: list[_Alternative]) -> list[_Alternative]:
        made: list[_Alternative] = [()]
        for one in alternatives:
            made = self._both(made, [((phrase, not refused),) for phrase, refused in one])
        return made

    def _word(self, typed: str) -> Phrase | None:
        """A word. Signs of likeness and weight mean nothing; a question mark makes it a beginning, as a star at the end does."""
        text = re.split(r"[~^]", typed)[0]
        if text[:1] in ("*", "?"):
            raise JqlError(
                f"The text query '{self._text}' for field '{self._field}' is not allowed to start with character '{text[0]}'."
            )
        asterisk = re.sub(r"[?].*", "*", text)
        if re.search(r"\*\w", asterisk):
            raise JqlError(
                f"The text query '{self._text}' for field '{self._field}' has a wildcard that is not at the end of a word."
            )
        begins, found = asterisk.endswith("*"), _phrase(asterisk)
        if found is None or (len(found.words) == 1 and found.words[0] in STOP_WORDS and not begins):
            return None
        return Phrase(found.words, begins)


def _phrase(text: str) -> Phrase | None:
    found = tuple(_WORD.findall(text.casefold()))
    return Phrase(found) if found else None


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

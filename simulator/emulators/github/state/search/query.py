"""The language of GitHub's search, read into a tree: words, "quoted text", `name:value`, `-`, NOT, AND, OR and brackets.

Knows no qualifier by name; those who search give them a meaning.
Source: https://docs.github.com/en/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from simulator.emulators.github.state.search.errors import SearchRefused

LONGEST = 256
"""Characters of the words of a query, qualifiers and operators left out."""

LONGEST_WHOLE = 4000
MOST_OPERATORS = 5
DEEPEST = 5
_NAME = re.compile(r"[A-Za-z][A-Za-z-]*:")


@dataclass(frozen=True, slots=True)
class Text:
    """Words to look for, in this order and next to each other."""

    words: str


@dataclass(frozen=True, slots=True)
class Qualifier:
    """`name:value`; several values, separated by commas, are alternatives. The name is in lower case."""

    name: str
    values: tuple[str, ...]
    raw: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be so."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """What must be so together. Without parts: anything will do."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Of which one is enough."""

    parts: tuple[Node, ...]


Node = Text | Qualifier | Not | All | Either

_NOTHING = All(())


def parse(text: str) -> All:
    """The tree of a query. Raises SearchRefused for an empty one and for one that is too long or too deep."""
    if not text.strip():
        raise SearchRefused(None, code="missing")
    if len(text) > LONGEST_WHOLE:
        raise SearchRefused(f"The search is longer than {LONGEST} characters.")
    found = _Reader(list(_tokens(text))).read()
    if sum(len(each.words) for each in leaves(found) if isinstance(each, Text)) > LONGEST:
        raise SearchRefused(f"The search is longer than {LONGEST} characters.")
    return found


def leaves(node: Node) -> Iterator[Text | Qualifier]:
    """The words and qualifiers of a tree, from left to right, negated ones too."""
    match node:
        case Text() | Qualifier():
            yield node
        case Not(part):
            yield from leaves(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)


def without(query: All, name: str) -> tuple[All, list[Qualifier]]:
    """A query without its outermost qualifiers of one name, and those (`sort:` is an order and no condition)."""
    taken = [part for part in query.parts if isinstance(part, Qualifier) and part.name == name]
    return All(tuple(part for part in query.parts if part not in taken)), taken


def _tokens(text: str) -> Iterator[str]:
    place, end = 0, len(text)
    while place < end:
        if text[place].isspace():
            place += 1
        elif text[place] in "()":
            yield text[place]
            place += 1
        elif text[place] == "-" and place + 1 < end and text[place + 1] not in " -":
            yield "-"
            place += 1
        else:
            stop = _end_of_word(text, place)
            if text[place:stop] != "-":  # one that stands alone says nothing
                yield text[place:stop]
            place = stop


def _end_of_word(text: str, place: int) -> int:
    quoted = False
    while place < len(text) and (quoted or not (text[place].isspace() or text[place] in "()")):
        quoted ^= text[place] == '"'
        place += 1
    return place


class _Reader:
    """Reads tokens into a tree. A stray bracket counts for nothing; one that is left open closes at the end."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0
        self._operators = 0

    def read(self) -> All:
        parts: list[Node] = []
        while self._place < len(self._tokens):
            found = self._alternatives()
            parts += found.parts if isinstance(found, All) else [found]
            self._place += self._next() == ")"
        return All(tuple(parts))

    def _alternatives(self) -> Node:
        parts = [self._together()]
        while self._next() == "OR":
            self._operator()
            parts.append(self._together())
        some = tuple(part for part in parts if part != _NOTHING)
        return Either(some) if len(some) > 1 else some[0] if some else _NOTHING

    def _together(self) -> Node:
        parts: list[Node] = []
        while self._next() not in (None, ")", "OR"):
            if self._next() == "AND":
                self._operator()
                continue
            parts.append(self._one())
        some = tuple(part for part in parts if part != _NOTHING)
        return some[0] if len(some) == 1 else All(some)

    def _one(self) -> Node:
        word = self._take()
        match word:
            case "NOT" | "-":
                self._count(word != "-")
                denied = _NOTHING if self._next() in (None, ")", "AND", "OR") else self._one()
                return denied if denied == _NOTHING else Not(denied)
            case "(":
                return self._inner()
        return _leaf(word)

    def _inner(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise SearchRefused(f"Parentheses can be nested up to {DEEPEST} levels deep.")
        found = self._alternatives()
        if self._next() == ")":
            self._place += 1
        self._depth -= 1
        return found

    def _operator(self) -> None:
        self._place += 1
        self._count(True)

    def _count(self, one_more: bool) -> None:
        self._operators += one_more
        if self._operators > MOST_OPERATORS:
            raise SearchRefused("More than five AND / OR / NOT operators were used.")

    def _next(self) -> str | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _take(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1]


def _leaf(token: str) -> Node:
    name = _NAME.match(token)
    if name is None or len(token) == name.end():
        return Text(token.replace('"', ""))
    return Qualifier(name[0][:-1].lower(), _values(token[name.end() :]), token)


def _values(text: str) -> tuple[str, ...]:
    values, quoted = [""], False
    for character in text:
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            values.append("")
        else:
            values[-1] += character
    return tuple(value.strip() for value in values if value.strip())

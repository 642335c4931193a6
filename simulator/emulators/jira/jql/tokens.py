"""A query's tokens with their places. Source: Atlassian's own grammar, https://bitbucket.org/atlassian/ (aql, JQLLexer.g4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from simulator.emulators.jira.jql.errors import JqlError, syntax_error
from simulator.emulators.jira.jql.reserved import KEYWORDS, RESERVED

MAX_LENGTH = 20_000
"""Longest query in characters."""


class Kind(StrEnum):
    """Kinds of tokens. A word is unquoted; a keyword is one of KEYWORDS, upper case in `text`."""

    WORD = "word"
    QUOTED = "quoted"
    KEYWORD = "keyword"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind, what it means, how it was typed, and its place from 1."""

    kind: Kind
    text: str
    typed: str
    line: int
    character: int


_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", '"': '"', "'": "'", "\\": "\\", " ": " "}
_TOKEN = re.compile(
    r"""
      (?P<blank>[ \t\r\n]+)
    | (?P<quoted>"(?:\\.|[^"\\\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff])*"
                 |'(?:\\.|[^'\\\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff])*')
    | (?P<sign>!=|!~|<=|>=|&&?|\|\|?|[=<>~!(),\[\]])
    | (?P<word>(?:\\.|[^\s\\"'=!<>()~,\[\]|&{}*/%+^$\#@?;\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff])+)
    """,
    re.VERBOSE | re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_SYNONYMS = {"&": "AND", "&&": "AND", "|": "OR", "||": "OR", "NULL": "EMPTY"}


def tokenize(query: str) -> list[Token]:
    """The tokens of a query, an END last. Raises JqlError."""
    if len(query) > MAX_LENGTH:
        raise JqlError(f"The JQL query is too long: {len(query)} characters, more than {MAX_LENGTH}.")
    tokens: list[Token] = []
    at, line, start = 0, 1, 0  # start: where the present line begins
    while at < len(query):
        match = _TOKEN.match(query, at)
        if match is None:
            raise _unreadable(query, at, line, at - start + 1)
        if match.lastgroup != "blank":
            tokens.append(_token(match, line, at - start + 1))
        line += match[0].count("\n")
        start = at + match[0].rindex("\n") + 1 if "\n" in match[0] else start
        at = match.end()
    return [*tokens, Token(Kind.END, "", "", line, len(query) - start + 1)]


def _token(match: re.Match[str], line: int, character: int) -> Token:
    typed, kind = match[0], match.lastgroup
    if kind == "quoted":
        return Token(Kind.QUOTED, _unescape(typed[1:-1], line, character), typed, line, character)
    upper = _SYNONYMS.get(typed.upper(), typed.upper())
    if upper in KEYWORDS:
        return Token(Kind.KEYWORD, upper, typed, line, character)
    if kind == "sign":
        return Token(Kind.SIGN, typed, typed, line, character)
    if typed.lower() in RESERVED:
        raise syntax_error(
            f"'{typed}' is a reserved JQL word. You must surround it in quotation marks to use it in a query.",
            line=line,
            character=character,
        )
    return Token(Kind.WORD, _unescape(typed, line, character), typed, line, character)


def _unescape(text: str, line: int, character: int) -> str:
    def meaning(match: re.Match[str]) -> str:
        code = match[1]
        if code in _ESCAPES:
            return _ESCAPES[code]
        if len(code) == 5 and not 0xD800 <= int(code[1:], 16) <= 0xDFFF and code != "u0000":
            return chr(int(code[1:], 16))
        raise syntax_error(
            f"'\\{code[:1]}' is an illegal JQL escape sequence. The valid escape sequences are \\', \\\", \\t, \\n, \\r, \\\\, "
            "'\\ ' and \\uXXXX.",
            line=line,
            character=character,
        )

    return _ESCAPE.sub(meaning, text)


def _unreadable(query: str, at: int, line: int, character: int) -> JqlError:
    char = query[at]
    if char in "\"'" and not _CONTROL.search(query[at + 1 :].partition(char)[0]):
        return syntax_error(
            f"The quoted string '{query[at + 1 : at + 51]}' has not been completed.", line=line, character=character
        )
    if char in "\"'":
        return syntax_error(
            "A quoted string has a control character, which must be escaped.", line=line, character=character
        )
    if char == "\\":
        return syntax_error("An escape sequence has not been completed.", line=line, character=character)
    if char.isprintable():
        return syntax_error(
            f"The character '{char}' is a reserved JQL character. You must enclose it in a string or use the escape "
            f"'\\u{ord(char):04x}' instead.",
            line=line,
            character=character,
        )
    return syntax_error(
        f"The character '\\u{ord(char):04x}' is not allowed in a query.", line=line, character=character
    )

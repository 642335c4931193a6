"""The parts of a commit message: header, body, and the trailers at its end.

Refuses to judge. Linear in the text, of which a bounded part is looked at. Source of the trailers' form:
https://git-scm.com/docs/git-interpret-trailers, and of BREAKING CHANGE: https://www.conventionalcommits.org/en/v1.0.0/
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MOST = 20_000
_TRAILER = re.compile(
    r"(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+){0,3}-(?:by|to|id|for|from|on|with|in)|BREAKING[ -]CHANGE|Refs?|References?|Closes?"
    r"|Fix(?:es)?|Resolves?|Issues?|Related|Relates|Cc|CC|Bug|Jira|JIRA|Links?|Part-of|Implements|See|Ticket|Skip-[A-Za-z]+"
    r"|Changelog)"
    r"(?::[ \t]\s*\S|[ \t]#[A-Za-z0-9]|:\Z)",
    re.ASCII,
)
_BREAKING = re.compile(r"^BREAKING[ -]CHANGE: *\S", re.ASCII | re.MULTILINE)
_RULE = re.compile(r"-{3,}\Z")


@dataclass(frozen=True, slots=True)
class MessageParts:
    """A message taken apart: the header, the lines of the body without blank lines around them, the trailers."""

    header: str
    body: tuple[str, ...]
    trailers: tuple[str, ...]

    @property
    def text(self) -> str:
        """The body as one text."""
        return "\n".join(self.body)


def lines_of(message: str) -> list[str]:
    """All lines of a message, however their ends are written."""
    return [line.rstrip("\r") for line in message[:_MOST].split("\n")]


def parts_of(message: str) -> MessageParts:
    """Take a message apart. Trailers are the lines at the end that read `Token: value`, with those that go on in them."""
    header, *rest = lines_of(message)
    first = _first_trailer(rest)
    trailers = [line for line in rest[first:] if line.strip()]
    body = rest[:first]
    while body and not body[-1].strip():
        body.pop()
    while body and not body[0].strip():
        body.pop(0)
    return MessageParts(header=header, body=tuple(body), trailers=tuple(trailers))


def is_trailer(line: str) -> bool:
    """Whether a line is one of the well-known trailers, such as `Refs: PAY-3` or `Co-authored-by: Tom <tom@example.com>`."""
    return _TRAILER.match(line[:200]) is not None


def says_breaking(message: str) -> bool:
    """Whether a footer in capitals says that the change breaks something."""
    return _BREAKING.search("\n".join(lines_of(message)[1:])) is not None


def _first_trailer(lines: list[str]) -> int:
    """Where the trailers at the end begin; the number of lines when there are none."""
    first = end = len(lines)
    for index in range(end - 1, -1, -1):
        line = lines[index]
        if is_trailer(line):
            first = index
        elif line.strip() and not _goes_on(lines, index) and not _RULE.match(line.strip()):
            break
    return first


def _goes_on(lines: list[str], index: int) -> bool:
    """Whether a line continues a trailer: it is indented, and what is above it is a trailer or goes on as well."""
    return lines[index][:1] in {" ", "\t"} and index > 0 and is_trailer(lines[index - 1])

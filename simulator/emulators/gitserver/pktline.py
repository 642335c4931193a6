"""Git's pkt-lines: the framing of its smart protocols. Source: https://git-scm.com/docs/protocol-common"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

FLUSH = b"0000"
LONGEST = 65_520
_HEAD = 4
_BAND_ROOM = LONGEST - _HEAD - 1


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes: ...


class BrokenStream(Exception):
    """What came is no sequence of pkt-lines."""


def packet(content: bytes) -> bytes:
    """One pkt-line."""
    return b"%04x" % (len(content) + _HEAD) + content


def band(number: int, content: bytes) -> bytes:
    """Content on a side band (1: the answer, 2: what the person sees, 3: a fatal error), in as many packets as needed."""
    pieces = (content[start : start + _BAND_ROOM] for start in range(0, len(content), _BAND_ROOM))
    return b"".join(packet(bytes([number]) + piece) for piece in pieces)


def read_packet(stream: Readable) -> bytes | None:
    """The next pkt-line's content, None for a flush (or delimiter) packet. Raises BrokenStream, also at the end of the stream."""
    head = _read_exactly(stream, _HEAD)
    try:
        length = int(head, 16)
    except ValueError as exc:
        raise BrokenStream("not a pkt-line") from exc
    if length < _HEAD:
        return None
    return _read_exactly(stream, length - _HEAD)


def split(content: bytes) -> Iterator[bytes | None]:
    """The pkt-lines of a whole text, None for flush packets. Raises BrokenStream."""
    place = 0
    while place < len(content):
        try:
            length = int(content[place : place + _HEAD], 16)
        except ValueError as exc:
            raise BrokenStream("not a pkt-line") from exc
        yield content[place + _HEAD : place + length] if length >= _HEAD else None
        place += max(length, _HEAD)


def _read_exactly(stream: Readable, size: int) -> bytes:
    parts = []
    while size > 0:
        part = stream.read(size)
        if not part:
            raise BrokenStream("the stream ended within a pkt-line")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)

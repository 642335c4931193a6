"""What a short pack holds, told before git sees it: a few hundred bytes may stand for gigabytes.

Only sizes are read; whatever is odd about a pack is left to git. Source: https://git-scm.com/docs/gitformat-pack
"""

from __future__ import annotations

import zlib
from io import BytesIO

from simulator.emulators.gitserver import pktline

_SIGNATURE = b"PACK"
_VERSIONS = (2, 3)
_HEAD = 12
_OFFSET_DELTA, _REFERENCE_DELTA = 6, 7
_ID = 20
_LONGEST_SIZES = 20  # the two sizes at the beginning of a delta, ten bytes each at most
_SPARE = 64  # what zlib adds to content that cannot be made smaller, and a 256th of it
_MOST_INFLATED = 4 * 1024 * 1024


def largest_pushed(body: bytes) -> int | None:
    """Size in bytes of the largest object that a push brings, deltas resolved; 0 when it brings none.

    None when that is not known: the body is no push, or more than 4 MiB would have to be inflated to know it.
    """
    stream = BytesIO(body)
    try:
        while pktline.read_packet(stream) is not None:
            pass
        pack = body[stream.tell() :]
        return _largest(pack) if pack else 0
    except (pktline.BrokenStream, IndexError, zlib.error):
        return None


def _largest(pack: bytes) -> int | None:
    version, count = int.from_bytes(pack[4:8]), int.from_bytes(pack[8:_HEAD])
    if not pack.startswith(_SIGNATURE) or version not in _VERSIONS:
        return None
    place, largest, inflated = _HEAD, 0, 0
    for _ in range(count):
        kind, size, place = _header(pack, place)
        inflated += size
        if inflated > _MOST_INFLATED:
            return None
        content, place = _inflated(pack, _after_base(pack, place, kind), size)
        largest = max(largest, _resolved(content) if kind in (_OFFSET_DELTA, _REFERENCE_DELTA) else size)
    return largest


def _header(pack: bytes, place: int) -> tuple[int, int, int]:
    """Kind and size of the object at a place, and where the rest of it begins."""
    byte = pack[place]
    kind, size, shift = byte >> 4 & 7, byte & 15, 4
    while byte & 0x80:
        place += 1
        byte = pack[place]
        size |= (byte & 0x7F) << shift
        shift += 7
    return kind, size, place + 1


def _after_base(pack: bytes, place: int, kind: int) -> int:
    """Where the content begins: behind what a delta says of the object that it changes."""
    if kind == _REFERENCE_DELTA:
        return place + _ID
    if kind == _OFFSET_DELTA:
        while pack[place] & 0x80:
            place += 1
        return place + 1
    return place


def _inflated(pack: bytes, place: int, size: int) -> tuple[bytes, int]:
    """The first bytes of an object's content, and where the next object begins."""
    stream = zlib.decompressobj()
    packed = pack[place : place + size + (size >> 8) + _SPARE]
    content = stream.decompress(packed, size + 1)
    if not stream.eof or len(content) != size:
        raise zlib.error("not what its header says, or packed in a strange way")
    return content[:_LONGEST_SIZES], place + len(packed) - len(stream.unused_data)


def _resolved(delta: bytes) -> int:
    """The size of what a delta makes."""
    _, place = _number(delta, 0)
    return _number(delta, place)[0]


def _number(content: bytes, place: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = content[place]
        number |= (byte & 0x7F) << shift
        shift, place = shift + 7, place + 1
        if not byte & 0x80:
            return number, place

"""What a short push holds, told from its bytes: deltas are counted by what they make."""

from __future__ import annotations

import subprocess
import zlib
from pathlib import Path

import pytest

from simulator.emulators.gitserver.packs import largest_pushed
from simulator.emulators.gitserver.pktline import FLUSH, packet
from tests.emulators.github.worktree import git

COMMAND = packet(b"0" * 40 + b" " + b"1" * 40 + b" refs/heads/main\0report-status") + FLUSH
MEBIBYTE = 1024 * 1024


def size_of(number: int) -> bytes:
    """A number as deltas write it."""
    written = b""
    while number > 0x7F:
        written, number = written + bytes([number & 0x7F | 0x80]), number >> 7
    return written + bytes([number])


def an_object(kind: int, content: bytes, *, base: bytes = b"") -> bytes:
    """An object of a pack."""
    size = len(content)
    head, size = kind << 4 | size & 15, size >> 4
    written = bytes([head | 0x80 if size else head])
    return written + (size_of(size) if size else b"") + base + zlib.compress(content)


def a_push(*objects: bytes) -> bytes:
    """The body of a push of one ref; the sum at the end of the pack is not looked at."""
    return COMMAND + b"PACK" + (2).to_bytes(4) + len(objects).to_bytes(4) + b"".join(objects) + b"\0" * 20


def test_a_delta_counts_as_what_it_makes_of_its_base() -> None:
    grown = size_of(9) + size_of(300 * MEBIBYTE) + b"\x90\x09"

    assert largest_pushed(a_push(an_object(3, b"some text"))) == 9
    assert largest_pushed(a_push(an_object(7, grown, base=b"\1" * 20))) == 300 * MEBIBYTE
    assert largest_pushed(a_push(an_object(3, b"some text"), an_object(6, grown, base=b"\x81\x09"))) == 300 * MEBIBYTE
    assert largest_pushed(COMMAND) == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"0000PACK",
        COMMAND + b"PACK" + (4).to_bytes(4) + (1).to_bytes(4),
        COMMAND + FLUSH + b"PACK\0\0\0\2\0\0\0\0",  # options of a push stand between
        a_push(b"\xb5\x01" + zlib.compress(b"much longer than it says")),
        a_push(an_object(3, b"cut off"))[:-25],
        a_push(an_object(7, b"\x80" * 4, base=b"\1" * 20)),
        a_push(an_object(3, b"\0" * 5 * MEBIBYTE)),
        COMMAND + b"PACK" + (2).to_bytes(4) + (2).to_bytes(4) + an_object(3, b"one"),
    ],
)
def test_what_cannot_be_told_is_not_guessed(body: bytes) -> None:
    assert largest_pushed(body) is None


def test_a_pack_that_git_has_made_is_read_to_its_end(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    for number in range(3):  # the later ones are deltas of one another
        (tmp_path / "lines.txt").write_text("".join(f"line {line}\n" for line in range(400 + number)))
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "-m", f"Commit {number}")

    command = ["git", "pack-objects", "--all", "--revs", "--stdout", "-q"]
    pack = subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout

    assert largest_pushed(COMMAND + pack) == (tmp_path / "lines.txt").stat().st_size

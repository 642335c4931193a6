"""A fetch by one that has nothing yet: the pack it gets, made by one program of git, where `git upload-pack` starts two.

Anything but a plain clone is left to git. Source: https://git-scm.com/docs/protocol-v2#_fetch
"""

from __future__ import annotations

import os
import selectors
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pygit2

from simulator.emulators.gitserver import refs
from simulator.emulators.gitserver.pktline import FLUSH, BrokenStream, band, packet, split
from simulator.emulators.gitserver.programs import start

_CHUNK = 65_515  # bytes in a packet of a side band
_SILENCE_S = 5.0  # then the client hears that there is still somebody
_LONGEST_S = 600.0
_WORDS = {"thin-pack": "--thin", "ofs-delta": "--delta-base-offset", "include-tag": "--include-tag"}
_SILENT = "no-progress"
_CAPABILITIES = ("agent=", "object-format=sha1", "session-id=")
_BROKEN = b"upload-pack: aborting due to possible repository corruption on the remote side."  # git's own words


@dataclass(frozen=True, slots=True)
class Clone:
    """The command of version 2 that asks for everything behind some objects."""

    wants: tuple[str, ...]
    words: frozenset[str]

    def answer(self, repository: Path, environment: Mapping[str, str]) -> Iterator[bytes]:
        """The pack, as git makes it, and what git has to say meanwhile."""
        yield packet(b"packfile\n")
        with self._packing(repository, environment) as program:
            try:
                yield from _pieces(program)
            finally:
                program.kill()  # ended already, unless nobody listens any more
        yield FLUSH if program.returncode == 0 else band(3, _BROKEN)

    def _packing(self, repository: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        options = [option for word, option in _WORDS.items() if word in self.words]
        options += [] if _SILENT in self.words else ["--progress"]
        wanted = "".join(f"{sha}\n" for sha in (*self.wants, "--not", "")).encode()
        words = ("pack-objects", "--revs", "--stdout", *options)
        return start(repository, *words, environment=environment, reads=wanted, buffered=False)


def clone_wanted(request: bytes, repository: pygit2.Repository) -> Clone | None:
    """What a whole request asks for, None when it is another command, or one with more to it than a plain clone."""
    if not request.endswith(packet(b"done\n") + FLUSH):
        return None
    try:
        lines = [(line or b"").decode("ascii").rstrip("\n") for line in split(request.removesuffix(FLUSH))]
    except (BrokenStream, UnicodeDecodeError):
        return None
    if lines[0] != "command=fetch" or lines.count("") != 1:
        return None
    place = lines.index("")  # the delimiter
    capabilities, asked = lines[1:place], lines[place + 1 : -1]
    wants = tuple(dict.fromkeys(line.removeprefix("want ") for line in asked if line.startswith("want ")))
    words = frozenset(line for line in asked if not line.startswith("want "))
    is_plain = words <= {*_WORDS, _SILENT} and all(line.startswith(_CAPABILITIES) for line in capabilities)
    if not is_plain or not wants or not all(refs.is_sha(sha) and sha in repository for sha in wants):
        return None
    return Clone(wants, words)


def _pieces(program: subprocess.Popen[bytes]) -> Iterator[bytes]:
    end = time.monotonic() + _LONGEST_S
    with selectors.DefaultSelector() as open_ends:
        for number, stream in ((1, program.stdout), (2, program.stderr)):
            assert stream is not None
            open_ends.register(stream, selectors.EVENT_READ, number)
        while open_ends.get_map() and time.monotonic() < end:
            ready = [key for key, _ in open_ends.select(_SILENCE_S)]
            for key in ready:
                piece = os.read(key.fd, _CHUNK)
                if piece:
                    yield band(key.data, piece)
                else:
                    open_ends.unregister(key.fileobj)
            if not ready:
                yield packet(b"\1")
    program.wait(max(0.0, end - time.monotonic()))

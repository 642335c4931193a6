"""What a repository has to offer, told without a program of git: the advertisements that begin each fetch and push.

What this machine's git can do it says itself, once; the refs are read here. Starting a program for each of these answers would
cost more than all the rest of them.
Source: https://git-scm.com/docs/protocol-v2, https://git-scm.com/docs/pack-protocol
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pygit2

from simulator.emulators.gitserver.pktline import FLUSH, packet, split
from simulator.emulators.gitserver.refs import ZERO
from simulator.emulators.gitserver.store import create

_HIDDEN = "refs/pull/"  # from pushes, as receive.hideRefs has it
_MOST_PREFIXES = 65_536  # then all refs are told, as git does
_DELIMITER = b"0001"

Ask = Callable[[Path], bytes]
"""Gives what git itself advertises of a repository."""


def to_push(repository: pygit2.Repository, ask: Ask) -> bytes:
    """The refs that a push may change, with what git can do behind the first of them."""
    capabilities = _learn(ask, "push").removesuffix(FLUSH).rpartition(b"\0")[2].rstrip(b"\n")
    lines = [f"{sha} {name}".encode() for name, sha in _refs(repository) if not name.startswith(_HIDDEN)]
    first, *rest = lines or [f"{ZERO} capabilities^{{}}".encode()]
    return b"".join((packet(first + b"\0" + capabilities + b"\n"), *(packet(line + b"\n") for line in rest), FLUSH))


def to_fetch(ask: Ask) -> bytes:
    """What git can do by version 2 of its protocol, which is the same for every repository."""
    return _learn(ask, "fetch")


@dataclass(frozen=True, slots=True)
class LsRefs:
    """The command of version 2 that asks for refs."""

    peel: bool
    symrefs: bool
    unborn: bool
    prefixes: tuple[str, ...]

    def answer(self, repository: pygit2.Repository) -> bytes:
        """The refs, HEAD first."""
        return b"".join(packet(line.encode() + b"\n") for line in self._lines(repository)) + FLUSH

    def _lines(self, repository: pygit2.Repository) -> Iterator[str]:
        found = dict(_refs(repository))
        if self._wants("HEAD"):
            yield from self._head(repository, found)
        for name, sha in found.items():
            if self._wants(name):
                yield f"{sha} {name}{self._peeled(repository, sha)}"

    def _head(self, repository: pygit2.Repository, found: dict[str, str]) -> Iterator[str]:
        target = repository.references["HEAD"].target
        if not isinstance(target, str):
            yield f"{target} HEAD"
            return
        symref = f" symref-target:{target}" if self.symrefs else ""
        if target in found:
            yield f"{found[target]} HEAD{symref}"
        elif self.unborn:
            yield f"unborn HEAD{symref}"

    def _peeled(self, repository: pygit2.Repository, sha: str) -> str:
        thing = repository.get(sha) if self.peel else None
        return f" peeled:{thing.peel(None).id}" if isinstance(thing, pygit2.Tag) else ""

    def _wants(self, name: str) -> bool:
        return not self.prefixes or name.startswith(self.prefixes)


def ls_refs(request: bytes) -> LsRefs | None:
    """The command that a whole request holds, None when it is another one or nothing that is understood here."""
    if not request.startswith(packet(b"command=ls-refs\n")) or not request.endswith(FLUSH):
        return None
    _, delimiter, rest = request.removesuffix(FLUSH).partition(_DELIMITER)
    words = [(line or b"").decode("utf-8", "surrogateescape").rstrip("\n") for line in split(rest)] if delimiter else []
    prefixes = [word.removeprefix("ref-prefix ") for word in words if word.startswith("ref-prefix ")]
    others = {word for word in words if not word.startswith("ref-prefix ")}
    if not others <= {"peel", "symrefs", "unborn"}:
        return None
    wanted = tuple(prefixes) if len(prefixes) < _MOST_PREFIXES else ()
    return LsRefs(peel="peel" in others, symrefs="symrefs" in others, unborn="unborn" in others, prefixes=wanted)


def _refs(repository: pygit2.Repository) -> Iterable[tuple[str, str]]:
    found = [
        (each.name, str(each.target))
        for each in repository.references.iterator()
        if isinstance(each.target, pygit2.Oid)
    ]
    return sorted(found)


@lru_cache(maxsize=2)
def _learn(ask: Ask, _what: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="git-") as folder:
        empty = Path(folder) / "empty.git"
        create(empty)
        return ask(empty)

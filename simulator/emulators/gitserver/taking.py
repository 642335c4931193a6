"""A short push taken in by one program of git or two, where `git receive-pack` starts four.

The pack is unpacked in a quarantine like git's own and judged there; then it is let in and the ref moves. Only a push with which
all is well ends here. Whatever is odd, broken or refused is left to `git receive-pack`, which begins anew with the same bytes
and says what is wrong in its own words.
Source: https://git-scm.com/docs/git-receive-pack#_quarantine_environment, https://git-scm.com/docs/git-index-pack
"""

from __future__ import annotations

import logging
import re
import subprocess
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pygit2

from simulator.emulators.gitserver import refs
from simulator.emulators.gitserver.errors import BadName, NoSuchObject, RefMoved
from simulator.emulators.gitserver.judging import Judge
from simulator.emulators.gitserver.programs import start
from simulator.emulators.gitserver.quarantine import Quarantine
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.gitserver.store import opened

logger = logging.getLogger(__name__)

_UNPACKED_BELOW = 100  # objects; git's receive.unpackLimit: so many and more stay in their pack
_HEAD = re.compile(rb"PACK\0\0\0\x02(.{4})", re.DOTALL)
_PLAIN_NAME = re.compile(r"refs/(?:heads|tags)/[A-Za-z0-9][\w.+/-]*\Z", re.ASCII)
_UNDERSTOOD = frozenset(
    b"report-status report-status-v2 side-band-64k quiet atomic object-format agent session-id".split()
)
_REPORTS = frozenset((b"report-status", b"report-status-v2"))
_LONGEST_S = 600
_ASK_WHETHER_WHOLE = "--check-self-contained-and-connected"
_NOT_WHOLE = 1  # how index-pack ends then when all is well but the pack needs objects that were there before
_FAILURES = (
    BadName,
    NoSuchObject,
    RefMoved,
    KeyError,
    OSError,
    ValueError,
    subprocess.SubprocessError,
    pygit2.GitError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortPush:
    """A push of one branch or tag, with all its objects at hand."""

    repository: Path
    update: RefUpdate
    pack: bytes
    quiet: bool

    @property
    def sha(self) -> str:
        """Where the ref is to be."""
        assert self.update.after is not None
        return self.update.after

    @property
    def stays_packed(self) -> bool:
        """Whether it brings so many objects that git keeps them in their pack."""
        return int.from_bytes(self.pack[8:12]) >= _UNPACKED_BELOW

    def unpacking(self) -> list[str]:
        """The program that takes the pack apart, and its options."""
        if not self.stays_packed:
            return ["unpack-objects", "--strict", *(["-q"] if self.quiet else [])]
        shown = [] if self.quiet else ["--show-resolving-progress"]
        return ["index-pack", "--stdin", "--fix-thin", "--strict", _ASK_WHETHER_WHOLE, "--threads=1", *shown]


def short_push(
    repository: Path, updates: Sequence[RefUpdate], capabilities: Collection[bytes], pack: bytes
) -> ShortPush | None:
    """The push that is taken in here, None for one that git should have: deletions, several refs, unusual names or wishes."""
    if len(updates) != 1 or not _UNDERSTOOD.issuperset(capabilities):
        return None
    update = updates[0]
    answers = b"side-band-64k" in capabilities and not _REPORTS.isdisjoint(capabilities)
    if not answers or not _is_plain(update) or not _HEAD.match(pack) or pack[8:12] == bytes(4):
        return None
    return ShortPush(repository=repository, update=update, pack=pack, quiet=b"quiet" in capabilities)


class Taking:
    """A short push on its way in. Within the block git takes the pack apart, beside whatever else there is to do.

    Nothing is left of it when the block ends, unless `finish` has said that it is in.
    """

    def __init__(self, push: ShortPush, environment: Mapping[str, str]) -> None:
        self._push = push
        self._environment = environment
        self._quarantine = Quarantine(push.repository)
        self._program: subprocess.Popen[bytes] | None = None
        self._left = ExitStack()

    def __enter__(self) -> Taking:
        with ExitStack() as left:
            try:
                left.enter_context(self._quarantine)
                self._program = left.enter_context(self._started(*self._push.unpacking(), reads=self._push.pack))
            except _FAILURES as exc:
                logger.warning("a push cannot be taken apart here: %s", exc)
                return self
            left.callback(self._program.kill)
            self._left = left.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.close()

    def finish(self, judge: Judge | None) -> bytes | None:
        """What git has to say of a push that is in, and whose ref has moved; None when nothing of it was taken."""
        try:
            said = self._unpacked(self._program) if self._program else None
            if said is None or not self._is_permitted(judge):
                return None
            self._quarantine.let_in()
            _move(self._push)
        except _FAILURES as exc:
            logger.debug("a push is left to git: %s", exc)
            return None
        return said

    def _unpacked(self, program: subprocess.Popen[bytes]) -> bytes | None:
        """What git says when the pack is as it should be and nothing is missing; None otherwise."""
        told, said = program.communicate(timeout=_LONGEST_S)
        status = program.returncode
        if status and not (self._push.stays_packed and status == _NOT_WHOLE and told.startswith(b"pack\t")):
            return None
        is_whole = self._push.stays_packed and status == 0 and self._quarantine.holds(self._push.sha)
        return said if is_whole or self._is_connected() else None

    def _is_connected(self) -> bool:
        # what git asks about each push: is everything there that the new commits lead to?
        words = ("rev-list", "--objects", "--stdin", "--not", "--all", "--quiet")
        with self._started(*words, reads=f"{self._push.sha}\n".encode()) as program:
            program.communicate(timeout=_LONGEST_S)
        return program.returncode == 0

    def _is_permitted(self, judge: Judge | None) -> bool:
        """Whether the ref may move without a word from anybody."""
        if self._push.update.branch is not None and not self._quarantine.holds_commit(self._push.sha):
            return False
        if judge is None:
            return True
        try:
            judgement = judge([self._push.update], self._quarantine.opened(), self._quarantine.folder)
        except Exception:  # it is asked once more, and what it says then is said to the person
            logger.debug("a push could not be judged", exc_info=True)
            return False
        return not judgement.refused and not judgement.remarks

    def _started(self, *words: str, reads: bytes) -> subprocess.Popen[bytes]:
        environment = {**self._environment, **self._quarantine.variables}
        return start(self._push.repository, *words, environment=environment, reads=reads)


def _is_plain(update: RefUpdate) -> bool:
    return (
        update.after is not None
        and update.after != update.before
        and all(refs.is_sha(sha) for sha in (update.before, update.after) if sha is not None)
        and _PLAIN_NAME.match(update.ref) is not None
        and refs.is_valid_name(update.ref)
    )


def _move(push: ShortPush) -> None:
    refs.write_ref(opened(push.repository), push.update.ref, push.sha, expected=push.update.before)

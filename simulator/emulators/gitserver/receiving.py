"""A push: what it asks for, what it may not have, what became of it.

The commands are read before git sees them; rules are judged while the new objects are in quarantine (judging.py), ref by ref, so
that what is allowed still goes through. What moved is reported to the caller before the client hears of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from filelock import FileLock

from simulator.emulators.gitserver import outrun, pktline, refs
from simulator.emulators.gitserver.judging import Court, Judge, Judgement, hooks_for
from simulator.emulators.gitserver.pktline import FLUSH, Readable
from simulator.emulators.gitserver.refs import ZERO, RefUpdate
from simulator.emulators.gitserver.saying import Saying
from simulator.emulators.gitserver.store import opened
from simulator.emulators.gitserver.taking import Taking, short_push
from simulator.emulators.gitserver.transport import Conversation, Service

_DELETES_HEAD = b"deletion of the current branch prohibited"  # what git reports; github.com says it with the ref
_REFUSES_TO_DELETE = b"refusing to delete the current branch"
_NOT_MOVED = b"failed to update ref"  # why not stands in a line above the report, on github.com in the report itself
_BY_HOOK = (b"hook declined", b"pre-receive hook declined")
_UNSAID = (
    # said elsewhere: below the reasons that the hook has given, or in the report
    b"error: hook declined to update ",
    b"error: " + _REFUSES_TO_DELETE,
    # what git says below "cannot lock ref" to whoever may look into the server's folder
    b"Another git process seems to be running",
    b"an editor opened by 'git commit'",
    b"are terminated then try again.",
    b"may have crashed in this repository earlier",
    b"remove the file manually to continue.",
)
_turns: dict[str, threading.Lock] = {}  # one push at a time in each repository
_turns_guard = threading.Lock()
_LOCK = "sprintdojo-push.lock"
_LONGEST_TURN_S = 660
_MOST_COMMANDS_BYTES = 4 * 1024 * 1024
_CHUNK = 65_536

JudgeFor = Callable[[Sequence[RefUpdate]], Judge | None]
"""Says who judges these updates, None when nothing can be wrong with them: the hooks cost a push some milliseconds."""
Witness = Callable[[Sequence[RefUpdate]], Sequence[str]]
"""Is told what moved, before the client is; gives lines for the person who pushes."""
Adviser = Callable[[Sequence[RefUpdate]], Sequence[str]]
"""Is asked for further lines when all is done and the next push may begin: it cannot change anything any more."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    raw: bytes
    updates: tuple[RefUpdate, ...]
    capabilities: frozenset[bytes]
    is_plain: bool  # nothing but commands


def receive_pack(
    service: Service,
    body: Readable,
    *,
    hooks: Path,
    judge_for: JudgeFor,
    witness: Witness,
    adviser: Adviser | None = None,
) -> Iterator[bytes]:
    """The answer to a push, as it comes; without a judge everything goes that git allows.

    A BytesIO for a body says that the push is short: then git's programs are run by us (taking.py) as far as that will do.
    Raises BrokenStream when the body does not begin with git's commands.
    """
    return _relayed(_Push(service, body, _read_commands(body), witness, adviser), hooks, judge_for)


def _relayed(push: _Push, hooks: Path, judge_for: JudgeFor) -> Iterator[bytes]:
    with push.taking() as taking:  # git looks at the objects of a short push while the rules are looked up
        judge = judge_for(push.updates) if push.updates else None
        with _turn(push.repository):  # so that movements of one ref are told in the order in which they happened
            push.look()
            try:
                yield from push.progress(judge, hooks, taking)
            finally:
                lines = push.settle()  # also when the client has gone away: what moved has moved
    yield push.answer([*lines, *push.advice()])


@contextmanager
def _turn(repository: Path) -> Iterator[None]:
    with _turns_guard:
        here = _turns.setdefault(str(repository), threading.Lock())
    elsewhere = FileLock(repository / _LOCK, timeout=_LONGEST_TURN_S, poll_interval=0.01, thread_local=False)
    with here, elsewhere:  # threads of this process, then other processes on the same folder
        yield


class _Push:
    """One push in progress."""

    def __init__(
        self, service: Service, body: Readable, wanted: _Wanted, witness: Witness, adviser: Adviser | None = None
    ) -> None:
        self._service = service
        self._body = body
        self._wanted = wanted
        self._witness = witness
        self._adviser = adviser
        self._gone_through: Sequence[RefUpdate] = ()
        self._judgement: Judgement | None = None
        self._banded = b"side-band-64k" in wanted.capabilities
        self._report = bytearray()
        self._saying = Saying(service.repository, unsaid=_UNSAID)
        self._positions: dict[str, str | None] = {}

    @property
    def repository(self) -> Path:
        """The repository that is pushed to."""
        return self._service.repository

    @property
    def updates(self) -> tuple[RefUpdate, ...]:
        """What is asked for."""
        return self._wanted.updates

    def taking(self) -> AbstractContextManager[Taking | None]:
        """A short push on its way in, without `git receive-pack`; None for one that needs it."""
        if not isinstance(self._body, BytesIO) or not self._wanted.is_plain:
            return nullcontext()
        pack = self._body.read()
        self._body = BytesIO(pack)
        short = short_push(self.repository, self.updates, self._wanted.capabilities, pack)
        return Taking(short, self._service.environment()) if short else nullcontext()

    def look(self) -> None:
        """See where the refs are, now that it is this push's turn."""
        git = opened(self.repository)
        self._positions = {update.ref: refs.read_ref(git, update.ref) for update in self.updates}

    def progress(self, judge: Judge | None, hooks: Path, taking: Taking | None) -> Iterator[bytes]:
        """What the client sees while git works; the report is kept back."""
        if self._reports and outrun.is_outrun(self.updates, self._positions):
            while self._body.read(_CHUNK):  # else a client that still sends would hear of nothing but a broken line
                pass
            self._report += outrun.report(self.updates, self._positions)
            return
        said = taking.finish(judge) if taking else None
        if said is not None:
            self._report += b"".join(pktline.packet(line) for line in (b"unpack ok\n", *map(_praise, self.updates)))
            self._report += FLUSH
            yield pktline.band(2, said)
        elif judge is None:
            yield from self._work(self._service)
        else:
            yield from self._judged(judge, replace(self._service, hooks=hooks_for(hooks, self.updates)))

    def _judged(self, judge: Judge, service: Service) -> Iterator[bytes]:
        with Court(self.repository, self.updates, judge) as court:
            yield from self._work(replace(service, variables=court.variables), court)
        self._judgement = court.judgement

    def _work(self, service: Service, court: Court | None = None) -> Iterator[bytes]:
        kept_open = court.hook_ends if court else ()
        with Conversation(service, self._body, before=self._wanted.raw, kept_open=kept_open) as conversation:
            if court:
                court.sit()
            try:
                yield from self._pieces(conversation)
            except GeneratorExit:  # nobody listens any more; git finishes what it has begun
                for _ in self._pieces(conversation):
                    pass
                raise
            finally:
                conversation.wait()

    def settle(self) -> Sequence[str]:
        """Tell the witness what moved."""
        self._gone_through = moved = self._moved()
        return self._witness(moved) if moved else ()

    def advice(self) -> Sequence[str]:
        """What the adviser has to say of what moved, to a client that shows such lines."""
        return self._adviser(self._gone_through) if self._adviser and self._banded and self._gone_through else ()

    def answer(self, lines: Sequence[str]) -> bytes:
        """What is left to say: lines for the person, then git's report."""
        report = _report_of(bytes(self._report), self._judgement, self._saying.why)
        if not self._banded:
            return report
        told = b"".join(pktline.band(2, f"{line}\n".encode()) for line in lines)
        return told + pktline.band(1, report) + FLUSH

    def _pieces(self, conversation: Conversation) -> Iterator[bytes]:
        if not self._banded:
            self._report += conversation.output.read()
            return
        while True:
            try:
                content = pktline.read_packet(conversation.output)
            except pktline.BrokenStream:
                content = None
            if content is None:
                yield pktline.band(2, self._saying.rest())
                return
            if content[:1] == b"\1":
                self._report += content[1:]
            elif content:
                yield pktline.band(content[0], self._saying.lines(content[1:]))

    def _moved(self) -> list[RefUpdate]:
        # git praises the deletion of what is not there as well
        wanted = [each for each in self.updates if self._positions.get(each.ref) != each.after]
        if self._reports:
            lines = set(_lines_of(bytes(self._report)))
            return [each for each in wanted if _praise(each) in lines]
        git = opened(self._service.repository)
        return [each for each in wanted if refs.read_ref(git, each.ref) == each.after]

    @property
    def _reports(self) -> bool:
        return bool(self._wanted.capabilities & {b"report-status", b"report-status-v2"})


def _read_commands(body: Readable) -> _Wanted:
    raw, capabilities, is_plain = bytearray(), frozenset[bytes](), True
    updates: list[RefUpdate] = []
    while True:
        content = pktline.read_packet(body)
        if content is None:
            raw += FLUSH
            return _Wanted(bytes(raw), tuple(updates), capabilities, is_plain)
        raw += pktline.packet(content)
        if len(raw) > _MOST_COMMANDS_BYTES:
            raise pktline.BrokenStream("too many commands in one push")
        line, _, words = content.partition(b"\0")
        capabilities = capabilities or frozenset(word.partition(b"=")[0] for word in words.split())
        if line.startswith((b"shallow ", b"push-cert")):
            is_plain = False
        else:
            updates.append(_update(line))


def _update(line: bytes) -> RefUpdate:
    try:
        before, after, ref = line.rstrip(b"\n").decode("utf-8", "surrogateescape").split(" ", 2)
    except ValueError as exc:
        raise pktline.BrokenStream("not a command of git") from exc
    return RefUpdate(ref=ref, before=None if before == ZERO else before, after=None if after == ZERO else after)


def _praise(update: RefUpdate) -> bytes:
    return f"ok {update.ref}\n".encode("utf-8", "surrogateescape")


def _lines_of(report: bytes) -> list[bytes | None]:
    try:
        return list(pktline.split(report))
    except pktline.BrokenStream:
        return []


def _report_of(report: bytes, judgement: Judgement | None, why: Mapping[bytes, bytes]) -> bytes:
    """The report with github.com's words for what was refused."""
    lines = _lines_of(report)
    if not lines:
        return report
    return b"".join(FLUSH if line is None else pktline.packet(_reworded(line, judgement, why)) for line in lines)


def _reworded(line: bytes, judgement: Judgement | None, why: Mapping[bytes, bytes]) -> bytes:
    if not line.startswith(b"ng "):
        return line
    ref, _, words = line.rstrip(b"\n").removeprefix(b"ng ").partition(b" ")
    refusal = judgement.refused.get(ref.decode("utf-8", "surrogateescape")) if judgement else None
    if refusal is not None and words in _BY_HOOK:
        words = refusal.words.encode()
    elif words == _DELETES_HEAD:
        words = _REFUSES_TO_DELETE + b": " + ref
    elif words == _NOT_MOVED:
        words = why.get(ref, words)
    return b"ng " + ref + b" " + words + b"\n"

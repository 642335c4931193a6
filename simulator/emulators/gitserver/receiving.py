"""A push: what it asks for, what it may not have, what became of it.

The commands are read before git sees them; rules are enforced by git's own `update` hook, inside the quarantine of the push,
ref by ref, so that what is allowed still goes through. What moved is reported to the caller before the client hears of it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.emulators.gitserver import pktline, refs
from simulator.emulators.gitserver.pktline import FLUSH, Readable
from simulator.emulators.gitserver.refs import ZERO, RefUpdate
from simulator.emulators.gitserver.store import opened
from simulator.emulators.gitserver.transport import Conversation, Service

_WORDS = (  # git's words in the report, and github.com's
    (b"hook declined", b"protected branch hook declined"),
    (b"deletion of the current branch prohibited", b"refusing to delete the current branch"),
)
_SAID_ALREADY = b"\2error: hook declined to update "  # git says it below the reasons that the hook has given
_turns: dict[str, threading.Lock] = {}  # one push at a time in each repository
_turns_guard = threading.Lock()
_MOST_COMMANDS_BYTES = 4 * 1024 * 1024
HOOKS = "git-hooks"
"""Name of the folder for the hook, beside that of the repositories."""

_RULES = "PUSH_RULES"
_HOOK = f"""#!/bin/sh
# Arguments: ref, old id, new id. {_RULES}: lines of "ref TAB always|forced TAB what the person is told".
tab=$(printf '\\t')
refused=0
while IFS="$tab" read -r ref when message; do
    [ "$ref" = "$1" ] || continue
    if [ "$when" = forced ] && git merge-base --is-ancestor "$2" "$3"; then continue; fi
    printf '%s\\n' "$message" >&2
    refused=1
done <<RULES
${_RULES}
RULES
exit $refused
"""


@dataclass(frozen=True, slots=True)
class RefRule:
    """What the person is told whose change of a ref is refused: of every change, or (`forced`) of one that is no fast-forward."""

    lines: tuple[str, ...]
    forced: bool = False


Judge = Callable[[Sequence[RefUpdate]], Mapping[str, RefRule]]
"""Says which of the wanted updates meet a rule."""
Witness = Callable[[Sequence[RefUpdate]], Sequence[str]]
"""Is told what moved, before the client is; gives lines for the person who pushes."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    raw: bytes
    updates: tuple[RefUpdate, ...]
    capabilities: frozenset[bytes]


def install_hooks(folder: Path) -> Path:
    """Put the hook into a folder, if it is not there already; gives the folder."""
    hook = folder / "update"
    if not hook.exists() or hook.read_text() != _HOOK:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"update.{os.getpid()}.{threading.get_ident()}"
        fresh.write_text(_HOOK)
        fresh.chmod(0o755)
        fresh.replace(hook)
    return folder


def receive_pack(service: Service, body: Readable, *, hooks: Path, judge: Judge, witness: Witness) -> Iterator[bytes]:
    """The answer to a push, as it comes. Raises BrokenStream when the body does not begin with git's commands."""
    wanted = _read_commands(body)
    rules = judge(wanted.updates) if wanted.updates else {}
    if rules:
        variables = {_RULES: "".join(_rule_lines(rules))}
        service = replace(service, hooks=install_hooks(hooks), variables=variables)
    return _relayed(_Push(service, body, wanted, witness), _turn_of(service.repository))


def _relayed(push: _Push, turn: threading.Lock) -> Iterator[bytes]:
    with turn:  # so that movements of one ref are told in the order in which they happened
        try:
            yield from push.progress()
        finally:
            lines = push.settle()  # also when the client has gone away: what moved has moved
    yield push.answer(lines)


def _turn_of(repository: Path) -> threading.Lock:
    with _turns_guard:
        return _turns.setdefault(str(repository), threading.Lock())


class _Push:
    """One push in progress."""

    def __init__(self, service: Service, body: Readable, wanted: _Wanted, witness: Witness) -> None:
        self._service = service
        self._wanted = wanted
        self._witness = witness
        self._banded = b"side-band-64k" in wanted.capabilities
        self._report = bytearray()
        self._conversation = Conversation(service, body, before=wanted.raw)

    def progress(self) -> Iterator[bytes]:
        """What the client sees while git works; the report is kept back."""
        with self._conversation as conversation:
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
        moved = [update for update in self._wanted.updates if self._has_moved(update)]
        return self._witness(moved) if moved else ()

    def answer(self, lines: Sequence[str]) -> bytes:
        """What is left to say: lines for the person, then git's report."""
        report = _report_of(bytes(self._report))
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
                return
            if content is None:
                return
            if content[:1] == b"\1":
                self._report += content[1:]
            elif not content.startswith(_SAID_ALREADY):
                yield pktline.packet(content)

    def _has_moved(self, update: RefUpdate) -> bool:
        if self._wanted.capabilities & {b"report-status", b"report-status-v2"}:
            return f"ok {update.ref}\n".encode("utf-8", "surrogateescape") in _lines_of(bytes(self._report))
        return refs.read_ref(opened(self._service.repository), update.ref) == update.after


def _read_commands(body: Readable) -> _Wanted:
    raw, capabilities = bytearray(), frozenset[bytes]()
    updates: list[RefUpdate] = []
    while True:
        content = pktline.read_packet(body)
        if content is None:
            raw += FLUSH
            return _Wanted(bytes(raw), tuple(updates), capabilities)
        raw += pktline.packet(content)
        if len(raw) > _MOST_COMMANDS_BYTES:
            raise pktline.BrokenStream("too many commands in one push")
        line, _, words = content.partition(b"\0")
        capabilities = capabilities or frozenset(word.partition(b"=")[0] for word in words.split())
        if not line.startswith((b"shallow ", b"push-cert")):
            updates.append(_update(line))


def _update(line: bytes) -> RefUpdate:
    try:
        before, after, ref = line.rstrip(b"\n").decode("utf-8", "surrogateescape").split(" ", 2)
    except ValueError as exc:
        raise pktline.BrokenStream("not a command of git") from exc
    return RefUpdate(ref=ref, before=None if before == ZERO else before, after=None if after == ZERO else after)


def _rule_lines(rules: Mapping[str, RefRule]) -> Iterator[str]:
    for ref, rule in rules.items():
        for line in rule.lines:
            yield f"{ref}\t{'forced' if rule.forced else 'always'}\t{line}\n"


def _lines_of(report: bytes) -> list[bytes | None]:
    try:
        return list(pktline.split(report))
    except pktline.BrokenStream:
        return []


def _report_of(report: bytes) -> bytes:
    """The report with github.com's words for a refusal by our hook."""
    lines = _lines_of(report)
    if not lines:
        return report
    return b"".join(FLUSH if line is None else pktline.packet(_reworded(line)) for line in lines)


def _reworded(line: bytes) -> bytes:
    if line.startswith(b"ng "):
        for words, githubs in _WORDS:
            ref, found, end = line.partition(b" " + words)
            if found and not end.strip():
                return ref + b" " + githubs + end
    return line

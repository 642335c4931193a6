"""Git's smart HTTP, the part below HTTP: git's own programs, streamed both ways.

They run with a clean environment: no configuration of the user or the system, no hooks but ours.
Source: https://git-scm.com/docs/http-protocol
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from simulator.emulators.gitserver import advertising
from simulator.emulators.gitserver.pktline import FLUSH, BrokenStream, Readable, packet
from simulator.emulators.gitserver.programs import clean_environment, git_program
from simulator.emulators.gitserver.sending import clone_wanted
from simulator.emulators.gitserver.store import opened

logger = logging.getLogger(__name__)

UPLOAD_PACK = "git-upload-pack"
RECEIVE_PACK = "git-receive-pack"
SERVICES = (UPLOAD_PACK, RECEIVE_PACK)

_CHUNK = 65_536
_QUESTION = 16_384  # bytes that hold any question for refs which git itself asks
_LONGEST_S = 600.0
_GRACE_S = 5.0
_PROTOCOL = re.compile(r"version=[0-2]\Z")
_CONFIG = {
    "safe.directory": "*",
    "receive.autogc": "false",
    "receive.fsckObjects": "true",
    "receive.denyDeleteCurrent": "refuse",
    "receive.advertisePushOptions": "true",  # github.com takes them and does nothing with them
    "receive.hideRefs": "refs/pull",  # github.com answers "deny updating a hidden ref"
    "uploadpack.allowFilter": "true",
    "uploadpack.allowAnySHA1InWant": "true",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One of git's two services on one repository. `protocol` is the client's Git-Protocol header, trusted only if it is one."""

    name: str
    repository: Path
    protocol: str = ""
    hooks: Path | None = None
    variables: Mapping[str, str] | None = None

    def command(self, *options: str) -> list[str]:
        """The program and its arguments."""
        program = self.name.removeprefix("git-")
        return [git_program(), program, "--stateless-rpc", *options, str(self.repository)]

    def environment(self) -> dict[str, str]:
        """The program's whole environment."""
        config = {**_CONFIG, "core.hooksPath": str(self.hooks) if self.hooks else os.devnull}
        return {**clean_environment(config), **self._protocol(), **(self.variables or {})}

    @property
    def speaks_version_2(self) -> bool:
        """Whether the client fetches by version 2 of the protocol."""
        return self.name == UPLOAD_PACK and self._protocol().get("GIT_PROTOCOL") == "version=2"

    def _protocol(self) -> dict[str, str]:
        asked = [part for part in self.protocol.split(":") if _PROTOCOL.match(part)]
        return {"GIT_PROTOCOL": asked[-1]} if asked else {}


def advertise(service: Service) -> bytes:
    """What the service has to offer: the reply to `GET …/info/refs?service=…`."""
    if service.speaks_version_2:
        return advertising.to_fetch(_what_fetches_can)
    content = (
        advertising.to_push(opened(service.repository), _what_pushes_can)
        if service.name == RECEIVE_PACK and not service.protocol
        else _advertised(service)
    )
    return packet(f"# service={service.name}\n".encode()) + FLUSH + content


def upload_pack(service: Service, body: Readable) -> Iterator[bytes]:
    """What a fetch or clone gets, as it comes. Raises BrokenStream for a body that cannot be read."""
    before = body.read(_QUESTION) if service.speaks_version_2 else b""
    question = advertising.ls_refs(before)
    if question is not None:
        return iter((question.answer(opened(service.repository)),))
    clone = clone_wanted(before, opened(service.repository))
    if clone is not None:
        return clone.answer(service.repository, service.environment())
    return _packed(service, body, before)


def _packed(service: Service, body: Readable, before: bytes) -> Iterator[bytes]:
    with Conversation(service, body, before=before) as conversation:
        while piece := conversation.output.read1(_CHUNK):
            yield piece


def _advertised(service: Service) -> bytes:
    command = service.command("--advertise-refs")
    done = subprocess.run(command, env=service.environment(), capture_output=True, timeout=60, check=True)  # noqa: S603
    return done.stdout


def _what_fetches_can(repository: Path) -> bytes:
    return _advertised(Service(name=UPLOAD_PACK, repository=repository, protocol="version=2"))


def _what_pushes_can(repository: Path) -> bytes:
    return _advertised(Service(name=RECEIVE_PACK, repository=repository))


class Conversation:
    """A running service that is fed from `body` by a thread, so that neither side waits for the other.

    Ends with the block: what still runs is ended; so is what runs longer than ten minutes. `kept_open` are descriptors that the
    program gets under the same numbers.
    """

    def __init__(self, service: Service, body: Readable, *, before: bytes = b"", kept_open: Sequence[int] = ()) -> None:
        self._service = service
        self._body = body
        self._before = before
        self._kept_open = kept_open

    def __enter__(self) -> Conversation:
        self._program = subprocess.Popen(  # noqa: S603 - a fixed program and a folder of our own
            self._service.command(),
            env=self._service.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=self._kept_open,
        )
        self._feeder = threading.Thread(target=self._feed, name="git-feeder", daemon=True)
        self._feeder.start()
        self._alarm = threading.Timer(_LONGEST_S, self._program.terminate)
        self._alarm.daemon = True
        self._alarm.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._alarm.cancel()
        if self._program.poll() is None:
            self._program.terminate()  # so that git takes its locks away
            try:
                self._program.wait(timeout=_GRACE_S)
            except subprocess.TimeoutExpired:
                self._program.kill()
        self._program.wait()
        self.output.close()
        self._feeder.join(timeout=5)

    @property
    def output(self) -> BufferedReader:
        """What the program says."""
        assert isinstance(self._program.stdout, BufferedReader)
        return self._program.stdout

    def wait(self) -> int:
        """Wait until the program has ended by itself; gives its exit status."""
        return self._program.wait()

    def _feed(self) -> None:
        assert self._program.stdin is not None
        try:
            with self._program.stdin as stdin:
                stdin.write(self._before)
                while piece := self._body.read(_CHUNK):
                    stdin.write(piece)
        except (OSError, ValueError, BrokenStream) as exc:  # the program ended early, or the client is gone
            logger.debug("%s took no more input: %s", self._service.name, exc)

"""What is told without a program of git is what git itself would tell."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pygit2
import pytest

from simulator.emulators.gitserver import refs, store
from simulator.emulators.gitserver.advertising import ls_refs
from simulator.emulators.gitserver.pktline import FLUSH, packet
from simulator.emulators.gitserver.transport import RECEIVE_PACK, UPLOAD_PACK, Service, advertise, upload_pack
from simulator.emulators.gitserver.writing import commit_tree, empty_tree, signature
from tests.emulators.conftest import START

ALL = (b"peel\n", b"symrefs\n", b"unborn\n")


@pytest.fixture(params=["empty", "full", "packed"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> pygit2.Repository:
    made = store.create(tmp_path / "here.git")
    if request.param == "empty":
        return made
    who = signature("Alice", "alice@example.com", START)
    sha = commit_tree(made, empty_tree(made), parents=(), message="First", author=who, committer=who)
    for ref in ("refs/heads/main", "refs/heads/a/b", "refs/tags/plain", "refs/pull/1/head"):
        refs.write_ref(made, ref, sha, expected=None)
    made.create_tag("v1", sha, pygit2.enums.ObjectType.COMMIT, who, "The first")
    if request.param == "packed":
        subprocess.run(["git", "pack-refs", "--all"], cwd=made.path, check=True)
        made = pygit2.Repository(made.path)
    return made


def _of_git(service: Service, *options: str, said: bytes = b"") -> bytes:
    command, environment = service.command(*options), service.environment()
    return subprocess.run(command, env=environment, input=said, capture_output=True, check=True).stdout


def test_a_push_is_told_what_git_tells(repository: pygit2.Repository) -> None:
    service = Service(name=RECEIVE_PACK, repository=Path(repository.path))

    assert advertise(service) == packet(b"# service=git-receive-pack\n") + FLUSH + _of_git(service, "--advertise-refs")


def test_a_fetch_is_told_what_git_tells(repository: pygit2.Repository) -> None:
    service = Service(name=UPLOAD_PACK, repository=Path(repository.path), protocol="version=2")

    assert advertise(service) == _of_git(service, "--advertise-refs")


@pytest.mark.parametrize("protocol", ["", "version=1", "nonsense"])
def test_older_clients_are_told_by_git(repository: pygit2.Repository, protocol: str) -> None:
    service = Service(name=UPLOAD_PACK, repository=Path(repository.path), protocol=protocol)

    assert advertise(service).endswith(_of_git(service, "--advertise-refs"))


@pytest.mark.parametrize("words", [(), ALL, (b"peel\n",), (*ALL, b"ref-prefix refs/tags/\n", b"ref-prefix HEAD\n")])
def test_refs_are_listed_as_git_lists_them(repository: pygit2.Repository, words: tuple[bytes, ...]) -> None:
    service = Service(name=UPLOAD_PACK, repository=Path(repository.path), protocol="version=2")
    head = packet(b"command=ls-refs\n") + packet(b"agent=test\n") + packet(b"object-format=sha1")
    question = head + b"0001" + b"".join(map(packet, words)) + FLUSH

    told = b"".join(upload_pack(service, _Sent(question)))

    assert ls_refs(question) is not None
    assert told == _of_git(service, said=question)


@pytest.mark.parametrize(
    "question",
    [
        b"",
        FLUSH,
        packet(b"command=fetch\n") + FLUSH,
        packet(b"command=ls-refs\n"),
        packet(b"command=ls-refs\n") + b"0001" + packet(b"something new\n") + FLUSH,
    ],
)
def test_whatever_is_not_understood_is_left_to_git(question: bytes) -> None:
    assert ls_refs(question) is None


class _Sent:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, size: int, /) -> bytes:
        piece, self._content = self._content[:size], self._content[size:]
        return piece

"""A plain clone gets from us what git itself would send."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pygit2
import pytest

from simulator.emulators.gitserver import refs, store
from simulator.emulators.gitserver.pktline import FLUSH, packet, split
from simulator.emulators.gitserver.sending import clone_wanted
from simulator.emulators.gitserver.transport import UPLOAD_PACK, Service
from tests.emulators.gitserver.builders import ALICE, a_commit

PLAIN = (b"thin-pack\n", b"ofs-delta\n")


@pytest.fixture
def repository(git: pygit2.Repository) -> pygit2.Repository:
    """One of five commits, a branch and a tag."""
    sha = None
    for number in range(5):
        sha = a_commit(git, {"a.txt": "line\n" * (200 + number)}, parents=[sha] if sha else [])
    refs.write_ref(git, "refs/heads/main", str(sha), expected=None)
    git.create_tag("v1", sha, pygit2.enums.ObjectType.COMMIT, ALICE, "The first")
    return git


def tip(repository: pygit2.Repository) -> str:
    return str(refs.read_ref(repository, "refs/heads/main"))


def question(*words: bytes, command: bytes = b"command=fetch", capability: bytes = b"agent=git/2.39.5") -> bytes:
    head = packet(command) + packet(capability) + packet(b"object-format=sha1") + b"0001"
    return head + b"".join(map(packet, words)) + packet(b"done\n") + FLUSH


def service(repository: pygit2.Repository) -> Service:
    return Service(name=UPLOAD_PACK, repository=Path(repository.path), protocol="version=2")


def told(repository: pygit2.Repository, asked: bytes) -> bytes:
    clone = clone_wanted(asked, repository)
    assert clone is not None
    return b"".join(clone.answer(Path(repository.path), service(repository).environment()))


def of_git(repository: pygit2.Repository, asked: bytes) -> bytes:
    asking = service(repository)
    command, environment = asking.command(), asking.environment()
    return subprocess.run(command, env=environment, input=asked, capture_output=True, check=True).stdout


def band(answer: bytes, number: int) -> bytes:
    return b"".join(line[1:] for line in split(answer) if line and line[0] == number)


def objects(pack: bytes, folder: Path) -> set[str]:
    """The ids of what a pack holds."""
    store.create(folder)
    subprocess.run(["git", "index-pack", "--stdin"], cwd=folder, input=pack, capture_output=True, check=True)
    return {str(oid) for oid in pygit2.Odb(str(folder / "objects"))}


@pytest.mark.parametrize("words", [(), (b"include-tag\n",), (b"include-tag\n", b"no-progress\n"), PLAIN])
def test_a_clone_gets_what_git_sends(repository: pygit2.Repository, tmp_path: Path, words: tuple[bytes, ...]) -> None:
    asked = question(*words, f"want {tip(repository)}\n".encode())

    ours, theirs = told(repository, asked), of_git(repository, asked)

    assert ours.startswith(packet(b"packfile\n"))
    assert ours.endswith(FLUSH)
    assert objects(band(ours, 1), tmp_path / "ours") == objects(band(theirs, 1), tmp_path / "theirs")
    assert bool(band(ours, 2)) == (b"no-progress\n" not in words)


def test_a_broken_repository_says_so_in_git_s_words(repository: pygit2.Repository) -> None:
    blob = str(repository[tip(repository)].peel(pygit2.Tree)["a.txt"].id)
    (Path(repository.path) / "objects" / blob[:2] / blob[2:]).unlink()

    answer = told(repository, question(f"want {tip(repository)}\n".encode()))

    assert band(answer, 3) == b"upload-pack: aborting due to possible repository corruption on the remote side."
    assert not answer.endswith(FLUSH)


def test_a_client_that_goes_away_ends_it(repository: pygit2.Repository) -> None:
    clone = clone_wanted(question(f"want {tip(repository)}\n".encode()), repository)
    assert clone is not None
    answer = clone.answer(Path(repository.path), service(repository).environment())

    assert next(answer) == packet(b"packfile\n")
    assert next(answer)
    answer.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "words",
    [
        (),
        (b"have " + b"1" * 40 + b"\n",),
        (b"deepen 1\n",),
        (b"filter blob:none\n",),
        (b"shallow " + b"1" * 40 + b"\n",),
    ],
)
def test_more_than_a_plain_clone_is_left_to_git(repository: pygit2.Repository, words: tuple[bytes, ...]) -> None:
    want = f"want {tip(repository)}\n".encode()

    assert clone_wanted(question(*words, *([want] if words else [])), repository) is None
    assert clone_wanted(question(want, command=b"command=ls-refs\n"), repository) is None
    assert clone_wanted(question(want, capability=b"object-format=sha256"), repository) is None
    assert clone_wanted(question(b"want " + b"1" * 40 + b"\n"), repository) is None
    assert clone_wanted(question(want).removesuffix(packet(b"done\n") + FLUSH) + FLUSH, repository) is None
    assert clone_wanted(b"nonsense" + packet(b"done\n") + FLUSH, repository) is None
    assert clone_wanted(b"", repository) is None

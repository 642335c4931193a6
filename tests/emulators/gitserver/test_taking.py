"""A short push is in as a whole, or not at all and left to git."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pygit2
import pytest

from simulator.emulators.gitserver import refs, store
from simulator.emulators.gitserver.judging import Judgement, Refusal
from simulator.emulators.gitserver.quarantine import remove_abandoned
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.gitserver.taking import ShortPush, Taking, short_push
from simulator.emulators.gitserver.transport import RECEIVE_PACK, Service
from tests.emulators.gitserver.builders import a_commit

WISHES = (b"report-status-v2", b"side-band-64k", b"quiet", b"object-format", b"agent")
MAIN = "refs/heads/main"


@pytest.fixture
def here(tmp_path: Path) -> pygit2.Repository:
    """Where commits are made."""
    return store.create(tmp_path / "here.git")


def packed(git: pygit2.Repository, *revisions: str) -> bytes:
    """A pack as git sends it."""
    command = ["git", "pack-objects", "--revs", "--stdout", "--thin", "--delta-base-offset", "-q"]
    said = "".join(f"{revision}\n" for revision in revisions).encode()
    return subprocess.run(command, cwd=git.path, input=said, capture_output=True, check=True).stdout


def commits(git: pygit2.Repository, count: int, *, parent: str | None = None) -> str:
    """The last one of so many commits, each of which brings a commit, a tree and a blob."""
    for number in range(count):
        text = "".join(f"line {line} of {number}\n" for line in range(20))
        parent = a_commit(git, {f"{parent or 'first'}.txt": text}, parents=[parent] if parent else [])
    assert parent is not None
    return parent


def a_push(git: pygit2.Repository, pack: bytes, after: str, *, before: str | None = None, ref: str = MAIN) -> ShortPush:
    """A push that is taken in here."""
    push = short_push(Path(git.path), [RefUpdate(ref=ref, before=before, after=after)], WISHES, pack)
    assert push is not None
    return push


def taking(push: ShortPush) -> Taking:
    return Taking(push, Service(name=RECEIVE_PACK, repository=push.repository).environment())


def files(git: pygit2.Repository) -> set[Path]:
    """Everything among the objects, folders too."""
    return set((Path(git.path) / "objects").rglob("*"))


def refuse(updates: Sequence[RefUpdate], _git: pygit2.Repository, _quarantine: Path | None) -> Judgement:
    return Judgement({update.ref: Refusal(("error: no",)) for update in updates})


def remark(_updates: Sequence[RefUpdate], _git: pygit2.Repository, _quarantine: Path | None) -> Judgement:
    return Judgement(remarks=("warning: large",))


def fail(_updates: Sequence[RefUpdate], _git: pygit2.Repository, _quarantine: Path | None) -> Judgement:
    raise RuntimeError


@pytest.mark.parametrize(("first", "then"), [(2, 2), (40, 40), (40, 1)])
def test_a_push_and_the_next_one_are_in(git: pygit2.Repository, here: pygit2.Repository, first: int, then: int) -> None:
    seen = []

    def judge(_updates: Sequence[RefUpdate], within: pygit2.Repository, quarantine: Path | None) -> Judgement:
        seen.append((within[after].message, quarantine is not None and quarantine.is_dir()))
        return Judgement()

    before, after = None, commits(here, first)
    for count in (then, 0):
        with taking(
            a_push(git, packed(here, after, *([f"^{before}"] if before else [])), after, before=before)
        ) as push:
            assert push.finish(judge) == b""
        assert refs.read_ref(git, MAIN) == after
        before, after = after, commits(here, count, parent=after) if count else after

    assert seen == [("change", True)] * 2
    assert not list(Path(git.path).glob("objects/tmp_*"))
    assert subprocess.run(["git", "fsck", "--strict"], cwd=git.path, capture_output=True, check=True).stdout == b""


def test_who_wants_to_hear_of_it_is_told_what_git_says(git: pygit2.Repository, here: pygit2.Repository) -> None:
    after = commits(here, 40)
    update = RefUpdate(ref=MAIN, before=None, after=after)
    push = short_push(Path(git.path), [update], (b"report-status", b"side-band-64k"), packed(here, after))
    assert push is not None

    with taking(push) as on_its_way:
        said = on_its_way.finish(None)

    assert said is not None
    assert b"Resolving deltas: 100%" in said


@pytest.mark.parametrize("judge", [refuse, remark, fail])
def test_what_somebody_has_a_word_on_leaves_nothing_behind(
    git: pygit2.Repository, here: pygit2.Repository, judge: object
) -> None:
    before, after = files(git), commits(here, 2)

    with taking(a_push(git, packed(here, after), after)) as push:
        assert push.finish(judge) is None  # type: ignore[arg-type]

    assert files(git) == before
    assert refs.read_ref(git, MAIN) is None


def test_a_push_that_nobody_finishes_leaves_nothing_behind(git: pygit2.Repository, here: pygit2.Repository) -> None:
    before, after = files(git), commits(here, 40)

    with taking(a_push(git, packed(here, after), after)):
        pass

    assert files(git) == before


def test_what_a_killed_process_has_left_is_removed_and_what_is_in_use_is_not(
    git: pygit2.Repository, here: pygit2.Repository
) -> None:
    before, after = files(git), commits(here, 40)
    left = Path(git.path) / "objects" / "tmp_objdir-taking-left"
    (left / "pack").mkdir(parents=True)

    with taking(a_push(git, packed(here, after), after)) as push:
        remove_abandoned(Path(git.path))
        assert not left.exists()
        assert files(git) > before
        assert push.finish(None) is not None

    remove_abandoned(Path(git.path) / "gone")


@pytest.mark.parametrize("count", [3, 40])
def test_a_pack_with_something_missing_or_damaged_is_not_taken(
    git: pygit2.Repository, here: pygit2.Repository, count: int
) -> None:
    first = commits(here, 1)
    after = commits(here, count, parent=first)
    whole, without_first = packed(here, after), packed(here, after, f"^{first}")
    damaged = whole[:-40] + bytes(20) + whole[-20:]
    before = files(git)

    for pack, sha in ((damaged, after), (without_first, after), (whole, "1" * 40), (whole[:100], after)):
        with taking(a_push(git, pack, sha)) as push:
            assert push.finish(None) is None
        assert files(git) == before


def test_objects_that_lack_what_they_need_are_found_out(git: pygit2.Repository, here: pygit2.Repository) -> None:
    # The commit before is there, but its tree is not: only a look behind the direct links tells.
    first = commits(here, 1)
    after = a_commit(here, {"b.txt": "b"}, parents=[first])
    git.odb.write(pygit2.enums.ObjectType.COMMIT, here.odb.read(first)[1])
    before = files(git)

    with taking(a_push(git, packed(here, after, f"^{first}"), after)) as push:
        assert push.finish(None) is None

    assert files(git) == before


@pytest.mark.parametrize(
    ("ref", "before", "what"),
    [
        (MAIN, None, "commit"),  # it is there already
        (MAIN, "2" * 40, "commit"),  # it is elsewhere
        ("refs/heads/main/deeper", None, "commit"),
        ("refs/heads/leaf", None, "tree"),
    ],
)
def test_a_ref_that_may_not_move_so_stays(
    git: pygit2.Repository, here: pygit2.Repository, ref: str, before: str | None, what: str
) -> None:
    first, after = commits(here, 2), commits(here, 3)
    sha = after if what == "commit" else str(here[after].peel(pygit2.Tree).id)
    with taking(a_push(git, packed(here, first), first)) as push:
        push.finish(None)

    with taking(a_push(git, packed(here, sha), sha, before=before, ref=ref)) as push:
        assert push.finish(None) is None

    assert refs.list_refs(git) == {MAIN: first}


def test_a_folder_that_git_would_have_quoted_is_left_to_git(tmp_path: Path, here: pygit2.Repository) -> None:
    git, after = store.create(tmp_path / "a:b.git"), commits(here, 1)
    before = files(git)

    with taking(a_push(git, packed(here, after), after)) as push:
        assert push.finish(None) is None

    assert files(git) == before


@pytest.mark.parametrize(
    ("changes", "wishes", "pack"),
    [
        ({"after": None, "before": "1" * 40}, WISHES, b""),
        ({"before": "1" * 40}, WISHES, None),  # it is there
        ({"ref": "refs/pull/1/head"}, WISHES, None),
        ({"ref": "refs/heads/-x"}, WISHES, None),
        ({"ref": "refs/heads/a..b"}, WISHES, None),
        ({"ref": "refs/heads/ä"}, WISHES, None),
        ({"after": "x" * 40}, WISHES, None),
        ({"after": "1" * 64}, WISHES, None),
        ({}, (*WISHES, b"push-options"), None),
        ({}, (b"report-status",), None),
        ({}, (b"side-band-64k",), None),
        ({}, WISHES, b""),
        ({}, WISHES, b"PACK\0\0\0\2\0\0\0\0"),
        ({}, WISHES, b"PACK\0\0\0\3\0\0\0\1"),
    ],
)
def test_what_is_not_plain_is_left_to_git(
    git: pygit2.Repository, changes: dict[str, str | None], wishes: tuple[bytes, ...], pack: bytes | None
) -> None:
    wanted = {"ref": MAIN, "before": None, "after": "1" * 40} | changes
    update = RefUpdate(**wanted)  # type: ignore[arg-type]
    content = b"PACK\0\0\0\2\0\0\0\1" if pack is None else pack

    assert short_push(Path(git.path), [update], wishes, content) is None
    assert short_push(Path(git.path), [update, update], WISHES, content) is None

"""Copies of repositories by hard links, commits borrowed by another repository, and archives."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pygit2
import pytest

from simulator.emulators.gitserver import copies, refs, store
from simulator.emulators.gitserver.archives import archive
from simulator.emulators.gitserver.borrowing import borrow
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.gitserver.sizes import disk_size_kb
from tests.emulators.gitserver.builders import a_commit


def git(path: Path, *command: str) -> str:
    """Run git in a bare repository."""
    done = subprocess.run(["git", f"--git-dir={path}", *command], capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> pygit2.Repository:
    """A repository with two commits on main, one of them on a topic, a tag and a pull request's ref."""
    made = store.create(tmp_path / "one.git")
    first = a_commit(made, {"a.txt": "1", "src/b.txt": "2"})
    second = a_commit(made, {"a.txt": "3", "src/b.txt": "2"}, parents=[first])
    for ref, sha in (("heads/main", second), ("heads/topic", first), ("tags/v1", first), ("pull/1/head", second)):
        refs.write_ref(made, f"refs/{ref}", sha, expected=None)
    return made


def test_a_copy_has_branches_and_tags_and_outlives_the_original(repository: pygit2.Repository, tmp_path: Path) -> None:
    source, target = Path(repository.path), tmp_path / "two.git"

    copies.copy_repository(source, target, default_branch="main")
    store.delete(source)

    assert list(refs.list_refs(store.opened(target))) == ["refs/heads/main", "refs/heads/topic", "refs/tags/v1"]
    assert "error" not in git(target, "fsck", "--full", "--strict")


def test_a_copy_of_packs_holds_what_is_kept_of_it(repository: pygit2.Repository, tmp_path: Path) -> None:
    source, target = Path(repository.path), tmp_path / "two.git"
    git(source, "repack", "-a", "-d", "-q")

    copies.copy_repository(source, target, default_branch="main", keep=lambda ref: ref == "refs/heads/main")

    assert list(refs.list_refs(store.opened(target))) == ["refs/heads/main"]
    (pack,) = (target / "objects" / "pack").glob("*.pack")
    assert pack.stat().st_nlink == 2
    assert "error" not in git(target, "fsck", "--full")
    assert disk_size_kb(target) >= 1


def test_borrowed_commits_come_with_all_they_need(repository: pygit2.Repository, tmp_path: Path) -> None:
    other = store.create(tmp_path / "two.git")
    tip = refs.read_ref(repository, "refs/heads/main")
    assert tip is not None

    for _ in range(2):  # what is there already is left alone
        borrow(repository, other, tip)
    refs.write_ref(other, "refs/heads/main", tip, expected=None)

    assert "error" not in git(Path(other.path), "fsck", "--full", "--strict")
    assert git(Path(other.path), "rev-list", "--count", "main").strip() == "2"
    with pytest.raises(NoSuchObject):
        borrow(repository, other, "0" * 40)


def test_an_archive_that_nobody_reads_to_the_end_leaves_nothing_behind(repository: pygit2.Repository) -> None:
    tip = refs.read_ref(repository, "refs/heads/main")
    assert tip is not None

    pieces = archive(Path(repository.path), tip, form="zip", prefix="x/")

    assert next(pieces).startswith(b"PK")
    pieces.close()
    with pytest.raises(ValueError, match="rar"):
        next(archive(Path(repository.path), tip, form="rar", prefix="x/"))

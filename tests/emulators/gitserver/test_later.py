"""Refs that are promised and written when somebody looks."""

from __future__ import annotations

from pathlib import Path

import pygit2

from simulator.emulators.gitserver import later, refs
from tests.emulators.gitserver.builders import a_commit

HEAD = "refs/pull/1/head"


def test_a_promised_ref_is_there_for_whoever_looks(git: pygit2.Repository) -> None:
    sha = a_commit(git, {"a.txt": "a"})
    later.promise(git, HEAD, sha)
    assert refs.read_ref(git, HEAD) == sha
    assert refs.list_refs(git)[HEAD] == sha


def test_of_several_promises_the_last_counts(git: pygit2.Repository) -> None:
    first, second = a_commit(git, {"a.txt": "a"}), a_commit(git, {"a.txt": "b"})
    later.promise(git, HEAD, first)
    later.settle(git)
    later.promise(git, HEAD, first)
    later.promise(git, HEAD, second)
    later.settle(git)
    assert git.references[HEAD].target == pygit2.Oid(hex=second)


def test_promises_outlive_whoever_made_them(git: pygit2.Repository) -> None:
    sha = a_commit(git, {"a.txt": "a"})
    later.promise(git, HEAD, sha)
    another = pygit2.Repository(git.path)
    later.settle(another)
    assert str(another.references[HEAD].target) == sha


def test_a_promise_that_cannot_be_kept_hinders_no_other(git: pygit2.Repository) -> None:
    sha = a_commit(git, {"a.txt": "a"})
    later.promise(git, "refs/pull/7/head", "0123456789" * 4)
    later.promise(git, HEAD, sha)
    later.settle(git)
    assert sorted(name for name in git.references if name.startswith("refs/pull/")) == [HEAD]


def test_what_could_not_be_written_is_tried_again(git: pygit2.Repository) -> None:
    sha = a_commit(git, {"a.txt": "a"})
    in_the_way = Path(git.path, "refs/pull/1")
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("no folder")
    later.promise(git, HEAD, sha)
    later.settle(git)
    in_the_way.unlink()
    assert refs.read_ref(git, HEAD) == sha


def test_the_lock_of_a_killed_process_does_not_hinder(git: pygit2.Repository) -> None:
    sha = a_commit(git, {"a.txt": "a"})
    lock = Path(git.path, f"{HEAD}.lock")
    lock.parent.mkdir(parents=True)
    lock.touch()
    later.promise(git, HEAD, sha)
    assert refs.read_ref(git, HEAD) == sha

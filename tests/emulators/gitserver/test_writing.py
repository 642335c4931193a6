from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pygit2
import pytest

from simulator.emulators.gitserver.errors import BadName, NoSuchObject
from simulator.emulators.gitserver.writing import commit_tree, edit_tree, empty_tree, signature
from tests.emulators.gitserver.builders import ALICE, a_commit, content


def paths(git: pygit2.Repository, tree: str) -> set[str]:
    found = git[tree].peel(pygit2.Tree)
    return {str(entry.name) for entry in found}


def test_files_are_written_and_removed_in_folders(git: pygit2.Repository) -> None:
    tree = edit_tree(git, None, {"a": b"1", "dir/b": b"2", "dir/deep/c": b"\0"})

    edited = edit_tree(git, tree, {"dir/deep/c": None, "dir/d": b"", "a": b"3"})

    assert paths(git, edited) == {"a", "dir"}
    assert {str(entry.name) for entry in git[edited].peel(pygit2.Tree)["dir"].peel(pygit2.Tree)} == {"b", "d"}


def test_a_folder_that_loses_its_last_file_is_gone(git: pygit2.Repository) -> None:
    tree = edit_tree(git, None, {"dir/deep/a": b"1"})

    assert edit_tree(git, tree, {"dir/deep/a": None}) == empty_tree(git)


def test_a_changed_file_stays_executable(git: pygit2.Repository) -> None:
    builder = git.TreeBuilder()
    builder.insert("run.sh", git.create_blob(b"1"), pygit2.enums.FileMode.BLOB_EXECUTABLE)

    edited = edit_tree(git, str(builder.write()), {"run.sh": b"2"})

    assert git[edited].peel(pygit2.Tree)["run.sh"].filemode == pygit2.enums.FileMode.BLOB_EXECUTABLE


@pytest.mark.parametrize(
    "path", ["", "/a", "a/", "a//b", "../a", "a/../b", ".git/config", "a/.GIT/b", "a\0b", "x" * 5000]
)
def test_a_path_that_leads_out_is_refused(git: pygit2.Repository, path: str) -> None:
    with pytest.raises(BadName):
        edit_tree(git, None, {path: b"1"})


def test_a_file_can_not_take_a_folder_s_place(git: pygit2.Repository) -> None:
    tree = edit_tree(git, None, {"dir/a": b"1", "file": b"1"})

    with pytest.raises(BadName):
        edit_tree(git, tree, {"dir": b"1"})
    with pytest.raises(BadName):
        edit_tree(git, tree, {"file/a": b"1"})


def test_removing_what_is_not_there_is_refused(git: pygit2.Repository) -> None:
    for path in ("a", "dir/a"):
        with pytest.raises(NoSuchObject):
            edit_tree(git, None, {path: None})


def test_a_commit_needs_its_tree_and_parents(git: pygit2.Repository) -> None:
    for tree, parents in (("1" * 40, []), (empty_tree(git), ["1" * 40])):
        with pytest.raises(NoSuchObject):
            commit_tree(git, tree, parents=parents, message="x", author=ALICE, committer=ALICE)


def test_people_and_instants_are_kept(git: pygit2.Repository) -> None:
    zone = timezone(timedelta(hours=-5))
    author = signature("  Zoë <x>\n", "zoe@example.com", datetime(2026, 3, 2, 8, 0, 0, 999_999, tzinfo=zone))

    sha = a_commit(git, {"a": "1"}, author=author, message="ä\n")

    commit = git[sha].peel(pygit2.Commit)
    assert (commit.author.name, commit.author.email, commit.message) == ("Zoë x", "zoe@example.com", "ä\n")
    assert (commit.author.time, commit.author.offset) == (1772456400, -300)
    assert content(git, sha, "a") == "1"
    assert signature("", "", datetime(2026, 3, 2, tzinfo=zone)).name == "unknown"

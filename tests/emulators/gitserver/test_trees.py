"""Merged trees are those that `git merge` itself makes, whichever way they were made."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pygit2
import pytest

from simulator.emulators.gitserver import history, merging, trees
from simulator.emulators.gitserver.refs import write_ref
from tests.emulators.gitserver.builders import ALICE, a_commit, content

TEXT = "".join(f"{number}\n" for number in range(30))


def merged_by_git_itself(git: pygit2.Repository, folder: Path, ours: str, theirs: str) -> str | None:
    """The tree that `git merge` leaves in a clone, None for a conflict."""
    write_ref(git, "refs/heads/ours", ours, expected=None)
    write_ref(git, "refs/heads/theirs", theirs, expected=None)

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "safe.directory=*"]
        whole = ["git", *identity, *command]
        return subprocess.run(whole, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    run("clone", "-q", "-b", "ours", git.path, "work")
    merge = run("-C", "work", "merge", "-q", "--no-ff", "--allow-unrelated-histories", "-m", "m", "origin/theirs")
    return run("-C", "work", "rev-parse", "HEAD^{tree}").stdout.strip() if merge.returncode == 0 else None


def criss_cross(git: pygit2.Repository) -> tuple[str, str]:
    root = a_commit(git, {"a": TEXT})
    left = a_commit(git, {"a": TEXT.replace("3\n", "left\n", 1)}, parents=[root])
    right = a_commit(git, {"a": TEXT.replace("20\n", "right\n", 1)}, parents=[root])
    both = TEXT.replace("3\n", "left\n", 1).replace("20\n", "right\n", 1)
    one = a_commit(git, {"a": both}, parents=[left, right])
    other = a_commit(git, {"a": both}, parents=[right, left])
    return (
        a_commit(git, {"a": both.replace("10\n", "ours\n")}, parents=[one]),
        a_commit(git, {"a": both.replace("28\n", "theirs\n")}, parents=[other]),
    )


def a_folder_renamed(git: pygit2.Repository) -> tuple[str, str]:
    root = a_commit(git, {f"old/{each}": TEXT + each for each in "abc"} | {"x": "1"})
    moved = {f"old/{each}": None for each in "abc"} | {f"new/{each}": TEXT + each for each in "abc"}
    return a_commit(git, moved, parents=[root]), a_commit(git, {"old/d": "d", "old/a": TEXT + "a!"}, parents=[root])


def a_rename_and_an_edit(git: pygit2.Repository) -> tuple[str, str]:
    root = a_commit(git, {"a": TEXT})
    ours = a_commit(git, {"a": None, "b": TEXT}, parents=[root])
    return ours, a_commit(git, {"a": TEXT.replace("5\n", "five\n", 1)}, parents=[root])


def edits_side_by_side(git: pygit2.Repository) -> tuple[str, str]:
    root = a_commit(git, {"a": TEXT})
    ours = a_commit(git, {"a": TEXT.replace("5\n", "five\n", 1)}, parents=[root])
    return ours, a_commit(git, {"a": TEXT.replace("6\n", "six\n", 1)}, parents=[root])


def a_file_where_a_folder_is(git: pygit2.Repository) -> tuple[str, str]:
    root = a_commit(git, {"x": "1"})
    return a_commit(git, {"p": "file"}, parents=[root]), a_commit(git, {"p/q": "below"}, parents=[root])


def different_files(git: pygit2.Repository) -> tuple[str, str]:
    root = a_commit(git, {"a": "1", "dir/b": "1", "gone": "1"})
    return (
        a_commit(git, {"a": "2", "gone": None}, parents=[root]),
        a_commit(git, {"dir/b": "2", "dir/c": "3"}, parents=[root]),
    )


def no_common_history(git: pygit2.Repository) -> tuple[str, str]:
    return a_commit(git, {"a": "1"}), a_commit(git, {"b": "1"})


@pytest.mark.parametrize(
    "build",
    [
        criss_cross,
        a_folder_renamed,
        a_rename_and_an_edit,
        edits_side_by_side,
        a_file_where_a_folder_is,
        different_files,
        no_common_history,
    ],
)
def test_the_tree_is_git_s_own(git: pygit2.Repository, tmp_path: Path, build: object) -> None:
    ours, theirs = build(git)  # type: ignore[operator]

    assert merging.merge(git, ours, theirs).tree == merged_by_git_itself(git, tmp_path, ours, theirs)


def test_only_what_git_could_not_decide_otherwise_is_put_together_without_it(git: pygit2.Repository) -> None:
    def tree(sha: str) -> str:
        return str(history.commit(git, sha).tree_id)

    def by_files(build: object) -> str | None:
        ours, theirs = build(git)  # type: ignore[operator]
        base = history.merge_base(git, ours, theirs)
        assert base is not None
        return trees.by_files(git, tree(base), tree(ours), tree(theirs))

    assert by_files(different_files) is not None
    assert by_files(a_rename_and_an_edit) is None
    assert by_files(edits_side_by_side) is None
    assert by_files(a_file_where_a_folder_is) is None


def test_several_best_common_ancestors_are_noticed(git: pygit2.Repository) -> None:
    crossed, plain = criss_cross(git), different_files(git)

    def is_only(ours: str, theirs: str) -> bool:
        return history.is_only_merge_base(git, str(history.merge_base(git, ours, theirs)), ours, theirs)

    assert not is_only(*crossed)
    assert is_only(*plain)


def test_a_commit_is_replayed_as_git_would_when_both_sides_changed_the_file(git: pygit2.Repository) -> None:
    root = a_commit(git, {"a.txt": TEXT})
    base = a_commit(git, {"a.txt": TEXT.replace("3\n", "three\n", 1)}, parents=[root])
    head = a_commit(git, {"a.txt": TEXT.replace("20\n", "twenty\n", 1)}, parents=[root], message="feat: twenty")

    [made] = merging.rebase(git, base, history.commits_between(git, base, head), committer=ALICE)

    assert content(git, made, "a.txt") == TEXT.replace("3\n", "three\n", 1).replace("20\n", "twenty\n", 1)

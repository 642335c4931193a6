from __future__ import annotations

import pygit2
import pytest

from simulator.emulators.gitserver import history, merging
from simulator.emulators.gitserver.errors import MergeConflict
from tests.emulators.gitserver.builders import ALICE, BOB, a_commit, content

TEXT = "".join(f"{number}\n" for number in range(30))


@pytest.fixture
def fork(git: pygit2.Repository) -> tuple[str, str]:
    """A base that has a file of its own and a head that renamed and changed the other one."""
    root = a_commit(git, {"a.txt": TEXT})
    base = a_commit(git, {"a.txt": TEXT.replace("3\n", "three\n", 1), "only-on-base": "b"}, parents=[root])
    first = a_commit(git, {"a.txt": None, "b.txt": TEXT}, parents=[root], message="feat: move", author=BOB)
    head = a_commit(git, {"b.txt": TEXT + "30\n"}, parents=[first], message="feat: more", author=BOB)
    return base, head


def test_a_merge_keeps_both_sides_through_a_rename(git: pygit2.Repository, fork: tuple[str, str]) -> None:
    sha = merging.merge_commit(git, *fork, message="Merge", author=ALICE, committer=ALICE)

    assert [str(parent) for parent in history.commit(git, sha).parent_ids] == [*fork]
    assert content(git, sha, "a.txt") is None
    assert content(git, sha, "b.txt") == TEXT.replace("3\n", "three\n", 1) + "30\n"
    assert content(git, sha, "only-on-base") == "b"


def test_a_squash_is_one_commit_with_the_merged_tree(git: pygit2.Repository, fork: tuple[str, str]) -> None:
    merged = merging.merge_commit(git, *fork, message="Merge", author=ALICE, committer=ALICE)

    sha = merging.squash_commit(git, *fork, message="feat: move (#1)", author=BOB, committer=ALICE)

    commit = history.commit(git, sha)
    assert [str(parent) for parent in commit.parent_ids] == [fork[0]]
    assert commit.tree_id == history.commit(git, merged).tree_id
    assert (commit.author.name, commit.committer.name) == ("Bob", "Alice")


def test_a_rebase_replays_each_commit_and_keeps_its_author(git: pygit2.Repository, fork: tuple[str, str]) -> None:
    made = merging.rebase(git, fork[0], history.commits_between(git, *fork), committer=ALICE)

    commits = [history.commit(git, sha) for sha in made]
    assert [commit.message for commit in commits] == ["feat: move", "feat: more"]
    assert {commit.author.name for commit in commits} == {"Bob"}
    assert {commit.committer.name for commit in commits} == {"Alice"}
    assert history.commits_between(git, fork[0], made[-1]) == commits
    assert content(git, made[-1], "b.txt") == TEXT.replace("3\n", "three\n", 1) + "30\n"


def test_a_rebase_leaves_out_what_is_there_already(git: pygit2.Repository) -> None:
    root = a_commit(git, {"a": "1"})
    base = a_commit(git, {"b": "1"}, parents=[root])
    same = a_commit(git, {"b": "1"}, parents=[root], author=BOB)
    head = a_commit(git, {"c": "1"}, parents=[same], message="feat: c")

    made = merging.rebase(git, base, history.commits_between(git, base, head), committer=ALICE)

    assert [history.commit(git, sha).message for sha in made] == ["feat: c"]


def test_both_sides_changing_a_line_is_a_conflict_that_names_the_file(git: pygit2.Repository) -> None:
    root = a_commit(git, {"dir/a": "1\n", "b": "1\n"})
    ours = a_commit(git, {"dir/a": "2\n"}, parents=[root])
    theirs = a_commit(git, {"dir/a": "3\n", "b": "2\n"}, parents=[root])

    assert merging.merge(git, ours, theirs).conflicts == ("dir/a",)
    with pytest.raises(MergeConflict) as caught:
        merging.merge_commit(git, ours, theirs, message="Merge", author=ALICE, committer=ALICE)
    with pytest.raises(MergeConflict):
        merging.rebase(git, ours, history.commits_between(git, ours, theirs), committer=ALICE)
    assert caught.value.paths == ("dir/a",)


def test_one_side_deleting_what_the_other_changed_is_a_conflict(git: pygit2.Repository) -> None:
    root = a_commit(git, {"a": "1\n", "b": "1\n"})
    ours = a_commit(git, {"a": None}, parents=[root])
    theirs = a_commit(git, {"a": "2\n"}, parents=[root])

    assert merging.merge(git, ours, theirs).conflicts == ("a",)

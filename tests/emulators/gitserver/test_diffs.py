from __future__ import annotations

import subprocess
from pathlib import Path

import pygit2

from simulator.emulators.gitserver import diffs, history
from tests.emulators.gitserver.builders import a_commit, content

LINES = "".join(f"line {number}\n" for number in range(20))


def test_each_kind_of_change_has_its_status_and_counts(git: pygit2.Repository) -> None:
    old = a_commit(git, {"kept": "1\n", "changed": "1\n2\n", "gone": "1\n2\n", "moved": LINES, "image": b"\0\1"})
    new = a_commit(
        git,
        {
            "changed": "1\n3\n4\n",
            "gone": None,
            "moved": None,
            "there/moved": LINES + "more\n",
            "new": "x",
            "image": b"\0\2",
        },
        parents=[old],
    )

    files = {file.path: file for file in diffs.changed_files(git, old, new)}

    seen = {path: (file.status, file.additions, file.deletions, file.previous_path) for path, file in files.items()}
    assert seen == {
        "changed": ("modified", 2, 1, None),
        "gone": ("removed", 0, 2, None),
        "there/moved": ("renamed", 1, 0, "moved"),
        "new": ("added", 1, 0, None),
        "image": ("modified", 0, 0, None),
    }
    assert files["changed"].patch == "@@ -1,2 +1,3 @@\n 1\n-2\n+3\n+4"
    assert files["new"].patch == "@@ -0,0 +1 @@\n+x\n\\ No newline at end of file"
    assert files["image"].patch is None
    assert files["image"].binary
    assert diffs.totals(git, old, new) == (5, 4, 3)


def test_a_first_commit_adds_everything(git: pygit2.Repository) -> None:
    sha = a_commit(git, {"a": "1\n", "empty": ""})

    assert [(file.path, file.status, file.patch) for file in diffs.changed_files(git, None, sha)] == [
        ("a", "added", "@@ -0,0 +1 @@\n+1"),
        ("empty", "added", None),
    ]


def test_a_very_large_patch_is_left_out_but_counted(git: pygit2.Repository) -> None:
    sha = a_commit(git, {"large": "0123456789\n" * 60_000})

    (file,) = diffs.changed_files(git, None, sha)

    assert file.patch is None
    assert file.additions == 60_000


def test_git_itself_can_apply_the_diff_and_the_mails(git: pygit2.Repository, tmp_path: Path) -> None:
    old = a_commit(git, {"a": LINES, "image": b"\0\1"})
    middle = a_commit(git, {"a": LINES.replace("line 3\n", "three ✓\n")}, parents=[old], message="feat: three\n\nWhy.")
    new = a_commit(git, {"b": "no newline", "image": b"\0\2\3"}, parents=[middle], message="feat: b")
    clone = tmp_path / "clone"

    def run(*command: str, stdin: bytes = b"") -> str:
        whole = ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", *command]
        return subprocess.run(whole, cwd=clone, input=stdin, capture_output=True, check=True).stdout.decode()

    clone.mkdir()
    run("clone", "--quiet", git.path, ".")
    for how, text in (("apply --index", diffs.unified_diff(git, old, new)),):
        run("checkout", "--quiet", "--detach", old)
        run(*how.split(), stdin=text)
        assert run("write-tree").strip() == str(history.commit(git, new).tree_id)

    run("reset", "--hard", "--quiet", old)
    run("am", stdin=diffs.patch_series(git, history.commits_between(git, old, new)))
    assert run("rev-parse", "HEAD^{tree}").strip() == str(history.commit(git, new).tree_id)
    assert run("log", "--format=%an|%B", "-1", "HEAD~1").strip() == "Alice|feat: three\n\nWhy."
    assert content(git, new, "b") == "no newline"

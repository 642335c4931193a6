"""What counts as a line that somebody wrote."""

from __future__ import annotations

import pytest

from simulator.model.code import ChangedFile
from simulator.model.substance import is_written_by_hand, substantive_lines


def a_file(
    path: str = "a.py", *, status: str = "modified", added: int = 3, removed: int = 0, patch: str | None = None
) -> ChangedFile:
    return ChangedFile(path=path, status=status, additions=added, deletions=removed, patch=patch)


@pytest.mark.parametrize(
    "path",
    [
        "src/app.py",
        "README.md",
        "Makefile",
        ".github/workflows/ci.yml",
        "distance/vendors.py",
        "lock.py",
        "package.json",
    ],
)
def test_sources_are_written_by_hand(path: str) -> None:
    assert is_written_by_hand(path)


@pytest.mark.parametrize(
    "path",
    [
        *("uv.lock", "web/package-lock.json", "go.sum", "Cargo.lock"),
        *(
            "node_modules/x/y.js",
            "vendor/x.go",
            "a/__pycache__/b.py",
            "x.egg-info/PKG-INFO",
            ".DS_Store",
            "dist/bundle.js",
        ),
        *("static/app.min.js", "api_pb2.py", "logo.PNG"),
    ],
)
def test_locks_vendored_generated_and_binary_files_are_not(path: str) -> None:
    assert not is_written_by_hand(path)


def test_lines_are_added_up_over_files() -> None:
    files = [a_file(added=3, removed=2), a_file("b.py", added=10), a_file("uv.lock", added=4000)]

    assert substantive_lines(files) == 15


def test_a_deleted_file_counts_one_line_and_a_moved_one_none() -> None:
    assert substantive_lines([a_file(status="removed", added=0, removed=900)]) == 1
    assert substantive_lines([a_file(status="renamed", added=0)]) == 0


def test_a_change_of_white_space_alone_counts_nothing() -> None:
    patch = "@@ -1,2 +1,3 @@\n-if x:\n-  y = 1\n+if x:\n+    y = 1\n+"

    assert substantive_lines([a_file(added=3, removed=2, patch=patch)]) == 0
    assert substantive_lines([a_file(added=3, removed=2, patch=patch.replace("    y = 1", "    y = 2"))]) == 5


def test_a_patch_that_was_cut_short_is_believed_by_its_counts() -> None:
    patch = "@@ -1,2 +1,2 @@\n-x\n+ x"

    assert substantive_lines([a_file(added=500, removed=500, patch=patch)]) == 1000

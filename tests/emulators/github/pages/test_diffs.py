from __future__ import annotations

from simulator.emulators.github.pages.diffs import MOST_FILES, MOST_LINES, anchor_of, diff_of, rows_of
from simulator.emulators.gitserver.diffs import ChangedFile

PATCH = "@@ -1,2 +1,3 @@ def x\n one\n-two\n+deux\n+@@ no header\n\\ No newline at end of file"


def a_file(path: str = "a.txt", patch: str | None = PATCH, *, binary: bool = False, additions: int = 2) -> ChangedFile:
    return ChangedFile(
        path=path,
        previous_path=None,
        status="modified",
        additions=additions,
        deletions=1,
        sha="0" * 40,
        patch=patch,
        binary=binary,
    )


def test_rows_have_their_kinds_and_numbers() -> None:
    seen = [(row.kind, row.old, row.new, row.mark, row.text) for row in rows_of(PATCH)]

    assert seen == [
        ("hunk", None, None, "", "@@ -1,2 +1,3 @@ def x"),
        ("same", 1, 1, " ", "one"),
        ("removed", 2, None, "-", "two"),
        ("added", None, 2, "+", "deux"),
        ("added", None, 3, "+", "@@ no header"),
        ("note", None, None, "", "\\ No newline at end of file"),
    ]


def test_the_lines_of_all_files_together_are_bounded() -> None:
    long = "@@ -0,0 +1,2000 @@\n" + "\n".join("+x" for _ in range(2000))

    diff = diff_of([a_file("a", long), a_file("b", long), a_file("c", long)])

    assert sum(len(file.rows) for file in diff.files) == MOST_LINES
    assert [file.left_out for file in diff.files] == [0, 1002, 2001]
    assert diff.is_cut


def test_files_beyond_the_most_are_counted() -> None:
    diff = diff_of(a_file(str(number)) for number in range(MOST_FILES + 5))

    assert (len(diff.files), diff.left_out_files, diff.count, diff.additions) == (MOST_FILES, 5, 305, 610)


def test_a_file_without_a_patch_says_how_much_is_not_shown() -> None:
    large, binary = diff_of([a_file(patch=None), a_file(patch=None, binary=True, additions=0)]).files

    assert large.left_out == 3
    assert binary.binary


def test_long_lines_are_cut() -> None:
    (_, row) = rows_of("@@ -0,0 +1 @@\n+" + "x" * 5000)

    assert len(row.text) == 1001


def test_anchors_are_git_hub_s() -> None:
    assert anchor_of("README.md") == "diff-b335630551682c19a781afebcf4d07bf978fb1f8ac04c6bf87428ed5106870f5"

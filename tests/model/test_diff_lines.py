"""Lines of a diff, numbered as people see them."""

from __future__ import annotations

from simulator.model.code import ChangedFile
from simulator.model.diff_lines import added_lines, removed_lines

PATCH = (
    "@@ -1,3 +1,3 @@\n def a():\n-    old\x0c()\n+    new\x0c()\n end\n"
    "@@ -20,1 +20,2 @@\n x\n+y\n\\ No newline at end of file"
)


def _file(patch: str | None) -> ChangedFile:
    return ChangedFile(path="a.py", status="modified", additions=2, deletions=1, patch=patch)


def test_added_lines_have_the_numbers_of_the_new_side() -> None:
    assert list(added_lines(_file(PATCH))) == [(2, "    new\x0c()"), (21, "y")]


def test_removed_lines_are_those_that_went() -> None:
    assert list(removed_lines(_file(PATCH))) == ["    old\x0c()"]


def test_a_file_without_a_patch_has_none() -> None:
    assert list(added_lines(_file(None))) == []
    assert list(removed_lines(_file(None))) == []

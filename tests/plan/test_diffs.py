from __future__ import annotations

from simulator.model.code import ChangedFile
from simulator.model.diff_lines import added_lines
from simulator.plan.diffs import lines_to_read

PATCH = """\
@@ -1,4 +1,5 @@ class Payments:
 one
-two
+second
+third
 four
@@ -20,2 +21,2 @@
 twenty-one
-old
+new
\\ No newline at end of file"""


def a_changed_file(path: str = "a.py", status: str = "modified", additions: int = 3, deletions: int = 2) -> ChangedFile:
    return ChangedFile(path=path, status=status, additions=additions, deletions=deletions, patch=PATCH)


def test_added_lines_are_numbered_as_in_the_new_file() -> None:
    assert list(added_lines(a_changed_file())) == [(2, "second"), (3, "third"), (22, "new")]


def test_without_a_patch_there_are_none() -> None:
    assert list(added_lines(ChangedFile(path="a", status="added", additions=1, deletions=0))) == []


def test_what_nobody_reads_does_not_count() -> None:
    files = (
        a_changed_file(),
        a_changed_file("package-lock.json", additions=9000),
        a_changed_file("web/vendor/x.js", additions=900),
        a_changed_file("gone.py", status="removed", additions=0, deletions=300),
    )

    assert lines_to_read(files) == 5 + 1

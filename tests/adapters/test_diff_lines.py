from __future__ import annotations

from simulator.model.diff_lines import shown_lines

PATCH = """@@ -1,3 +1,4 @@
 one
-two
+zwei
+drei
 four
@@ -20,2 +21,2 @@ def f():
 a
-b
+c
\\ No newline at end of file"""


def test_added_and_context_lines_are_shown() -> None:
    assert shown_lines(PATCH) == {1, 2, 3, 4, 21, 22}


def test_no_patch_shows_nothing() -> None:
    assert shown_lines(None) == frozenset()
    assert shown_lines("") == frozenset()


def test_a_hunk_of_one_line_has_no_count() -> None:
    assert shown_lines("@@ -0,0 +1 @@\n+x") == {1}

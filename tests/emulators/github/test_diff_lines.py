"""Lines of a diff: where they stand, and where they go."""

from __future__ import annotations

from simulator.emulators.github.diff_lines import LEFT, RIGHT, at_position, carried, find, hunk_until, lines_of

PATCH = """@@ -1,4 +1,5 @@
 one
-two
+2
+2.5
 three
 four
@@ -20,3 +21,2 @@ def f():
 twenty
-twenty-one
 twenty-two
\\ No newline at end of file"""


def test_each_side_has_its_own_numbers() -> None:
    lines = lines_of(PATCH)

    assert [(line.position, line.old, line.new) for line in lines] == [
        (1, 1, 1),
        (2, 2, None),
        (3, None, 2),
        (4, None, 3),
        (5, 3, 4),
        (6, 4, 5),
        (8, 20, 21),
        (9, 21, None),
        (10, 22, 22),
    ]


def test_a_line_is_found_by_number_and_side() -> None:
    lines = lines_of(PATCH)

    assert (removed := find(lines, line=2, side=LEFT)) is not None
    assert removed.text == "-two"
    assert (added := find(lines, line=2, side=RIGHT)) is not None
    assert added.text == "+2"
    assert find(lines, line=12, side=RIGHT) is None
    assert (last := at_position(lines, 10)) is not None
    assert last.text == " twenty-two"
    assert at_position(lines, 7) is None
    assert at_position(lines, 0) is None


def test_a_hunk_is_cut_at_the_position() -> None:
    assert hunk_until(PATCH, 3) == "@@ -1,4 +1,5 @@\n one\n-two\n+2"
    assert hunk_until(PATCH, 9) == "@@ -20,3 +21,2 @@ def f():\n twenty\n-twenty-one"


def test_lines_are_carried_along_with_what_changed_before_them() -> None:
    assert carried(PATCH, 1) == 1
    assert carried(PATCH, 2) is None
    assert carried(PATCH, 4) == 5
    assert carried(PATCH, 10) == 11
    assert carried(PATCH, 21) is None
    assert carried(PATCH, 30) == 30
    assert carried("", 7) == 7


def test_a_new_file_has_only_right_lines() -> None:
    lines = lines_of("@@ -0,0 +1,2 @@\n+a\n+b")

    assert [(line.old, line.new) for line in lines] == [(None, 1), (None, 2)]

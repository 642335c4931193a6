"""Whether a push changed the lines that a remark is about, wherever they stand afterwards."""

from __future__ import annotations

from simulator.hygiene.touched import touches
from simulator.model.code import ChangedFile
from simulator.model.history import Head
from simulator.model.keys import Sha
from simulator.testing.story import instant

NUMBERS = [f"line {number}" for number in range(1, 31)]


def test_a_change_beside_the_line_touches_it_and_one_far_away_does_not() -> None:
    near, far = [*NUMBERS[:11], "new", *NUMBERS[12:]], [*NUMBERS[:27], "new", *NUMBERS[28:]]

    assert touches(_head("1", NUMBERS), _head("2", near), path="a.py", line=10)
    assert not touches(_head("1", NUMBERS), _head("2", far), path="a.py", line=10)


def test_lines_that_only_moved_down_are_not_touched() -> None:
    moved = ["first", "second", *NUMBERS]

    assert not touches(_head("1", NUMBERS), _head("2", moved), path="a.py", line=10)


def test_a_line_taken_out_is_touched() -> None:
    assert touches(_head("1", NUMBERS), _head("2", [*NUMBERS[:9], *NUMBERS[10:]]), path="a.py", line=10)


def test_where_lines_are_not_known_any_change_of_the_file_counts() -> None:
    other = _head("2", [*NUMBERS, "new"])

    assert touches(_head("1", NUMBERS), other, path="a.py", line=None)
    assert touches(_head("1", None), other, path="a.py", line=3)
    assert not touches(_head("1", NUMBERS), other, path="b.py", line=3)
    assert not touches(other, other, path="a.py", line=3)


def _head(sha: str, lines: list[str] | None) -> Head:
    patch = None if lines is None else "\n".join([f"@@ -0,0 +1,{len(lines)} @@", *(f"+{line}" for line in lines)])
    file = ChangedFile(path="a.py", status="added", additions=len(lines or ()), deletions=0, patch=patch)
    return Head(at=instant("1"), sha=Sha(sha), commits=(), files=(file,), lines=len(lines or ()))

"""New behaviour without a test, and tests that go away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.model.code import ChangedFile
from simulator.model.diff_lines import added_lines, taken_out
from simulator.plan.diffs import is_code, is_read, is_test
from simulator.plan.reviews.rules.point import Point, Reading, point_on

_DEFINITION = re.compile(r"\s*(?:async\s+)?(?:def|class|function|func|fn|public|private|export)\b")
_TEST_CASE = re.compile(r"\s*(?:async\s+)?(?:def\s+(test\w*)|func\s+(Test\w*)|(?:it|test)\(\s*['\"]([^'\"]{1,80}))")
_TOPICS = ("test", "covered", "coverage", "tested", "assert")


def untested(reading: Reading) -> Iterator[Point]:
    """Production code changes, and no test beside it."""
    code = [file for file in reading.files if is_code(file.path) and is_read(file.path) and file.additions]
    if not reading.tests_required or not code or any(_is_tested(file) for file in (*reading.files, *reading.others)):
        return
    weightiest = max(code, key=lambda file: file.additions)
    yield Point(
        kind="untested",
        key="untested",
        occasion="untested",
        fields={"path": weightiest.path},
        path=weightiest.path,
        line=_place_in(weightiest),
        arguable=False,
        topics=_TOPICS,
    )


def tests_removed(reading: Reading) -> Iterator[Point]:
    """A test that was there is gone, under whatever name."""
    tests = [file for file in reading.files if is_test(file.path) and file.status != "removed"]
    added = {name for file in tests for _, text in added_lines(file) if (name := _case(text))}
    for file in tests:
        gone = [(line, name) for line in taken_out(file) if (name := _case(line.text)) and name not in added]
        if len(gone) > len(added):
            line, name = gone[0]
            fields = {"name": name, "path": file.path}
            yield point_on(
                file,
                line.number,
                line.text,
                kind="test-removed",
                occasion="test-removed",
                fields=fields,
                topics=_TOPICS,
            )


def _is_tested(file: ChangedFile) -> bool:
    return is_test(file.path) and file.status != "removed"


def _place_in(file: ChangedFile) -> int | None:
    added = [(number, text) for number, text in added_lines(file) if text.strip()]
    definitions = [line for line in added if _DEFINITION.match(line[1][:500])]
    return next((number for number, _ in definitions or added), None)


def _case(text: str) -> str | None:
    found = _TEST_CASE.match(text[:500])
    return next((name for name in found.groups() if name), None) if found else None

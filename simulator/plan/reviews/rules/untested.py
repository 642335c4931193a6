"""New behaviour without a test, and tests that go away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.model.code import ChangedFile
from simulator.model.diff_lines import added_lines, taken_out
from simulator.model.file_kinds import is_code, is_read, is_test
from simulator.plan.reviews.rules.point import Point, Reading, point_on

_LONGEST_LINE = 500
_LONGEST_READ = 1_000
_DEFINITION = re.compile(r"\s*(?:async\s+)?(?:def|class|function|func|fn|public|private|export)\b")
_TEST_CASE = re.compile(r"\s*(?:async\s+)?(?:def\s+(test\w*)|func\s+(Test\w*)|(?:it|test)\(\s*['\"]([^'\"]{1,80}))")
_SKIPPED = re.compile(
    r"\s*(?:@(?:pytest\.mark\.(?:skip|xfail)\b|unittest\.skip|Disabled\b|Ignore\b)|(?:it|test|describe)\.skip\(|x(?:it|describe)\("
    r"|pytest\.(?:skip|xfail)\(|t\.Skip(?:f|Now)?\(|#\[ignore)"
)
# Lines that do nothing when the program runs: comments, what goes on in a block comment, imports, brackets alone.
_IDLE = re.compile(
    r"\s*(?:$|#(?!include|define|if)|//|/\*|\*(?:\s|/|$)|--\s|<!--|\"\"\"[^\"]*(?:\"\"\")?$|import\b|from\s+\S+\s+import\b|using\s+[\w.]+;|package\b|[\])}>;,]+$)"
)
_SAME_BEHAVIOUR = re.compile(
    r"(?:^|[/\s:(])(?:refactor(?:ing|ed|s)?|renam(?:e|es|ed|ing)|reformat(?:s|ted|ting)?|style|chore|tidy(?:ing)?|typos?)(?:\b|_)",
    re.IGNORECASE,
)
_TOPICS = ("test", "covered", "coverage", "tested", "assert")


def untested(reading: Reading) -> Iterator[Point]:
    """Production code changes, and no test beside it. Of what says that nothing behaves differently, a reason will do."""
    code = [file for file in reading.files if is_code(file.path) and is_read(file.path) and _does_something(file)]
    if not reading.tests_required or not code or any(map(is_tested_by, (*reading.files, *reading.others))):
        return
    weightiest = max(code, key=lambda file: file.additions)
    as_before = _SAME_BEHAVIOUR.search(f"{reading.title}\n{reading.branch}"[:_LONGEST_READ]) is not None
    yield Point(
        kind="untested",
        key="untested",
        occasion="untested-as-before" if as_before else "untested",
        fields={"path": weightiest.path},
        path=weightiest.path,
        line=_place_in(weightiest),
        arguable=as_before,
        topics=_TOPICS,
    )


def is_tested_by(file: ChangedFile) -> bool:
    """Whether a diff changes what is tested in a file: its imports alone, its place or an empty file test nothing."""
    changed = _does_something(file) or (file.deletions > 0 and not file.additions)
    return is_test(file.path) and file.status != "removed" and changed


def test_files_removed(reading: Reading) -> Iterator[Point]:
    """A file of tests goes, and the code that it tested does not."""
    gone = [file for file in reading.files if is_test(file.path) and is_read(file.path) and file.status == "removed"]
    others = (*reading.files, *reading.others)
    elsewhere = any(is_test(file.path) and file.status == "added" for file in others)
    if not gone or elsewhere or any(is_code(file.path) and file.status == "removed" for file in others):
        return
    more = f" and {len(gone) - 1} more like it" if len(gone) > 1 else ""
    yield Point(
        kind="test-file-removed",
        key="test-file-removed",
        occasion="test-file-removed",
        fields={"path": gone[0].path, "more": more},
        topics=(*_TOPICS, *(file.path.lower() for file in gone)),
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


def tests_skipped(reading: Reading) -> Iterator[Point]:
    """A test that is there and runs no more."""
    for file in reading.files:
        if is_test(file.path) and is_read(file.path):
            for number, text in added_lines(file):
                if _SKIPPED.match(text[:_LONGEST_LINE]):
                    fields = {"path": file.path}
                    yield point_on(
                        file,
                        number,
                        text,
                        kind="test-skipped",
                        occasion="test-skipped",
                        fields=fields,
                        topics=(*_TOPICS, "skip"),
                    )


def _does_something(file: ChangedFile) -> bool:
    """Whether a diff adds more than comments and imports; of one that is not shown we think so."""
    if file.patch is None or not file.additions:
        return file.additions > 0
    return any(not _IDLE.match(text[:_LONGEST_LINE]) for _, text in added_lines(file))


def _place_in(file: ChangedFile) -> int | None:
    added = [(number, text) for number, text in added_lines(file) if text.strip()]
    definitions = [line for line in added if _DEFINITION.match(line[1][:_LONGEST_LINE])]
    working = [line for line in added if not _IDLE.match(line[1][:_LONGEST_LINE])]
    return next((number for number, _ in definitions or working or added), None)


def _case(text: str) -> str | None:
    found = _TEST_CASE.match(text[:_LONGEST_LINE])
    return next((name for name in found.groups() if name), None) if found else None

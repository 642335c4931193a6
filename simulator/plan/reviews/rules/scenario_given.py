"""What the scenario says to look for: watches, files that belong together, criteria that a line would break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from simulator.model.code import ChangedFile
from simulator.model.diff_lines import DiffLine, added_lines, diff_lines, shown_lines, taken_out
from simulator.plan.reviews.rules.point import Point, Reading, point_on
from simulator.scenario.expressions import finds

_LONGEST_LINE = 500


def watches(reading: Reading) -> Iterator[Point]:
    """What this reviewer never lets pass."""
    for place, watch in enumerate(reading.reviewing.watches):
        for file, line in _hits(reading, watch.pattern, watch.path, removed=watch.removed):
            yield point_on(
                file,
                line.number,
                line.text,
                kind=f"watch-{place}",
                occasion="watch",
                words=watch.remark,
                certain=True,
                fields={"path": file.path},
            )


def criteria(reading: Reading) -> Iterator[Point]:
    """Lines that contradict an acceptance criterion of the issue that the pull request is for."""
    for issue in reading.issues:
        for violation in issue.violated_when:
            for file, line in _hits(reading, violation.pattern, violation.path):
                yield point_on(
                    file,
                    line.number,
                    line.text,
                    kind=f"criterion-{issue.id}-{violation.criterion}",
                    occasion="criterion",
                    words=violation.remark,
                    certain=True,
                    fields={"path": file.path},
                )


def companions(reading: Reading) -> Iterator[Point]:
    """A file that should have changed with another one and did not."""
    for place, pair in enumerate(reading.reviewing.missing):
        changed = [file for file in reading.files if fnmatchcase(file.path, pair.path)]
        if changed and not any(fnmatchcase(file.path, pair.wants) for file in (*reading.files, *reading.others)):
            first = changed[0]
            yield Point(
                kind=f"missing-{place}",
                key=f"missing-{place}",
                occasion="missing",
                words=pair.remark,
                fields={"path": first.path, "wants": pair.wants},
                path=first.path,
                line=min((n for n, _ in added_lines(first)), default=min(shown_lines(first.patch), default=None)),
                certain=True,
                topics=(pair.wants.lower(),),
            )


def _hits(
    reading: Reading, pattern: str, path: str, *, removed: bool = False
) -> Iterator[tuple[ChangedFile, DiffLine]]:
    for file in reading.files:
        if fnmatchcase(file.path, path):
            for line in _lines(file, removed=removed):
                if finds(pattern, line.text[:_LONGEST_LINE]):
                    yield file, line


def _lines(file: ChangedFile, *, removed: bool) -> Iterable[DiffLine]:
    return taken_out(file) if removed else (line for line in diff_lines(file.patch) if line.sign == "+")

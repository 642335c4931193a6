"""Too large, and several concerns at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from simulator.model.file_kinds import is_code, is_read, is_test
from simulator.model.keys import issue_keys_in
from simulator.plan.diffs import lines_to_read
from simulator.plan.reviews.rules.point import Point, Reading

_MOST_CONCERNS = 3
_MOST_NAMED = 5
_FEWEST_LINES_OF_A_CONCERN = 5
_BESIDE_THE_WORK = frozenset({"docs", "doc", "tests", "test", "specs", "spec", ".github", "scripts", "config"})


def size(reading: Reading) -> Iterator[Point]:
    """More changed lines than this reviewer reads in one go; tests alone never make a change too large."""
    lines = lines_to_read(reading.files)
    without_tests = lines_to_read(tuple(file for file in reading.files if not is_test(file.path)))
    if lines <= reading.max_changed_lines or without_tests <= reading.max_changed_lines // 2:
        return
    read = [file for file in reading.files if is_read(file.path)]
    whole = [file for file in read if not is_test(file.path) and file.status != "removed"]
    alone = [file for file in read if file.additions <= reading.max_changed_lines]  # what could go in by itself
    if alone or len(whole) < 2:
        first = max(alone if len(whole) > 1 else read, key=lambda file: (is_code(file.path), file.additions))
    else:
        first = min(whole, key=lambda file: file.additions)
    occasion = "size" if len(whole) > 1 else "size-of-one-file"
    fields = {"lines": str(lines), "limit": str(reading.max_changed_lines), "first": first.path}
    topics = ("split", "large", "lines", "size", "big", "one go", "together", "generated", "smaller")
    yield Point(kind="size", key="size", occasion=occasion, fields=fields, topics=topics)


def concerns(reading: Reading) -> Iterator[Point]:
    """More than three things at once: issues that are named, or folders at the top that each change by some lines."""
    keys = issue_keys_in(f"{reading.title}\n{reading.body}", projects=(reading.project,) if reading.project else ())
    folders = tuple(_folders(reading))
    named = keys if len(keys) > _MOST_CONCERNS else folders
    if len(named) > _MOST_CONCERNS:
        rest = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        fields = {"count": str(len(named)), "names": ", ".join(f"`{name}`" for name in named[:_MOST_NAMED]) + rest}
        topics = ("split", "concern", "belong", "together", "one thing", "unrelated", *(name.lower() for name in named))
        yield Point(kind="concerns", key="concerns", occasion="concerns", fields=fields, topics=topics)


def _folders(reading: Reading) -> Iterator[str]:
    changed: dict[str, int] = {}
    for file in reading.files:
        top = PurePosixPath(file.path).parts[0]
        inside = len(PurePosixPath(file.path).parts) > 1
        if inside and is_read(file.path) and not is_test(file.path) and top.lower() not in _BESIDE_THE_WORK:
            changed[top] = changed.get(top, 0) + file.additions + file.deletions
    for folder, lines in changed.items():
        if lines >= _FEWEST_LINES_OF_A_CONCERN:
            yield folder

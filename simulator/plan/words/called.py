"""What points are called when they are counted up in one sentence, and how often something was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.plan.reviews.rules.point import Point

_CALLED: Mapping[str, str] = {
    "empty": "the missing commits",
    "size": "the size",
    "concerns": "the many things at once",
    "untested": "tests",
    "test-removed": "the test that is gone",
    "test-file-removed": "the tests that are gone",
    "test-skipped": "the skipped test",
    "description": "the description",
    "secret": "the key",
    "secret-in-history": "the key in the history",
    "unfit": "files that should not be in here",
    "large-file": "the large file",
    "conflict": "the conflict marker",
    "leftover": "the debug left-over",
}
_OFTEN = {1: "once", 2: "twice"}
_MOST_NAMED = 3


def called(points: Iterable[Point]) -> str:
    """The first of some points by name, for a sentence: `tests, the size`."""
    names = dict.fromkeys(_CALLED.get(point.kind) or f"my remark on `{point.path or 'this'}`" for point in points)
    return ", ".join(list(names)[:_MOST_NAMED])


def times(count: int) -> str:
    """How often: once, twice, 3 times."""
    return _OFTEN.get(count) or f"{count} times"

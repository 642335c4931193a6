"""All that reviewers look for, the weightiest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simulator.plan.reviews.rules.description import description
from simulator.plan.reviews.rules.leftovers import conflict_markers, leftovers, to_dos
from simulator.plan.reviews.rules.nits import nits
from simulator.plan.reviews.rules.point import Point, Reading
from simulator.plan.reviews.rules.scenario_given import companions, criteria, watches
from simulator.plan.reviews.rules.secrets import secrets
from simulator.plan.reviews.rules.size import concerns, size
from simulator.plan.reviews.rules.unfit_files import unfit_files
from simulator.plan.reviews.rules.untested import test_files_removed, tests_removed, tests_skipped, untested

RULES: tuple[Callable[[Reading], Iterator[Point]], ...] = (
    secrets,
    conflict_markers,
    size,
    concerns,
    untested,
    tests_removed,
    test_files_removed,
    tests_skipped,
    criteria,
    watches,
    companions,
    description,
    unfit_files,
    leftovers,
    to_dos,
    nits,
)

_ABOUT_THE_WHOLE = ("untested", "missing")  # they stand on a line for want of a better place


def points_in(reading: Reading) -> Iterator[Point]:
    """Every point against the pull request, each line once: of two on one line the weightier stands."""
    keys: set[str] = set()
    lines: set[tuple[str, int]] = set()
    for rule in RULES:
        for point in rule(reading):
            place = _own_line(point)
            if point.key in keys or place in lines:
                continue
            keys.add(point.key)
            if place:
                lines.add(place)
            yield point


def _own_line(point: Point) -> tuple[str, int] | None:
    if point.path is None or point.line is None or point.kind.startswith(_ABOUT_THE_WHOLE):
        return None
    return point.path, point.line

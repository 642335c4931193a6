"""What conditions ask about the files of pull requests: which they are, whether tests are among them, who else changed them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from simulator.model.file_kinds import is_code, is_test
from simulator.model.history import PullRequest
from simulator.model.history.pulls import Head
from simulator.model.keys import SeatId
from simulator.scenario.view import View


def paths_of(head: Head) -> frozenset[str]:
    """The paths of the files that a head changes."""
    return frozenset(file.path for file in head.files)


def asks_for_tests(paths: Iterable[str]) -> bool:
    """Whether production code is among some changed files, and no test."""
    known = tuple(paths)
    return any(is_code(path) for path in known) and not any(is_test(path) for path in known)


def meets_of(pull: PullRequest, seats: Collection[str], view: View) -> datetime | None:
    """Since when a pull request and the work of some people change the same file; None when they do not."""
    if not pull.heads:
        return None
    mine = {file.path: pull.heads[-1].at for file in pull.heads[-1].files}
    times = (max(at, mine[path]) for at, path in _touched(pull, seats, view) if path in mine)
    return min(times, default=None)


def _touched(pull: PullRequest, seats: Collection[str], view: View) -> Iterator[tuple[datetime, str]]:
    """What some people changed apart from a pull request, as far as it is open or was merged after the opening."""
    for other in view.history.pulls.values():
        if other.author in seats and other.number != pull.number and _goes_on(other, pull.opened_at):
            yield from ((other.heads[-1].at, file.path) for file in other.heads[-1].files) if other.heads else ()
    for branch in view.history.branches.values():
        if branch.name != pull.head and branch.deleted_at is None and not branch.pulls and _is_of(branch.author, seats):
            yield from ((commit.at, file.path) for commit in branch.commits for file in commit.files)


def _goes_on(other: PullRequest, opened: datetime) -> bool:
    return other.merged_at >= opened if other.merged_at else other.closed_at is None


def _is_of(seat: SeatId | None, seats: Collection[str]) -> bool:
    return seat is not None and seat in seats

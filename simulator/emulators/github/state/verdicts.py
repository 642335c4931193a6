"""What checks say about a commit: the last word of each status context and each check run, as one verdict by name."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select

from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import check_runs, statuses

_GOOD = {"success", "neutral", "skipped"}


class Verdict(StrEnum):
    """Whether a check lets a commit pass."""

    PASSED = "passed"
    PENDING = "pending"
    FAILED = "failed"


def verdicts_on(place: Place, sha: str) -> dict[str, Verdict]:
    """The verdict of each context and each check run by its name; a check run and a status of one name both have to pass."""
    found: dict[str, Verdict] = {}
    for name, verdict in [*_statuses(place, sha).items(), *_check_runs(place, sha).items()]:
        found[name] = verdict if found.get(name, Verdict.PASSED) is Verdict.PASSED else found[name]
    return found


def _statuses(place: Place, sha: str) -> dict[str, Verdict]:
    query = (
        select(statuses.c.context, statuses.c.state)
        .where(statuses.c.site == place.site, statuses.c.repository_id == place.repository.id, statuses.c.sha == sha)
        .order_by(statuses.c.id)
    )
    known = {"success": Verdict.PASSED, "pending": Verdict.PENDING}
    return {row.context: known.get(row.state, Verdict.FAILED) for row in place.connection.execute(query)}


def _check_runs(place: Place, sha: str) -> dict[str, Verdict]:
    query = (
        select(check_runs.c.name, check_runs.c.status, check_runs.c.conclusion)
        .where(
            check_runs.c.site == place.site,
            check_runs.c.repository_id == place.repository.id,
            check_runs.c.head_sha == sha,
        )
        .order_by(check_runs.c.id)
    )
    return {row.name: _verdict(row.status, row.conclusion) for row in place.connection.execute(query)}


def _verdict(status: str, conclusion: str | None) -> Verdict:
    if status != "completed":
        return Verdict.PENDING
    return Verdict.PASSED if conclusion in _GOOD else Verdict.FAILED

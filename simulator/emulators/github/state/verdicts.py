"""What checks say about a commit: the last word of each status context and each check run, as one verdict by name."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import bindparam, select

from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import check_runs, statuses
from simulator.emulators.kit.prepared import Prepared

_STATUSES = Prepared(
    select(statuses.c.context, statuses.c.state)
    .where(
        statuses.c.site == bindparam("site"),
        statuses.c.repository_id == bindparam("repository"),
        statuses.c.sha == bindparam("sha"),
    )
    .order_by(statuses.c.id)
)
_CHECK_RUNS = Prepared(
    select(check_runs.c.name, check_runs.c.status, check_runs.c.conclusion)
    .where(
        check_runs.c.site == bindparam("site"),
        check_runs.c.repository_id == bindparam("repository"),
        check_runs.c.head_sha == bindparam("sha"),
    )
    .order_by(check_runs.c.id)
)
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
    known = {"success": Verdict.PASSED, "pending": Verdict.PENDING}
    rows = _STATUSES.all(place.connection, site=place.site, repository=place.repository.id, sha=sha)
    return {context: known.get(state, Verdict.FAILED) for context, state in rows}


def _check_runs(place: Place, sha: str) -> dict[str, Verdict]:
    rows = _CHECK_RUNS.all(place.connection, site=place.site, repository=place.repository.id, sha=sha)
    return {name: _verdict(status, conclusion) for name, status, conclusion in rows}


def _verdict(status: str, conclusion: str | None) -> Verdict:
    if status != "completed":
        return Verdict.PENDING
    return Verdict.PASSED if conclusion in _GOOD else Verdict.FAILED

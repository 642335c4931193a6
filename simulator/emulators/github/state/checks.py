"""Check suites and check runs.

On GitHub only apps make check runs; here anybody with push access may, and all belong to one app.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import check_runs, check_suites
from simulator.emulators.kit.database import next_value

STATUSES = ("queued", "in_progress", "completed", "waiting", "requested", "pending")
CONCLUSIONS = ("action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out")
_WORST_FIRST = ("failure", "timed_out", "cancelled", "action_required", "stale", "success", "neutral", "skipped")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSuite:
    """All check runs of one commit."""

    id: int
    head_sha: str
    head_branch: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """One check of a commit; `conclusion` is there when it is completed."""

    id: int
    suite_id: int
    head_sha: str
    name: str
    status: str
    conclusion: str | None
    details_url: str | None
    external_id: str
    output: Mapping[str, Any]
    started_at: datetime | None
    completed_at: datetime | None


_RUN = [check_runs.c[name] for name in CheckRun.__slots__]
_SUITE = [check_suites.c[name] for name in CheckSuite.__slots__]


def suite_of(connection: Connection, repository: Repository, sha: str) -> CheckSuite | None:
    """The check suite of a commit, None when it has none."""
    query = select(*_SUITE).where(
        check_suites.c.site == repository.site,
        check_suites.c.repository_id == repository.id,
        check_suites.c.head_sha == sha,
    )
    row = connection.execute(query).mappings().first()
    return CheckSuite(**row) if row else None


def find_suite(connection: Connection, repository: Repository, suite_id: int) -> CheckSuite | None:
    """A check suite of the repository by its number."""
    query = select(*_SUITE).where(
        check_suites.c.site == repository.site,
        check_suites.c.repository_id == repository.id,
        check_suites.c.id == suite_id,
    )
    row = connection.execute(query).mappings().first()
    return CheckSuite(**row) if row else None


def find_run(connection: Connection, repository: Repository, run_id: int) -> CheckRun | None:
    """A check run of the repository by its number."""
    row = connection.execute(select(*_RUN).where(_is(repository, run_id))).mappings().first()
    return CheckRun(**row) if row else None


def list_runs(connection: Connection, repository: Repository, sha: str) -> list[CheckRun]:
    """All check runs of a commit, newest first."""
    query = (
        select(*_RUN)
        .where(
            check_runs.c.site == repository.site,
            check_runs.c.repository_id == repository.id,
            check_runs.c.head_sha == sha,
        )
        .order_by(check_runs.c.id.desc())
    )
    return [CheckRun(**row) for row in connection.execute(query).mappings()]


def latest(found: list[CheckRun]) -> list[CheckRun]:
    """The last run of each name; `found` is newest first, and so is what comes out."""
    seen: dict[str, CheckRun] = {}
    for run in found:
        seen.setdefault(run.name, run)
    return list(seen.values())


def add_run(
    connection: Connection, repository: Repository, run: CheckRun, *, branch: str | None, at: datetime
) -> CheckRun:
    """Keep a check run and its suite; gives it with its numbers."""
    suite = suite_of(connection, repository, run.head_sha) or _add_suite(
        connection, repository, run.head_sha, branch, at
    )
    made = replace(run, id=next_value(connection, repository.site, "gh_check_runs"), suite_id=suite.id)
    row = {"site": repository.site, "repository_id": repository.id, **_values(made)}
    connection.execute(insert(check_runs), row)
    return made


def change_run(connection: Connection, repository: Repository, run: CheckRun) -> None:
    """Keep the new values of a check run."""
    connection.execute(update(check_runs).where(_is(repository, run.id)).values(**_values(run)))


def summary(found: list[CheckRun]) -> tuple[str, str | None]:
    """Status and conclusion of a suite with these runs."""
    last = latest(found)
    if not last:
        return "queued", None
    if any(run.status != "completed" for run in last):
        return "in_progress", None
    conclusions = {run.conclusion for run in last}
    return "completed", next((word for word in _WORST_FIRST if word in conclusions), None)


def _add_suite(
    connection: Connection, repository: Repository, sha: str, branch: str | None, at: datetime
) -> CheckSuite:
    number = next_value(connection, repository.site, "gh_check_suites")
    suite = CheckSuite(id=number, head_sha=sha, head_branch=branch, created_at=at, updated_at=at)
    row = {name: getattr(suite, name) for name in CheckSuite.__slots__}
    connection.execute(insert(check_suites), {"site": repository.site, "repository_id": repository.id, **row})
    return suite


def _is(repository: Repository, run_id: int) -> ColumnElement[bool]:
    return and_(
        check_runs.c.site == repository.site, check_runs.c.repository_id == repository.id, check_runs.c.id == run_id
    )


def _values(run: CheckRun) -> dict[str, Any]:
    return {**{name: getattr(run, name) for name in CheckRun.__slots__}, "output": dict(run.output)}

"""Check suites: what belongs together among the check runs of a commit.

What is made through the API shares one suite for each commit; each run of a workflow has one of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import check_suites
from simulator.emulators.kit.database import next_value


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSuite:
    """Check runs of one commit. `rerequested` until a run begins after somebody asked for all of them again."""

    id: int
    head_sha: str
    head_branch: str | None
    rerequested: bool | None
    workflow_run_id: int | None
    created_at: datetime
    updated_at: datetime


_SUITE = [check_suites.c[name] for name in CheckSuite.__slots__]


def suites_of(connection: Connection, repository: Repository, sha: str) -> list[CheckSuite]:
    """The check suites of a commit, in the order of their making."""
    query = select(*_SUITE).where(_in(repository), check_suites.c.head_sha == sha).order_by(check_suites.c.id)
    return [CheckSuite(**row) for row in connection.execute(query).mappings()]


def find_suite(connection: Connection, repository: Repository, suite_id: int) -> CheckSuite | None:
    """A check suite of the repository by its number."""
    row = connection.execute(select(*_SUITE).where(_in(repository), check_suites.c.id == suite_id)).mappings().first()
    return CheckSuite(**row) if row else None


def suites_by_id(connection: Connection, repository: Repository, suite_ids: Sequence[int]) -> dict[int, CheckSuite]:
    """Check suites by their numbers, those that exist."""
    query = select(*_SUITE).where(_in(repository), check_suites.c.id.in_(suite_ids))
    return {row["id"]: CheckSuite(**row) for row in connection.execute(query).mappings()}


def shared_suite(
    connection: Connection, repository: Repository, sha: str, *, branch: str | None, at: datetime
) -> CheckSuite:
    """The suite of what is made through the API for a commit; made when it is not there."""
    for suite in suites_of(connection, repository, sha):
        if suite.workflow_run_id is None:
            return suite
    return add_suite(connection, repository, sha, branch=branch, at=at)


def add_suite(
    connection: Connection,
    repository: Repository,
    sha: str,
    *,
    branch: str | None,
    at: datetime,
    workflow_run_id: int | None = None,
) -> CheckSuite:
    """A new suite of a commit."""
    suite = CheckSuite(
        id=next_value(connection, repository.site, "gh_check_suites"),
        head_sha=sha,
        head_branch=branch,
        rerequested=False,
        workflow_run_id=workflow_run_id,
        created_at=at,
        updated_at=at,
    )
    row = {name: getattr(suite, name) for name in CheckSuite.__slots__}
    connection.execute(insert(check_suites), {"site": repository.site, "repository_id": repository.id, **row})
    return suite


def touch_suite(
    connection: Connection, repository: Repository, suite_id: int, *, at: datetime, rerequested: bool = False
) -> None:
    """Write down that a suite's runs moved on, or that they were asked for again."""
    match = and_(_in(repository), check_suites.c.id == suite_id)
    connection.execute(update(check_suites).where(match).values(updated_at=at, rerequested=rerequested))


def _in(repository: Repository) -> ColumnElement[bool]:
    return and_(check_suites.c.site == repository.site, check_suites.c.repository_id == repository.id)

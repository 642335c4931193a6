"""Check runs.

On GitHub only apps make check runs; here anybody with push access may, and all belong to one app.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import check_runs
from simulator.emulators.kit.database import next_value

APP_ID = 15368
"""The app that every check run belongs to: GitHub Actions, with its number on github.com."""

STATUSES = ("queued", "in_progress", "completed")
"""What a caller may set: waiting, requested and pending are GitHub's own."""

CONCLUSIONS = ("action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out")
"""What a caller may set: stale is GitHub's own."""

_WORST_FIRST = ("failure", "timed_out", "cancelled", "action_required", "stale", "success", "neutral", "skipped")


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

    @property
    def is_completed(self) -> bool:
        """Whether it has a conclusion."""
        return self.status == "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsWanted:
    """Which check runs to list: those of a commit or of a suite."""

    sha: str | None = None
    suite_id: int | None = None
    name: str | None = None
    status: str | None = None
    only_latest: bool = True


_RUN = [check_runs.c[name] for name in CheckRun.__slots__]


def find_run(connection: Connection, repository: Repository, run_id: int) -> CheckRun | None:
    """A check run of the repository by its number."""
    row = connection.execute(select(*_RUN).where(_is(repository, run_id))).mappings().first()
    return CheckRun(**row) if row else None


def list_runs(connection: Connection, repository: Repository, sha: str) -> list[CheckRun]:
    """All check runs of a commit, newest first."""
    query = select(*_RUN).where(_in(repository), check_runs.c.head_sha == sha).order_by(check_runs.c.id.desc())
    return [CheckRun(**row) for row in connection.execute(query).mappings()]


def runs_page(
    connection: Connection, repository: Repository, wanted: RunsWanted, *, limit: int, offset: int
) -> tuple[list[CheckRun], int]:
    """A page of check runs, newest first, and how many there are."""
    matching = _matching(repository, wanted)
    total = connection.execute(select(func.count()).select_from(check_runs).where(matching)).scalar_one()
    query = select(*_RUN).where(matching).order_by(check_runs.c.id.desc()).limit(limit).offset(offset)
    return [CheckRun(**row) for row in connection.execute(query).mappings()], total


def runs_of_suites(connection: Connection, repository: Repository, suite_ids: list[int]) -> dict[int, list[CheckRun]]:
    """The check runs of each suite, newest first."""
    found: dict[int, list[CheckRun]] = {suite_id: [] for suite_id in suite_ids}
    query = select(*_RUN).where(_in(repository), check_runs.c.suite_id.in_(suite_ids))
    for row in connection.execute(query.order_by(check_runs.c.id.desc())).mappings():
        found[row["suite_id"]].append(CheckRun(**row))
    return found


def latest(found: list[CheckRun]) -> list[CheckRun]:
    """The last run of each name in each suite; `found` is newest first, and so is what comes out."""
    seen: dict[tuple[int, str], CheckRun] = {}
    for run in found:
        seen.setdefault((run.suite_id, run.name), run)
    return list(seen.values())


def add_run(connection: Connection, repository: Repository, run: CheckRun) -> CheckRun:
    """Keep a check run of a suite; gives it with its number."""
    made = replace(run, id=next_value(connection, repository.site, "gh_check_runs"))
    row = {"site": repository.site, "repository_id": repository.id, **_values(made)}
    connection.execute(insert(check_runs), row)
    return made


def change_run(connection: Connection, repository: Repository, run: CheckRun) -> None:
    """Keep the new values of a check run."""
    connection.execute(update(check_runs).where(_is(repository, run.id)).values(**_values(run)))


def summary(found: list[CheckRun]) -> tuple[str, str | None]:
    """Status and conclusion of a suite with these runs."""
    last = latest(found)
    if not last or all(run.status == "queued" for run in last):
        return "queued", None
    if any(run.status != "completed" for run in last):
        return "in_progress", None
    conclusions = {run.conclusion for run in last}
    return "completed", next((word for word in _WORST_FIRST if word in conclusions), None)


def _matching(repository: Repository, wanted: RunsWanted) -> ColumnElement[bool]:
    table = check_runs.c
    scope = [_in(repository)]
    if wanted.sha is not None:
        scope.append(table.head_sha == wanted.sha)
    if wanted.suite_id is not None:
        scope.append(table.suite_id == wanted.suite_id)
    filters = [column == given for column, given in _given(wanted) if given is not None]
    if wanted.only_latest:
        newest = select(func.max(table.id)).where(*scope).group_by(table.suite_id, table.name)
        filters.append(table.id.in_(newest))
    return and_(*scope, *filters)


def _given(wanted: RunsWanted) -> list[tuple[Any, str | None]]:
    return [(check_runs.c.name, wanted.name), (check_runs.c.status, wanted.status)]


def _in(repository: Repository) -> ColumnElement[bool]:
    return and_(check_runs.c.site == repository.site, check_runs.c.repository_id == repository.id)


def _is(repository: Repository, run_id: int) -> ColumnElement[bool]:
    return and_(_in(repository), check_runs.c.id == run_id)


def _values(run: CheckRun) -> dict[str, Any]:
    return {**{name: getattr(run, name) for name in CheckRun.__slots__}, "output": dict(run.output)}

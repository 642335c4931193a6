"""Runs of workflows and the jobs of runs: finding, listing and keeping them. `workflow_moves.py` moves them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import jobs, workflow_runs
from simulator.emulators.kit.database import next_value


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowRun:
    """One run of a workflow. `attempt` counts from 1; `conclusion` is there when it is completed."""

    id: int
    workflow_id: int
    suite_id: int | None
    actor_id: int
    triggering_actor_id: int
    number: int
    attempt: int
    event: str
    title: str
    head_branch: str | None
    head_sha: str
    status: str
    conclusion: str | None
    created_at: datetime
    updated_at: datetime
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job of one attempt of a run; it is a check run as well. A step may hold its own part of the log."""

    id: int
    run_id: int
    attempt: int
    check_run_id: int | None
    name: str
    status: str
    conclusion: str | None
    labels: list[str]
    steps: list[dict[str, Any]]
    log: str
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFilter:
    """Which runs to list. `status` is a status or a conclusion; `created` are the first and last instants, or None."""

    workflow_id: int | None = None
    actor_id: int | None = None
    branch: str | None = None
    event: str | None = None
    status: str | None = None
    head_sha: str | None = None
    suite_id: int | None = None
    created: tuple[datetime | None, datetime | None] = (None, None)


_RUN = [workflow_runs.c[name] for name in WorkflowRun.__slots__]
_JOB = [jobs.c[name] for name in Job.__slots__]


def find_workflow_run(place: Place, run_id: int) -> WorkflowRun | None:
    """A run of the repository by its number."""
    row = place.connection.execute(select(*_RUN).where(_here(place), workflow_runs.c.id == run_id)).mappings().first()
    return WorkflowRun(**row) if row else None


def repository_of_run(connection: Connection, site: str, run_id: int) -> tuple[int, int] | None:
    """The numbers of a run's repository and of the account that asked for its present attempt."""
    table = workflow_runs.c
    query = select(table.repository_id, table.triggering_actor_id).where(table.site == site, table.id == run_id)
    row = connection.execute(query).first()
    return (row.repository_id, row.triggering_actor_id) if row else None


def list_workflow_runs(place: Place, wanted: RunFilter, *, limit: int, offset: int) -> tuple[list[WorkflowRun], int]:
    """A page of runs, newest first, and how many there are."""
    matching = and_(_here(place), *_conditions(wanted))
    total = place.connection.execute(select(func.count()).select_from(workflow_runs).where(matching)).scalar_one()
    query = select(*_RUN).where(matching).order_by(workflow_runs.c.id.desc()).limit(limit).offset(offset)
    return [WorkflowRun(**row) for row in place.connection.execute(query).mappings()], total


def add_workflow_run(place: Place, run: WorkflowRun) -> WorkflowRun:
    """Keep a new run; gives it with its numbers: one in the site, one among its workflow's."""
    number = next_value(place.connection, place.site, f"gh_workflow_runs/{run.workflow_id}")
    made = replace(run, id=next_value(place.connection, place.site, "gh_workflow_runs"), number=number)
    row = {name: getattr(made, name) for name in WorkflowRun.__slots__}
    place.connection.execute(insert(workflow_runs), {**row, "site": place.site, "repository_id": place.repository.id})
    return made


def change_workflow_run(place: Place, run: WorkflowRun) -> None:
    """Keep the new values of a run."""
    values = {name: getattr(run, name) for name in WorkflowRun.__slots__}
    place.connection.execute(update(workflow_runs).where(_here(place), workflow_runs.c.id == run.id).values(**values))


def jobs_of(place: Place, run: WorkflowRun, *, attempt: int | None = None) -> list[Job]:
    """The jobs of an attempt of a run, the present one unless told, in the order of their making."""
    wanted = run.attempt if attempt is None else attempt
    query = select(*_JOB).where(jobs.c.site == place.site, jobs.c.run_id == run.id, jobs.c.attempt == wanted)
    return [Job(**row) for row in place.connection.execute(query.order_by(jobs.c.id)).mappings()]


def every_job_of(place: Place, run: WorkflowRun, *, limit: int, offset: int) -> tuple[list[Job], int]:
    """A page of the jobs of all attempts, newest first, and how many there are."""
    matching = and_(jobs.c.site == place.site, jobs.c.run_id == run.id)
    total = place.connection.execute(select(func.count()).select_from(jobs).where(matching)).scalar_one()
    query = select(*_JOB).where(matching).order_by(jobs.c.id.desc()).limit(limit).offset(offset)
    return [Job(**row) for row in place.connection.execute(query).mappings()], total


def find_job(place: Place, job_id: int) -> tuple[WorkflowRun, Job] | None:
    """A job of the repository by its number, with its run."""
    row = place.connection.execute(select(*_JOB).where(jobs.c.site == place.site, jobs.c.id == job_id)).mappings()
    found = row.first()
    run = find_workflow_run(place, found["run_id"]) if found else None
    return (run, Job(**found)) if run and found else None


def add_jobs(place: Place, made: Sequence[Job]) -> list[Job]:
    """Keep new jobs; gives them with their numbers."""
    numbered = [replace(job, id=next_value(place.connection, place.site, "gh_jobs")) for job in made]
    rows = [{**{name: getattr(job, name) for name in Job.__slots__}, "site": place.site} for job in numbered]
    if rows:
        place.connection.execute(insert(jobs), rows)
    return numbered


def change_job(place: Place, job: Job) -> None:
    """Keep the new values of a job."""
    values = {name: getattr(job, name) for name in Job.__slots__}
    place.connection.execute(update(jobs).where(jobs.c.site == place.site, jobs.c.id == job.id).values(**values))


def _conditions(wanted: RunFilter) -> list[ColumnElement[bool]]:
    table = workflow_runs.c
    exact: tuple[tuple[Any, Any], ...] = (
        (table.workflow_id, wanted.workflow_id),
        (table.actor_id, wanted.actor_id),
        (table.head_branch, wanted.branch),
        (table.event, wanted.event),
        (table.head_sha, wanted.head_sha),
        (table.suite_id, wanted.suite_id),
    )
    conditions: list[ColumnElement[bool]] = [column == given for column, given in exact if given is not None]
    if wanted.status is not None:
        conditions.append(or_(table.status == wanted.status, table.conclusion == wanted.status))
    first, last = wanted.created
    conditions += [] if first is None else [table.created_at >= first]
    return conditions + ([] if last is None else [table.created_at <= last])


def _here(place: Place) -> ColumnElement[bool]:
    return and_(workflow_runs.c.site == place.site, workflow_runs.c.repository_id == place.repository.id)

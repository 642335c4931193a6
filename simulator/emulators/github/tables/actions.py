"""GitHub Actions as far as they are read: workflows, their runs, and the jobs of the runs."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text, UniqueConstraint

from simulator.emulators.github.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

workflows = Table(  # a file of .github/workflows that was on the default branch once
    "gh_workflows",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("path", String(255), nullable=False),
    Column("name", Text, nullable=False),
    Column("state", String(32), nullable=False),  # active, deleted, disabled_manually
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("site", "repository_id", "path"),
    of("gh_repositories", "repository_id"),
)

workflow_runs = Table(
    "gh_workflow_runs",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("workflow_id", Id, nullable=False),
    Column("suite_id", Id),
    Column("actor_id", Id, nullable=False),
    Column("triggering_actor_id", Id, nullable=False),  # who asked for the present attempt
    Column("number", Integer, nullable=False),  # counted per workflow
    Column("attempt", Integer, nullable=False),
    Column("event", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("head_branch", String(255)),
    Column("head_sha", String(40), nullable=False),
    Column("status", String(16), nullable=False),  # queued, in_progress, completed
    Column("conclusion", String(24)),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("started_at", Instant, nullable=False),
    Index("ix_gh_workflow_runs_repository", "site", "repository_id", "id"),
    Index("ix_gh_workflow_runs_sha", "site", "repository_id", "head_sha"),
    of("gh_workflows", "workflow_id"),
)

jobs = Table(
    "gh_jobs",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("run_id", Id, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("check_run_id", Id),
    Column("name", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("conclusion", String(24)),
    Column("labels", JSON, nullable=False),  # of the runner that it wants
    Column("steps", JSON, nullable=False),
    Column("log", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("completed_at", Instant),
    Index("ix_gh_jobs_run", "site", "run_id"),
    of("gh_workflow_runs", "run_id"),
)

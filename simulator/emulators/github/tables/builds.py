"""What builds say of commits: statuses and check runs."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, String, Table, Text

from simulator.emulators.github.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

statuses = Table(
    "gh_statuses",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("sha", String(40), nullable=False),
    Column("context", String(255), nullable=False),
    Column("state", String(8), nullable=False),  # error, failure, pending, success
    Column("description", Text),
    Column("target_url", Text),
    Column("creator_id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_gh_statuses_sha", "site", "repository_id", "sha"),
    of("gh_repositories", "repository_id"),
)

check_suites = Table(
    "gh_check_suites",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("head_sha", String(40), nullable=False),
    Column("head_branch", String(255)),
    Column("rerequested", Boolean),  # asked for again, and no run has begun since
    Column("workflow_run_id", Id),  # each run of a workflow has a suite of its own; None: what was made through the API
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_gh_check_suites_sha", "site", "repository_id", "head_sha"),
    of("gh_repositories", "repository_id"),
)

check_runs = Table(
    "gh_check_runs",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("suite_id", Id, nullable=False),
    Column("head_sha", String(40), nullable=False),
    Column("name", String(255), nullable=False),
    Column("status", String(16), nullable=False),  # queued, in_progress, completed
    Column("conclusion", String(24)),
    Column("details_url", Text),
    Column("external_id", Text, nullable=False),
    Column("output", JSON, nullable=False),
    Column("started_at", Instant),
    Column("completed_at", Instant),
    Index("ix_gh_check_runs_sha", "site", "repository_id", "head_sha"),
    of("gh_repositories", "repository_id"),
)

check_annotations = Table(
    "gh_annotations",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("check_run_id", Id, nullable=False),
    Column("detail", JSON, nullable=False),  # as it was given: path, lines, level, message…
    Index("ix_gh_annotations_run", "site", "check_run_id", "id"),
    of("gh_check_runs", "check_run_id"),
)

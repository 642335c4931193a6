"""Issues, and what issues and pull requests have in common. Both share their numbers per repository."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from simulator.emulators.github.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

issues = Table(
    "gh_issues",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("is_pull", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text),
    Column("state", String(8), nullable=False),  # open, closed
    Column("state_reason", String(16)),
    Column("author_id", Id, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("milestone_id", Id),
    Column("comments", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by_id", Id),
    UniqueConstraint("site", "repository_id", "number"),
    Index("ix_gh_issues_updated", "site", "repository_id", "updated_at"),
    of("gh_repositories", "repository_id"),
)

issue_labels = Table(
    "gh_issue_labels",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("label_id", Id, primary_key=True),
    of("gh_issues", "issue_id"),
    of("gh_labels", "label_id"),
)

issue_assignees = Table(
    "gh_issue_assignees",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    of("gh_issues", "issue_id"),
)

comments = Table(
    "gh_comments",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("issue_id", Id, nullable=False),
    Column("repository_id", Id, nullable=False),
    Column("author_id", Id, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_gh_comments_issue", "site", "issue_id"),
    of("gh_issues", "issue_id"),
)

events = Table(  # issue events and the rest of the timeline
    "gh_events",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("issue_id", Id, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("actor_id", Id),
    Column("created_at", Instant, nullable=False),
    Column("detail", JSON, nullable=False),
    Index("ix_gh_events_issue", "site", "issue_id", "id"),
    of("gh_issues", "issue_id"),
)

"""Releases, and comments on commits."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from simulator.emulators.github.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

releases = Table(
    "gh_releases",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("author_id", Id, nullable=False),
    Column("tag_name", String(255), nullable=False),
    Column("target_commitish", String(255), nullable=False),
    Column("name", Text),
    Column("body", Text),
    Column("draft", Boolean, nullable=False),
    Column("prerelease", Boolean, nullable=False),
    Column("make_latest", String(8), nullable=False),  # true, false, legacy
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("published_at", Instant),
    Index("ix_gh_releases_tag", "site", "repository_id", "tag_name"),
    of("gh_repositories", "repository_id"),
)

commit_comments = Table(
    "gh_commit_comments",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("sha", String(40), nullable=False),
    Column("path", Text),
    Column("position", Integer),
    Column("line", Integer),
    Column("author_id", Id, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_gh_commit_comments_sha", "site", "repository_id", "sha"),
    of("gh_repositories", "repository_id"),
)

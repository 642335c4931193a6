"""Webhooks of repositories and organizations, and every delivery they were sent."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, LargeBinary, String, Table, Text

from simulator.emulators.github.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

hooks = Table(
    "gh_hooks",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("events", JSON, nullable=False),
    Column("url", Text, nullable=False),
    Column("content_type", String(8), nullable=False),
    Column("secret", Text),
    Column("insecure_ssl", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    of("gh_repositories", "repository_id"),
)

organization_hooks = Table(  # ids are counted together with those of gh_hooks
    "gh_organization_hooks",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("events", JSON, nullable=False),
    Column("url", Text, nullable=False),
    Column("content_type", String(8), nullable=False),
    Column("secret", Text),
    Column("insecure_ssl", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)

deliveries = Table(
    "gh_deliveries",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("hook_id", Id, nullable=False),
    Column("repository_id", Id),
    Column("outbox_id", Id),  # while it waits to be sent
    Column("guid", String(36), nullable=False),
    Column("redelivery", Boolean, nullable=False),
    Column("event", String(64), nullable=False),
    Column("action", String(64)),
    Column("url", Text, nullable=False),
    Column("request_headers", JSON, nullable=False),
    Column("request_body", LargeBinary, nullable=False),
    Column("status", String(64), nullable=False),  # what GitHub writes: pending, OK, timed out…
    Column("status_code", Integer, nullable=False),  # 0 as long as there is none
    Column("duration_s", Float),
    Column("response_headers", JSON),
    Column("response_body", Text),
    Column("delivered_at", Instant, nullable=False),
    Index("ix_gh_deliveries_hook", "site", "hook_id", "id"),
    Index("ix_gh_deliveries_outbox", "site", "outbox_id"),
)

"""Webhooks and what they were sent."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, LargeBinary, String, Table, Text

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

webhooks = Table(
    "jr_webhooks",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("owner_id", Id, nullable=False),
    Column("dynamic", Boolean, nullable=False),  # registered by an app for 30 days, else by an administrator
    Column("name", String(255), nullable=False),
    Column("description", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("events", Text, nullable=False),  # JSON list
    Column("jql", Text, nullable=False),
    Column("field_ids", Text, nullable=False),  # JSON list; empty: any
    Column("property_keys", Text, nullable=False),  # JSON list; empty: any
    Column("secret", Text),
    Column("exclude_body", Boolean, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Index("ix_jr_webhooks_owner", "site", "dynamic", "owner_id"),
)

webhook_deliveries = Table(
    "jr_webhook_deliveries",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("webhook_id", Id, nullable=False),
    Column("outbox_id", Id, nullable=False),
    Column("identifier", String(36), nullable=False),
    Column("url", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("failed_at", Instant),  # when it was given up; None: under way
    of("jr_webhooks", "webhook_id"),
    Index("ix_jr_webhook_deliveries_outbox", "site", "outbox_id"),
    Index("ix_jr_webhook_deliveries_failed", "site", "failed_at"),
)

"""Which issues somebody looked at last: what issueHistory() and lastViewed ask for."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

issue_views = Table(
    "jr_issue_views",
    metadata,
    site_column(),
    Column("account_id", Id, primary_key=True),
    Column("issue_id", Id, primary_key=True),
    Column("viewed_at", Instant, nullable=False),
    of("jr_issues", "issue_id"),
    Index("ix_jr_issue_views_recent", "site", "account_id", "viewed_at"),
)

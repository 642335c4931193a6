"""Work logged on issues, their estimates, votes and attachments.

An attachment's bytes are a row of their own, so that lists never read them and a copied or deleted site takes them along.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table, Text

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

time_tracking = Table(
    "jr_time_tracking",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("original_s", BigInteger),
    Column("remaining_s", BigInteger),
    Column("spent_s", BigInteger),
    of("jr_issues", "issue_id"),
)

worklogs = Table(
    "jr_worklogs",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("issue_id", Id, nullable=False),
    Column("author_id", Id, nullable=False),
    Column("editor_id", Id, nullable=False),
    Column("comment", Text),  # ADF as JSON
    Column("comment_words", Text, nullable=False),
    Column("seconds", BigInteger, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("visible_to", String(16)),  # role, group; None: whoever sees the issue
    Column("visible_id", Id),
    of("jr_issues", "issue_id"),
    Index("ix_jr_worklogs_issue", "site", "issue_id", "started_at", "id"),
    Index("ix_jr_worklogs_author", "site", "author_id", "started_at"),
    Index("ix_jr_worklogs_updated", "site", "updated_at", "id"),
)

worklog_deletions = Table(
    "jr_worklog_deletions",
    metadata,
    site_column(),
    Column("worklog_id", Id, primary_key=True),
    Column("deleted_at", Instant, nullable=False),
    Index("ix_jr_worklog_deletions_deleted", "site", "deleted_at", "worklog_id"),
)

votes = Table(
    "jr_votes",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    of("jr_issues", "issue_id"),
    Index("ix_jr_votes_account", "site", "account_id"),
)

attachments = Table(
    "jr_attachments",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("issue_id", Id, nullable=False),
    Column("author_id", Id, nullable=False),
    Column("filename", String(255), nullable=False),
    Column("content_type", String(127), nullable=False),
    Column("size", Integer, nullable=False),
    Column("thumbnail_size", Integer, nullable=False),  # 0: it has none
    Column("created_at", Instant, nullable=False),
    of("jr_issues", "issue_id"),
    Index("ix_jr_attachments_issue", "site", "issue_id", "id"),
)

attachment_contents = Table(
    "jr_attachment_contents",
    metadata,
    site_column(),
    Column("attachment_id", Id, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("thumbnail", LargeBinary),  # PNG
    of("jr_attachments", "attachment_id"),
)

"""Issues and what hangs on them.

Texts are kept twice: the document as it was meant (ADF, JSON) and its words, folded, for search. Refuses to keep HTML.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from simulator.emulators.jira.tables.keys import Rank, of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

issues = Table(
    "jr_issues",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("number", Id, nullable=False),
    Column("key", String(30), nullable=False),
    Column("type_id", Id, nullable=False),
    Column("status_id", Id, nullable=False),
    Column("status_changed_at", Instant, nullable=False),  # when its category changed last
    Column("priority_id", Id, nullable=False),
    Column("resolution_id", Id),
    Column("resolved_at", Instant),
    Column("summary", String(255), nullable=False),
    Column("summary_words", Text, nullable=False),
    Column("description", Text),  # ADF as JSON
    Column("description_words", Text, nullable=False),
    Column("environment", Text),  # ADF as JSON
    Column("environment_words", Text, nullable=False, server_default=text("''")),
    Column("assignee_id", Id),
    Column("reporter_id", Id, nullable=False),
    Column("creator_id", Id, nullable=False),
    Column("parent_id", Id),
    Column("points", Float),
    Column("flagged", Boolean, nullable=False),
    Column("due_on", Date),
    Column("rank", Rank, nullable=False),
    Column("epic_color", String(16)),  # of an epic, as somebody chose it: color_1 to color_14
    Column("epic_done", Boolean),  # of an epic: marked as done on the board, whatever its status is
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("site", "key"),
    UniqueConstraint("site", "rank"),
    of("jr_projects", "project_id"),
    Index("ix_jr_issues_project_updated", "site", "project_id", "updated_at"),
    Index("ix_jr_issues_project_rank", "site", "project_id", "rank"),
    Index("ix_jr_issues_assignee", "site", "assignee_id"),
    Index("ix_jr_issues_status", "site", "status_id", "created_at"),
    Index("ix_jr_issues_parent", "site", "parent_id"),
)

labels = Table(
    "jr_labels",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("label", String(255), primary_key=True),
    of("jr_issues", "issue_id"),
    Index("ix_jr_labels_label", "site", "label"),
)

watchers = Table(
    "jr_watchers",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    of("jr_issues", "issue_id"),
)

comments = Table(
    "jr_comments",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("issue_id", Id, nullable=False),
    Column("author_id", Id, nullable=False),
    Column("editor_id", Id, nullable=False),
    Column("body", Text, nullable=False),  # ADF as JSON
    Column("body_words", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("visible_to", String(16)),  # role, group; None: whoever sees the issue
    Column("visible_id", Id),
    of("jr_issues", "issue_id"),
    Index("ix_jr_comments_issue", "site", "issue_id", "id"),
)

histories = Table(
    "jr_histories",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("issue_id", Id, nullable=False),
    Column("author_id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    of("jr_issues", "issue_id"),
    Index("ix_jr_histories_issue", "site", "issue_id", "id"),
)

changes = Table(
    "jr_changes",
    metadata,
    site_column(),
    Column("history_id", Id, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("issue_id", Id, nullable=False),
    Column("field", String(60), nullable=False),
    Column("field_type", String(16), nullable=False),  # jira, custom
    Column("field_id", String(60), nullable=False),
    Column("from_value", Text),
    Column("from_text", Text),
    Column("to_value", Text),
    Column("to_text", Text),
    Column("author_id", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("first", Boolean, nullable=False),  # no earlier change of this field: from_value holds since the creation
    Column("ended_at", Instant),  # when to_value was replaced; None: it still holds
    of("jr_issues", "issue_id"),
    Index("ix_jr_changes_issue_field", "site", "issue_id", "field_id", "ended_at"),
    Index("ix_jr_changes_field_created", "site", "field_id", "created_at"),
    Index("ix_jr_changes_field_to", "site", "field_id", "to_value", "created_at", "ended_at", "issue_id"),
    Index(
        "ix_jr_changes_first",
        *("site", "field_id", "from_value", "created_at", "issue_id"),
        sqlite_where=text("first IS 1"),
        postgresql_where=text("first IS true"),
    ),
    Index(
        "ix_jr_changes_ever",
        *("site", "field_id", "issue_id"),
        sqlite_where=text("first IS 1"),
        postgresql_where=text("first IS true"),
    ),
    Index("ix_jr_changes_author", "site", "author_id", "created_at", "issue_id"),
)

links = Table(
    "jr_links",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("type_id", Id, nullable=False),
    Column("source_id", Id, nullable=False),  # Jira's inwardIssue: it "blocks" the other
    Column("destination_id", Id, nullable=False),
    UniqueConstraint("site", "type_id", "source_id", "destination_id"),
    of("jr_issues", "source_id"),
    of("jr_issues", "destination_id"),
    Index("ix_jr_links_source", "site", "source_id"),
    Index("ix_jr_links_destination", "site", "destination_id"),
)

remote_links = Table(
    "jr_remote_links",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("issue_id", Id, nullable=False),
    Column("global_id", String(255)),
    Column("content", Text, nullable=False),  # application, relationship and object as JSON
    of("jr_issues", "issue_id"),
    UniqueConstraint("site", "issue_id", "global_id"),
)

properties = Table(
    "jr_issue_properties",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    of("jr_issues", "issue_id"),
)

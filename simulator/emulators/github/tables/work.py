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
    Column("lock_reason", String(16)),  # off-topic, too heated, resolved, spam
    UniqueConstraint("site", "repository_id", "number"),
    Index("ix_gh_issues_updated", "site", "repository_id", "updated_at"),
    Index("ix_gh_issues_state", "site", "repository_id", "state", "number"),
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

milestones = Table(
    "gh_milestones",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", String(255), nullable=False),
    Column("description", Text),
    Column("state", String(8), nullable=False),  # open, closed
    Column("creator_id", Id, nullable=False),
    Column("due_on", Instant),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("closed_at", Instant),
    UniqueConstraint("site", "repository_id", "number"),
    UniqueConstraint("site", "repository_id", "title"),
    of("gh_repositories", "repository_id"),
)

sub_issues = Table(
    "gh_sub_issues",
    metadata,
    site_column(),
    Column("child_id", Id, primary_key=True),  # an issue has one parent at most
    Column("parent_id", Id, nullable=False),
    Column("position", Integer, nullable=False),
    Index("ix_gh_sub_issues_parent", "site", "parent_id", "position"),
    of("gh_issues", "child_id"),
    of("gh_issues", "parent_id"),
)

reactions = Table(
    "gh_reactions",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("subject", String(16), nullable=False),  # issue, comment, review, review_comment, commit_comment, release
    Column("subject_id", Id, nullable=False),
    Column("account_id", Id, nullable=False),
    Column("content", String(8), nullable=False),  # +1, -1, laugh, confused, heart, hooray, rocket, eyes
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("site", "subject", "subject_id", "account_id", "content"),
    of("gh_repositories", "repository_id"),
)

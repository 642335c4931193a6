"""Pull requests and reviews."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint, text

from simulator.emulators.github.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

pulls = Table(  # what a pull request has beyond its row in gh_issues, same id
    "gh_pulls",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("head_repository_id", Id),  # none once that repository is deleted
    Column("head_owner_id", Id),  # whose branch it is, also after that
    Column("head_ref", String(255), nullable=False),
    Column("head_sha", String(40), nullable=False),
    Column("base_ref", String(255), nullable=False),
    Column("base_sha", String(40), nullable=False),
    Column("draft", Boolean, nullable=False),
    Column("merged_at", Instant),
    Column("merged_by_id", Id),
    Column("merge_commit_sha", String(40)),
    Column("maintainer_can_modify", Boolean, nullable=False),
    Column("auto_merge", JSON),
    UniqueConstraint("site", "repository_id", "number"),
    Index("ix_gh_pulls_head", "site", "repository_id", "head_ref"),
    Index(  # few of many. Not by the state of issues: SQLite would plan anew whenever a state is bound
        "ix_gh_pulls_unmerged",
        "site",
        "repository_id",
        "id",
        sqlite_where=text("merged_at IS NULL"),
        postgresql_where=text("merged_at IS NULL"),
    ),
    Index("ix_gh_pulls_merged_by", "site", "repository_id", "merge_commit_sha"),
    Index("ix_gh_pulls_head_repository", "site", "head_repository_id", "head_ref"),
    of("gh_issues", "id"),
)

review_requests = Table(
    "gh_review_requests",
    metadata,
    site_column(),
    Column("pull_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    Column("created_at", Instant, nullable=False),
    of("gh_pulls", "pull_id"),
)

team_review_requests = Table(
    "gh_team_review_requests",
    metadata,
    site_column(),
    Column("pull_id", Id, primary_key=True),
    Column("team_id", Id, primary_key=True),
    Column("created_at", Instant, nullable=False),
    of("gh_pulls", "pull_id"),
    of("gh_teams", "team_id"),
)

reviews = Table(
    "gh_reviews",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("pull_id", Id, nullable=False),
    Column("author_id", Id, nullable=False),
    Column("state", String(24), nullable=False),  # PENDING, COMMENTED, APPROVED, CHANGES_REQUESTED, DISMISSED
    Column("body", Text, nullable=False),
    Column("commit_sha", String(40), nullable=False),
    Column("submitted_at", Instant),
    Column("dismissal_message", Text),
    Index("ix_gh_reviews_pull", "site", "pull_id"),
    of("gh_pulls", "pull_id"),
)

review_comments = Table(
    "gh_review_comments",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("pull_id", Id, nullable=False),
    Column("review_id", Id),
    Column("author_id", Id, nullable=False),
    Column("in_reply_to_id", Id),
    Column("path", Text, nullable=False),
    Column("commit_sha", String(40), nullable=False),
    Column("original_commit_sha", String(40), nullable=False),
    Column("line", Integer),
    Column("original_line", Integer),
    Column("side", String(5), nullable=False),
    Column("start_line", Integer),
    Column("original_start_line", Integer),
    Column("start_side", String(5)),
    Column("position", Integer),
    Column("original_position", Integer),
    Column("subject", String(4), nullable=False),  # line, file
    Column("diff_hunk", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("pending", Boolean, nullable=False),
    Column("resolved_at", Instant),  # of a thread's first comment: the conversation is resolved
    Column("resolved_by_id", Id),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_gh_review_comments_pull", "site", "pull_id"),
    of("gh_pulls", "pull_id"),
)

"""Tables of the emulated GitHub. Ids are counted per site; issues and pull requests share their numbers per repository."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from simulator.emulators.kit.tables import Id, Instant, metadata, site_column


def _of(table: str, column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["site", column], [f"{table}.site", f"{table}.id"], ondelete="CASCADE")


members = Table(
    "gh_members",
    metadata,
    site_column(),
    Column("organization_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    Column("role", String(16), nullable=False),  # member, admin
)

repositories = Table(
    "gh_repositories",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("owner_id", Id, nullable=False),
    Column("name", String(100), nullable=False),
    Column("full_name_lower", String(200), nullable=False),
    Column("private", Boolean, nullable=False),
    Column("description", Text),
    Column("homepage", Text),
    Column("default_branch", String(255), nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("has_issues", Boolean, nullable=False),
    Column("allow_merge_commit", Boolean, nullable=False),
    Column("allow_squash_merge", Boolean, nullable=False),
    Column("allow_rebase_merge", Boolean, nullable=False),
    Column("allow_auto_merge", Boolean, nullable=False),
    Column("delete_branch_on_merge", Boolean, nullable=False),
    Column("settings", JSON, nullable=False),  # everything else that can be edited and is only echoed
    Column("size_kb", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("pushed_at", Instant),
    UniqueConstraint("site", "full_name_lower"),
)

collaborators = Table(
    "gh_collaborators",
    metadata,
    site_column(),
    Column("repository_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    Column("permission", String(16), nullable=False),  # pull, triage, push, maintain, admin
    _of("gh_repositories", "repository_id"),
)

protections = Table(
    "gh_protections",
    metadata,
    site_column(),
    Column("repository_id", Id, primary_key=True),
    Column("branch", String(255), primary_key=True),
    Column("settings", JSON, nullable=False),
    _of("gh_repositories", "repository_id"),
)

labels = Table(
    "gh_labels",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("name", String(50), nullable=False),
    Column("name_lower", String(50), nullable=False),
    Column("color", String(6), nullable=False),
    Column("description", Text),
    Column("default", Boolean, nullable=False),
    UniqueConstraint("site", "repository_id", "name_lower"),
    _of("gh_repositories", "repository_id"),
)

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
    _of("gh_repositories", "repository_id"),
)

issue_labels = Table(
    "gh_issue_labels",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("label_id", Id, primary_key=True),
    _of("gh_issues", "issue_id"),
    _of("gh_labels", "label_id"),
)

issue_assignees = Table(
    "gh_issue_assignees",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    _of("gh_issues", "issue_id"),
)

pulls = Table(  # what a pull request has beyond its row in gh_issues, same id
    "gh_pulls",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("head_repository_id", Id),
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
    _of("gh_issues", "id"),
)

review_requests = Table(
    "gh_review_requests",
    metadata,
    site_column(),
    Column("pull_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    Column("created_at", Instant, nullable=False),
    _of("gh_pulls", "pull_id"),
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
    _of("gh_pulls", "pull_id"),
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
    Column("start_side", String(5)),
    Column("diff_hunk", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("pending", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Index("ix_gh_review_comments_pull", "site", "pull_id"),
    _of("gh_pulls", "pull_id"),
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
    _of("gh_issues", "issue_id"),
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
    _of("gh_issues", "issue_id"),
)

activity = Table(  # every movement of a ref: GET /repos/{owner}/{repo}/activity
    "gh_activity",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("kind", String(24), nullable=False),  # push, force_push, branch_creation, branch_deletion, pr_merge
    Column("ref", String(255), nullable=False),
    Column("before", String(40), nullable=False),
    Column("after", String(40), nullable=False),
    Column("actor_id", Id),
    Column("created_at", Instant, nullable=False),
    Index("ix_gh_activity_repository", "site", "repository_id", "id"),
    _of("gh_repositories", "repository_id"),
)

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
    _of("gh_repositories", "repository_id"),
)

check_suites = Table(
    "gh_check_suites",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("head_sha", String(40), nullable=False),
    Column("head_branch", String(255)),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("site", "repository_id", "head_sha"),
    _of("gh_repositories", "repository_id"),
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
    _of("gh_repositories", "repository_id"),
)

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
    _of("gh_repositories", "repository_id"),
)

"""What people are shown of what happened: the public events of repositories and people, and notifications."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, String, Table

from simulator.emulators.github.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

feed = Table(  # GET /repos/{owner}/{repo}/events, GET /users/{username}/events
    "gh_feed",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("actor_id", Id, nullable=False),
    Column("kind", String(40), nullable=False),  # PushEvent, PullRequestEvent…
    Column("detail", JSON, nullable=False),  # ids and words; bodies are rendered when they are asked for
    Column("created_at", Instant, nullable=False),
    Index("ix_gh_feed_repository", "site", "repository_id", "id"),
    Index("ix_gh_feed_actor", "site", "actor_id", "id"),
    of("gh_repositories", "repository_id"),
)

notifications = Table(
    "gh_notifications",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("account_id", Id, nullable=False),
    Column("repository_id", Id, nullable=False),
    Column("issue_id", Id, nullable=False),
    Column("reason", String(24), nullable=False),  # assign, author, comment, mention, review_requested…
    Column("unread", Boolean, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("last_read_at", Instant),
    Index("ix_gh_notifications_account", "site", "account_id", "updated_at"),
    Index("ix_gh_notifications_issue", "site", "issue_id", "account_id", unique=True),
    of("gh_issues", "issue_id"),
)

"""Repositories and what belongs to them: people, protection, labels, and every movement of their branches."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from simulator.emulators.github.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

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
    Column("parent_id", Id),  # of a fork: what it was forked from
    Column("source_id", Id),  # of a fork: where the network of forks begins
    Column("topics", JSON),  # a list of words
    UniqueConstraint("site", "full_name_lower"),
    Index("ix_gh_repositories_owner", "site", "owner_id"),
    Index("ix_gh_repositories_parent", "site", "parent_id"),
)

former_names = Table(  # where a repository was before it was renamed or transferred: redirects
    "gh_former_names",
    metadata,
    site_column(),
    Column("full_name_lower", String(200), primary_key=True),
    Column("repository_id", Id, nullable=False),
    of("gh_repositories", "repository_id"),
)

former_branches = Table(  # what a branch was called before it was renamed: redirects
    "gh_former_branches",
    metadata,
    site_column(),
    Column("repository_id", Id, primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("new_name", String(255), nullable=False),
    of("gh_repositories", "repository_id"),
)

watchers = Table(  # who stars and who watches a repository
    "gh_watchers",
    metadata,
    site_column(),
    Column("repository_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    Column("kind", String(8), primary_key=True),  # star, watch
    Column("created_at", Instant, nullable=False),
    of("gh_repositories", "repository_id"),
)

collaborators = Table(
    "gh_collaborators",
    metadata,
    site_column(),
    Column("repository_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    Column("permission", String(16), nullable=False),  # pull, triage, push, maintain, admin
    of("gh_repositories", "repository_id"),
)

invitations = Table(  # access that waits to be accepted
    "gh_invitations",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("invitee_id", Id, nullable=False),
    Column("inviter_id", Id, nullable=False),
    Column("permission", String(16), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("site", "repository_id", "invitee_id"),
    of("gh_repositories", "repository_id"),
)

protections = Table(
    "gh_protections",
    metadata,
    site_column(),
    Column("repository_id", Id, primary_key=True),
    Column("branch", String(255), primary_key=True),
    Column("settings", JSON, nullable=False),
    of("gh_repositories", "repository_id"),
)

rulesets = Table(
    "gh_rulesets",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("repository_id", Id, nullable=False),
    Column("name", String(100), nullable=False),
    Column("target", String(16), nullable=False),  # branch, tag, push
    Column("enforcement", String(16), nullable=False),  # disabled, active, evaluate
    Column("bypass_actors", JSON, nullable=False),
    Column("conditions", JSON, nullable=False),
    Column("rules", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("site", "repository_id", "name"),
    of("gh_repositories", "repository_id"),
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
    of("gh_repositories", "repository_id"),
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
    of("gh_repositories", "repository_id"),
)

"""Organizations and teams: who belongs to them and what teams may do; what people tell of themselves."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Index, String, Table, Text, UniqueConstraint

from simulator.emulators.github.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

members = Table(
    "gh_members",
    metadata,
    site_column(),
    Column("organization_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    Column("role", String(16), nullable=False),  # member, admin
    Column("public", Boolean),  # the member lets everybody know of it
    Index("ix_gh_members_account", "site", "account_id"),
)

profiles = (
    Table(  # what GitHub keeps of an account beyond name and e-mail: company, blog, bio, settings of an organization
        "gh_profiles",
        metadata,
        site_column(),
        Column("account_id", Id, primary_key=True),
        Column("fields", JSON, nullable=False),
        Column("updated_at", Instant, nullable=False),
    )
)

teams = Table(
    "gh_teams",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("organization_id", Id, nullable=False),
    Column("parent_id", Id),
    Column("name", String(255), nullable=False),
    Column("slug", String(255), nullable=False),
    Column("description", Text),
    Column("privacy", String(8), nullable=False),  # secret, closed
    Column("permission", String(16), nullable=False),  # pull, push: what repositories get unless told otherwise
    Column("notifications", String(32), nullable=False),  # notifications_enabled, notifications_disabled
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    UniqueConstraint("site", "organization_id", "slug"),
)

team_members = Table(
    "gh_team_members",
    metadata,
    site_column(),
    Column("team_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    Column("role", String(16), nullable=False),  # member, maintainer
    Index("ix_gh_team_members_account", "site", "account_id"),
    of("gh_teams", "team_id"),
)

team_repositories = Table(
    "gh_team_repositories",
    metadata,
    site_column(),
    Column("team_id", Id, primary_key=True),
    Column("repository_id", Id, primary_key=True),
    Column("permission", String(16), nullable=False),  # pull, triage, push, maintain, admin
    Index("ix_gh_team_repositories_repository", "site", "repository_id"),
    of("gh_teams", "team_id"),
    of("gh_repositories", "repository_id"),
)

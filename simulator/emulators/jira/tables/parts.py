"""Versions and components of projects, and which issues have them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, metadata, site_column

versions = Table(
    "jr_versions",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("name", String(255), nullable=False),
    Column("description", Text, nullable=False),
    Column("released", Boolean, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("start_on", Date),
    Column("release_on", Date),
    Column("position", Integer, nullable=False),  # within the project, from the earliest
    UniqueConstraint("site", "project_id", "name"),
    of("jr_projects", "project_id"),
)

components = Table(
    "jr_components",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("project_id", Id, nullable=False),
    Column("name", String(255), nullable=False),
    Column("description", Text, nullable=False),
    Column("lead_id", Id),
    Column("assignee_type", String(16), nullable=False),  # PROJECT_DEFAULT, COMPONENT_LEAD, PROJECT_LEAD, UNASSIGNED
    UniqueConstraint("site", "project_id", "name"),
    of("jr_projects", "project_id"),
)

issue_versions = Table(
    "jr_issue_versions",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("field", String(16), primary_key=True),  # fixVersions, versions
    Column("version_id", Id, primary_key=True),
    of("jr_issues", "issue_id"),
    of("jr_versions", "version_id"),
    Index("ix_jr_issue_versions_version", "site", "version_id", "field"),
)

issue_components = Table(
    "jr_issue_components",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("component_id", Id, primary_key=True),
    of("jr_issues", "issue_id"),
    of("jr_components", "component_id"),
    Index("ix_jr_issue_components_component", "site", "component_id"),
)

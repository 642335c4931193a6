"""Who may do what: groups, project roles with their actors, permission schemes.

What every site has from the start (its groups, roles and the default scheme) is no row: rows are what somebody changed.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text, UniqueConstraint

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, metadata, site_column

groups = Table(
    "jr_groups",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("name_lower", String(255), nullable=False),
    UniqueConstraint("site", "name_lower"),
)

group_members = Table(
    "jr_group_members",
    metadata,
    site_column(),
    Column("group_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    Column("included", Boolean, nullable=False),  # False: taken out of a group that everybody is in
)

roles = Table(
    "jr_roles",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("description", Text, nullable=False),
)

role_actors = Table(
    "jr_role_actors",
    metadata,
    site_column(),
    Column("project_id", Id, primary_key=True),
    Column("role_id", Id, primary_key=True),
    Column("kind", String(8), primary_key=True),  # user, group
    Column("actor_id", Id, primary_key=True),
    Column("included", Boolean, nullable=False),  # False: taken out of a role that it has from the start
    of("jr_projects", "project_id"),
)

permission_schemes = Table(
    "jr_permission_schemes",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("description", Text, nullable=False),
    UniqueConstraint("site", "name"),
)

permission_grants = Table(
    "jr_permission_grants",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("scheme_id", Id, nullable=False),
    Column("permission", String(60), nullable=False),
    Column("holder", String(20), nullable=False),  # projectRole, group, user, anyone, projectLead, reporter, assignee …
    Column("value", String(255), nullable=False),  # of a role, group or account the id; "" where the holder is enough
    of("jr_permission_schemes", "scheme_id"),
    Index("ix_jr_permission_grants_scheme", "site", "scheme_id"),
)

project_schemes = Table(
    "jr_project_schemes",
    metadata,
    site_column(),
    Column("project_id", Id, primary_key=True),
    Column("permission_scheme_id", Id, nullable=False),
    of("jr_projects", "project_id"),
    of("jr_permission_schemes", "permission_scheme_id"),
)

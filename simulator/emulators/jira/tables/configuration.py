"""What a site is configured with. `jr_sites.stamp` changes with each change of it, so that caches know."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, Instant, metadata, site_column

sites = Table(
    "jr_sites",
    metadata,
    site_column(),
    Column("stamp", String(32), nullable=False),
)

statuses = Table(
    "jr_statuses",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("description", Text, nullable=False),
    Column("category", String(16), nullable=False),  # new, indeterminate, done
    Column("position", Integer, nullable=False),
)

issue_types = Table(
    "jr_issue_types",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("description", Text, nullable=False),
    Column("level", Integer, nullable=False),  # 1 epic, 0 standard, -1 sub-task
    Column("avatar_id", Integer, nullable=False),
    Column("position", Integer, nullable=False),
)

priorities = Table(
    "jr_priorities",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("description", Text, nullable=False),
    Column("color", String(7), nullable=False),
    Column("position", Integer, nullable=False),  # from the highest
)

resolutions = Table(
    "jr_resolutions",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("description", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

link_types = Table(
    "jr_link_types",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("inward", String(60), nullable=False),
    Column("outward", String(60), nullable=False),
)

workflows = Table(
    "jr_workflows",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("initial_status_id", Id, nullable=False),
)

transitions = Table(
    "jr_transitions",
    metadata,
    site_column(),
    Column("workflow_id", Id, primary_key=True),
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("from_status_id", Id),  # None: from any status
    Column("to_status_id", Id, nullable=False),
    Column("resolution_id", Id),  # what the transition sets; None clears it
    Column("rules", Text),  # JSON: conditions, validators, screen and post functions (state/workflow_rules.py)
    of("jr_workflows", "workflow_id"),
)

projects = Table(
    "jr_projects",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("key", String(10), nullable=False),
    Column("name", String(80), nullable=False),
    Column("name_lower", String(80), nullable=False),
    Column("description", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("template", String(16), nullable=False),  # scrum, kanban
    Column("lead_id", Id, nullable=False),
    Column("assignee_type", String(16), nullable=False),  # PROJECT_LEAD, UNASSIGNED
    Column("workflow_id", Id, nullable=False),
    Column("issue_counter", Id, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("style", String(16), nullable=False, server_default=text("'classic'")),  # next-gen: team-managed
    Column("archived_at", Instant),
    Column("deleted_at", Instant),  # when it was put into the recycle bin
    Column("deleted_by", Id),
    UniqueConstraint("site", "key"),
    UniqueConstraint("site", "name_lower"),
    of("jr_workflows", "workflow_id", "RESTRICT"),
)

project_issue_types = Table(
    "jr_project_issue_types",
    metadata,
    site_column(),
    Column("project_id", Id, primary_key=True),
    Column("issue_type_id", Id, primary_key=True),
    of("jr_projects", "project_id"),
    of("jr_issue_types", "issue_type_id"),
)

project_workflows = Table(
    "jr_project_workflows",  # the scheme: types that do not follow the project's own workflow
    metadata,
    site_column(),
    Column("project_id", Id, primary_key=True),
    Column("issue_type_id", Id, primary_key=True),
    Column("workflow_id", Id, nullable=False),
    of("jr_projects", "project_id"),
    of("jr_workflows", "workflow_id"),
)

"""What hangs on a project: properties that programs keep on it, and the keys that it had before."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, metadata, site_column

project_properties = Table(
    "jr_project_properties",
    metadata,
    site_column(),
    Column("project_id", Id, primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    of("jr_projects", "project_id"),
)

former_keys = Table(
    "jr_former_keys",
    metadata,
    site_column(),
    Column("key", String(10), primary_key=True),
    Column("project_id", Id, nullable=False),
    of("jr_projects", "project_id"),
)

"""What planting a seed asks of Jira's state."""

from __future__ import annotations

from sqlalchemy import Connection, select

from simulator.emulators.jira import tables


def has_project(connection: Connection, site: str, key: str) -> bool:
    """Whether the site has a project of that key."""
    query = select(tables.projects.c.id).where(tables.projects.c.site == site, tables.projects.c.key == key)
    return connection.execute(query).first() is not None

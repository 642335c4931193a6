"""Saved filters: a name for a query. Boards stand on them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A saved filter."""

    id: int
    name: str
    description: str
    jql: str
    owner_id: int


def create_filter(connection: Connection, *, site: str, name: str, jql: str, owner_id: int, description: str) -> int:
    """Save a filter and return its id. The query has been checked."""
    filter_id = next_value(connection, site, counter("filter"))
    row = {"site": site, "id": filter_id, "name": name, "jql": jql, "owner_id": owner_id, "description": description}
    connection.execute(insert(tables.filters), row)
    return filter_id


def find_filter(context: Context, filter_id: int) -> Filter:
    """A filter by id. Raises NotFound."""
    f = tables.filters.c
    query = select(f.id, f.name, f.description, f.jql, f.owner_id).where(f.site == context.site, f.id == filter_id)
    row = context.connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(
            "The selected filter is not available to you, perhaps it has been deleted or had its permissions changed."
        )
    return Filter(**row)

"""What belongs to saved filters beside the query: who likes them, who may see and change them, their columns."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, String, Table

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, metadata, site_column

filter_favourites = Table(
    "jr_filter_favourites",
    metadata,
    site_column(),
    Column("filter_id", Id, primary_key=True),
    Column("account_id", Id, primary_key=True),
    of("jr_filters", "filter_id"),
)

filter_shares = Table(
    "jr_filter_shares",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("filter_id", Id, nullable=False),
    Column("edits", Boolean, nullable=False),  # may change it, not only see it
    Column("kind", String(16), nullable=False),  # global, loggedin, project, projectRole, group, user
    Column("subject_id", Id),  # of the project, group or account
    Column("role_id", Id),
    of("jr_filters", "filter_id"),
)

filter_columns = Table(
    "jr_filter_columns",
    metadata,
    site_column(),
    Column("filter_id", Id, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("field", String(255), nullable=False),
    of("jr_filters", "filter_id"),
)

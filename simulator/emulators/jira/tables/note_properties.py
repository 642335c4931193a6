"""Properties that programs keep on comments and worklogs."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, metadata, site_column


def _properties(name: str, owners: str) -> Table:
    return Table(
        name,
        metadata,
        site_column(),
        Column("note_id", Id, primary_key=True),
        Column("key", String(255), primary_key=True),
        Column("value", Text, nullable=False),  # JSON
        of(owners, "note_id"),
    )


comment_properties = _properties("jr_comment_properties", "jr_comments")
worklog_properties = _properties("jr_worklog_properties", "jr_worklogs")

"""Fields that a site adds to those every Jira has, and what issues hold in them."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from simulator.emulators.jira.tables.keys import of
from simulator.emulators.kit.tables import Id, metadata, site_column

custom_fields = Table(
    "jr_custom_fields",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("description", Text, nullable=False),
    Column("type", String(40), nullable=False),  # float, textarea, …: the last part of Jira's type key
    Column("searcher", String(60), nullable=False),
)

custom_values = Table(
    "jr_custom_values",
    metadata,
    site_column(),
    Column("issue_id", Id, primary_key=True),
    Column("field_id", Id, primary_key=True),
    Column(
        "value", Text, nullable=False
    ),  # JSON: text, number, day, instant, document, account's number, or a list of such
    of("jr_issues", "issue_id"),
    of("jr_custom_fields", "field_id"),
    Index("ix_jr_custom_values_field", "site", "field_id", "issue_id"),
)

"""What the tables have in common: references within a site, and a text that compares by its characters' codes."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Text

Rank = Text().with_variant(Text(collation="C"), "postgresql")
"""Ranks compare by their characters' codes, whatever the database's language is."""


def of(table: str, column: str, ondelete: str = "CASCADE") -> ForeignKeyConstraint:
    """A reference to a row of the same site."""
    return ForeignKeyConstraint(["site", column], [f"{table}.site", f"{table}.id"], ondelete=ondelete)

"""What the tables have in common."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint


def of(table: str, column: str) -> ForeignKeyConstraint:
    """A reference to a row of the same site; the row goes when that one goes."""
    return ForeignKeyConstraint(["site", column], [f"{table}.site", f"{table}.id"], ondelete="CASCADE")

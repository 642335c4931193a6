"""INSERT … ON CONFLICT, which SQLite and PostgreSQL share and SQLAlchemy spells twice."""

from __future__ import annotations

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert


def replacing(connection: Connection, table: Table, *columns: str) -> Insert:
    """An insert that puts new values into these columns where the primary key is known."""
    key = [column.name for column in table.primary_key]
    if connection.dialect.name == "postgresql":
        made = postgresql.insert(table)
        return made.on_conflict_do_update(index_elements=key, set_={name: made.excluded[name] for name in columns})
    insert = sqlite.insert(table)
    return insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in columns})

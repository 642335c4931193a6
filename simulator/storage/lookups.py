"""Questions that more than one table is asked."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Connection, select

_CHUNK = 500  # values in one question: SQLite takes 32,766 parameters, PostgreSQL 65,535


def those_known(connection: Connection, column: Column[str], run_id: str, values: Collection[str]) -> frozenset[str]:
    """Those of the values that a run has in a column."""
    asked = select(column).where(column.table.c.run_id == run_id)
    wanted, found = list(values), set[str]()
    for start in range(0, len(wanted), _CHUNK):
        found.update(connection.execute(asked.where(column.in_(wanted[start : start + _CHUNK]))).scalars())
    return frozenset(found)

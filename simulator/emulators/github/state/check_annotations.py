"""What check runs say about lines of files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select

from simulator.emulators.github.tables import check_annotations
from simulator.emulators.kit.database import next_value

MOST_AT_ONCE = 50
"""Annotations that one request may add: docs.github.com/en/rest/checks/runs#update-a-check-run"""

LEVELS = ("notice", "warning", "failure")


def add_annotations(connection: Connection, site: str, run_id: int, details: Sequence[dict[str, Any]]) -> None:
    """Keep further annotations of a check run."""
    if not details:
        return
    last = next_value(connection, site, "gh_annotations", count=len(details))
    rows = [
        {"site": site, "id": number, "check_run_id": run_id, "detail": detail}
        for number, detail in enumerate(details, last - len(details) + 1)
    ]
    connection.execute(insert(check_annotations), rows)


def list_annotations(
    connection: Connection, site: str, run_id: int, *, limit: int, offset: int
) -> list[dict[str, Any]]:
    """A page of a check run's annotations as they were given, oldest first."""
    query = select(check_annotations.c.detail).where(
        check_annotations.c.site == site, check_annotations.c.check_run_id == run_id
    )
    return list(connection.execute(query.order_by(check_annotations.c.id).limit(limit).offset(offset)).scalars())


def count_annotations(connection: Connection, site: str, run_ids: Sequence[int]) -> dict[int, int]:
    """How many annotations each check run has, by its number."""
    query = (
        select(check_annotations.c.check_run_id, func.count().label("number"))
        .where(check_annotations.c.site == site, check_annotations.c.check_run_id.in_(run_ids))
        .group_by(check_annotations.c.check_run_id)
    )
    counts = dict.fromkeys(run_ids, 0)
    return counts | {row.check_run_id: row.number for row in connection.execute(query)}

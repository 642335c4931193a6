"""How much there is in projects, and when something was done there last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context

_i = tables.issues.c


@dataclass(frozen=True, slots=True)
class Insight:
    """A project's number of issues and when one of them was changed last, None without any."""

    issues: int = 0
    updated_at: datetime | None = None


def insights_of(context: Context, project_ids: Collection[int]) -> dict[int, Insight]:
    """The insights of projects, in one statement."""
    query = select(_i.project_id, func.count(), func.max(_i.updated_at)).group_by(_i.project_id)
    rows = context.connection.execute(query.where(_i.site == context.site, _i.project_id.in_(list(project_ids))))
    found = {row[0]: Insight(row[1], row[2]) for row in rows}
    return {number: found.get(number, Insight()) for number in project_ids}

"""Every movement of a ref: what `GET /repos/{owner}/{repo}/activity` lists."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from simulator.emulators.github.tables import activity
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import Prepared, inserting

KINDS = ("push", "force_push", "branch_creation", "branch_deletion", "pr_merge", "merge_queue_merge")
"""Values of `activity_type`. Source: https://docs.github.com/en/rest/repos/repos#list-repository-activities"""

_LATEST = (
    select(func.max(activity.c.id))
    .where(activity.c.site == bindparam("site"), activity.c.repository_id == bindparam("repository_id"))
    .group_by(activity.c.ref)
)
_LAST = Prepared(
    select(activity.c.ref, activity.c.after).where(activity.c.site == bindparam("site"), activity.c.id.in_(_LATEST))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One movement of a ref. `before` and `after` are object ids, forty zeros for nothing."""

    id: int
    kind: str
    ref: str
    before: str
    after: str
    actor_id: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A ref's way from one object to another, forty zeros for nothing; `kind` is one of KINDS."""

    kind: str
    ref: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFilter:
    """Which movements to list. `older_than` and `newer_than` are ids, the cursors of pages."""

    ref: str | None = None
    kind: str | None = None
    actor_id: int | None = None
    since: datetime | None = None
    older_than: int | None = None
    newer_than: int | None = None
    oldest_first: bool = False

    def conditions(self) -> list[ColumnElement[bool]]:
        """The filter as SQL."""
        table = activity.c
        comparisons: tuple[tuple[Any, Callable[[Any, Any], ColumnElement[bool]], ColumnElement[Any]], ...] = (
            (self.ref, operator.eq, table.ref),
            (self.kind, operator.eq, table.kind),
            (self.actor_id, operator.eq, table.actor_id),
            (self.since, operator.ge, table.created_at),
            (self.older_than, operator.lt, table.id),
            (self.newer_than, operator.gt, table.id),
        )
        return [compare(column, wanted) for wanted, compare, column in comparisons if wanted is not None]


_COLUMNS = [activity.c[name] for name in Activity.__slots__]
_INSERT = inserting(activity)


def record_activity(
    connection: Connection, site: str, repository_id: int, movement: Movement, *, actor_id: int | None, at: datetime
) -> None:
    """Write down that a ref moved."""
    row = {
        "site": site,
        "id": next_value(connection, site, "gh_activity"),
        "repository_id": repository_id,
        "kind": movement.kind,
        "ref": movement.ref,
        "before": movement.before,
        "after": movement.after,
        "actor_id": actor_id,
        "created_at": at,
    }
    _INSERT.run(connection, **row)


def list_activity(
    connection: Connection, site: str, repository_id: int, *, wanted: ActivityFilter, limit: int
) -> list[Activity]:
    """Movements of refs, newest first unless told."""
    order = activity.c.id.asc() if wanted.oldest_first else activity.c.id.desc()
    conditions = [activity.c.site == site, activity.c.repository_id == repository_id, *wanted.conditions()]
    query = select(*_COLUMNS).where(*conditions).order_by(order).limit(limit)
    return [Activity(**row) for row in connection.execute(query).mappings()]


def last_positions(connection: Connection, site: str, repository_id: int) -> dict[str, str]:
    """Where each ref went last, by its full name; forty zeros for a deleted one."""
    return dict(_LAST.all(connection, site=site, repository_id=repository_id))

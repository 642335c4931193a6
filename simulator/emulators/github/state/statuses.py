"""Commit statuses: what a build said of a commit, by context.

Source: https://docs.github.com/en/rest/commits/statuses
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.tables import statuses
from simulator.emulators.kit.database import next_value

STATES = ("error", "failure", "pending", "success")
MOST = 1000
"""Statuses for one commit and context, as on GitHub."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One word of a build about a commit."""

    id: int
    sha: str
    context: str
    state: str
    description: str | None
    target_url: str | None
    creator_id: int
    created_at: datetime


_COLUMNS = [statuses.c[name] for name in Status.__slots__]


def add_status(connection: Connection, repository: Repository, status: Status) -> Status:
    """Keep a status; gives it with its number."""
    number = next_value(connection, repository.site, "gh_statuses")
    row = {name: getattr(status, name) for name in Status.__slots__} | {"id": number}
    connection.execute(insert(statuses), {**row, "site": repository.site, "repository_id": repository.id})
    return Status(**row)


def list_statuses(connection: Connection, repository: Repository, sha: str) -> list[Status]:
    """All statuses of a commit, newest first."""
    query = (
        select(*_COLUMNS)
        .where(statuses.c.site == repository.site, statuses.c.repository_id == repository.id, statuses.c.sha == sha)
        .order_by(statuses.c.id.desc())
    )
    return [Status(**row) for row in connection.execute(query).mappings()]


def latest(found: Sequence[Status]) -> list[Status]:
    """The last word of each context, in order of the contexts' first appearance; `found` is newest first."""
    last = {status.context: status for status in reversed(found)}
    return list(last.values())


def combined(found: Sequence[Status]) -> str:
    """One word for all contexts: failure, pending or success; without any status it is pending."""
    states = {status.state for status in latest(found)}
    if states & {"error", "failure"}:
        return "failure"
    return "success" if states == {"success"} else "pending"

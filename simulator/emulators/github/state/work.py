"""Where a request works: one transaction, one repository of one site, and who acts in it.

Functions that only read take a `Place`; functions that change something take a `Work`. What others want to hear of
(webhooks) is collected as notices and told at the end, by `announce.py`, when all changes of the request are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that subscribed webhooks hear of. `detail` holds ids and words, never a rendered body."""

    event: str
    action: str
    issue_id: int
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A transaction and a repository to read in."""

    connection: Connection
    instance: Instance
    site: str
    repository: Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Place):
    """A place to change something in: `actor` does it, at the wall-clock instant `at`, the same for the whole request."""

    actor: Account
    at: datetime
    notices: list[Notice] = field(default_factory=list)

    def tell(self, event: str, action: str, issue_id: int, **detail: Any) -> None:
        """Note down something for the webhooks."""
        self.notices.append(Notice(event=event, action=action, issue_id=issue_id, detail=detail))

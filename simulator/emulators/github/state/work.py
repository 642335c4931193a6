"""Where a request works: one transaction, one repository of one site, and who acts in it.

Functions that only read take a `Place`; functions that change something take a `Work`. What others want to hear of
(webhooks) is collected as notices and told at the end, by `announce.py`, when all changes of the request are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pygit2
from sqlalchemy import Connection

from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that subscribed webhooks hear of. `detail` holds ids, words and state's own objects, never a rendered body.

    `action` is None for events that have none (status, fork …); `issue_id` is 0 for what is about no issue or pull request.
    """

    event: str
    action: str | None
    issue_id: int = 0
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A transaction and a repository to read in. `scopes` are those of the token that was sent; None where none limits."""

    connection: Connection
    instance: Instance
    site: str
    repository: Repository
    scopes: frozenset[str] | None = None
    _opened: list[pygit2.Repository] = field(init=False, repr=False, compare=False, default_factory=list)

    @property
    def git(self) -> pygit2.Repository:
        """The repository's git, opened once for the whole request: for the calling thread only."""
        if not self._opened:
            self._opened.append(git_of(self.instance, self.repository))
        return self._opened[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Place):
    """A place to change something in: `actor` does it, at the wall-clock instant `at`, the same for the whole request."""

    actor: Account
    at: datetime
    notices: list[Notice] = field(default_factory=list)

    def tell(self, event: str, action: str | None, issue_id: int = 0, **detail: Any) -> None:
        """Note down something for the webhooks: `announce.py` says how a new event gets its payload."""
        self.notices.append(Notice(event=event, action=action, issue_id=issue_id, detail=detail))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationWork:
    """What `Work` is to a repository, for an organization: who did something there, in which transaction."""

    connection: Connection
    instance: Instance
    site: str
    organization: Account
    actor: Account

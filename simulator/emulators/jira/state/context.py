"""What every rule needs to know: the transaction, the site and its configuration, the present instant, who acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from simulator.emulators.jira.state.meta import Meta
from simulator.emulators.kit.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that webhooks may want to hear of. `detail` holds state's own objects, never a rendered body."""

    event: str
    by: Account
    issue_id: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One request's transaction. `now` is wall time, UTC, the same for everything that the request changes."""

    connection: Connection
    site: str
    now: datetime
    account: Account
    meta: Meta
    notices: list[Notice] = field(default_factory=list, compare=False, repr=False)

    def tell(self, event: str, issue_id: int | None = None, **detail: Any) -> None:
        """Note down something for the webhooks: `jira/announce.py` says what each event's payload is made of."""
        self.notices.append(Notice(event=event, by=self.account, issue_id=issue_id, detail=detail))

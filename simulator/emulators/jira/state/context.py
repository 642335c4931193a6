"""What every rule needs to know: the transaction, the site and its configuration, the present instant, who acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from simulator.emulators.jira.state.meta import Meta
from simulator.emulators.kit.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One request's transaction. `now` is wall time, UTC, the same for everything that the request changes."""

    connection: Connection
    site: str
    now: datetime
    account: Account
    meta: Meta

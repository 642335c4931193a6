"""Tables that both services share. Every key begins with the site: two sites never meet.

Refuses to hold a token: only its SHA-256 digest is kept (tokens are long random strings, so a plain digest is enough).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

OWN_STATEMENTS: dict[str, list[str]] = {"sqlite": [], "postgresql": []}
"""By dialect, what a database needs that tables cannot say: run by migrations, each harmless when run again.

Names of what they make begin with `ft_`, which migrations leave alone.
"""


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, stored with microseconds; SQLite forgets the zone and gets it back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: Any) -> Callable[[Any], datetime | None] | None:
        """What makes an instant of the driver's value; SQLite's texts are read without a detour, lists being full of them."""
        return _instant_of_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _instant_of_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).replace(tzinfo=UTC)


Id = BigInteger().with_variant(Integer, "sqlite")


HIDDEN = "~"
"""What the keys of hidden sites begin with: snapshots are kept as such, and no address reaches them."""


def site_column() -> Column[str]:
    """The first column of every key."""
    return Column("site", String(80), primary_key=True)


sites = Table(
    "em_sites",
    metadata,
    site_column(),
    Column("created_at", Instant, nullable=False),
    Column("seed", JSON, nullable=False),  # what a reset plants again, with digests in place of tokens
)

site_settings = Table(  # what somebody set for a site by the control endpoints: faults, rate limits
    "em_site_settings",
    metadata,
    site_column(),
    Column("name", String(40), primary_key=True),
    Column("value", JSON, nullable=False),
)

snapshots = Table(  # a snapshot is a site of its own that no address reaches
    "em_snapshots",
    metadata,
    site_column(),
    Column("name", String(80), primary_key=True),
    Column("kept_as", String(80), nullable=False),
    Column("created_at", Instant, nullable=False),
)

counters = Table(
    "em_counters",
    metadata,
    site_column(),
    Column("name", String(120), primary_key=True),
    Column("value", Id, nullable=False),
)

accounts = Table(
    "em_accounts",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),  # user, organization, bot
    Column("login", String(80), nullable=False),
    Column("login_lower", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("email", String(254), nullable=False),
    Column("jira_id", String(128), nullable=False),  # Jira's accountId, opaque
    Column("admin", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("site", "login_lower"),
    UniqueConstraint("site", "jira_id"),
    Index("ix_em_accounts_email", "site", "email"),
)

tokens = Table(
    "em_tokens",
    metadata,
    site_column(),
    Column("digest", String(64), primary_key=True),
    Column("account_id", Id, nullable=False),
    Column("scopes", Text, nullable=False),  # comma-separated, as X-OAuth-Scopes has them
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("expires_at", Instant),
    Index("ix_em_tokens_digest", "digest"),  # requests by host name look a token up over all sites
    ForeignKeyConstraint(["site", "account_id"], ["em_accounts.site", "em_accounts.id"], ondelete="CASCADE"),
)

journal = Table(
    "em_journal",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("service", String(16), nullable=False),
    Column("method", String(10), nullable=False),
    Column("path", Text, nullable=False),
    Column("status", Integer, nullable=False),
)

outbox = Table(
    "em_outbox",
    metadata,
    site_column(),
    Column("id", Id, primary_key=True),
    Column("url", Text, nullable=False),
    Column("headers", Text, nullable=False),  # JSON object
    Column("body", LargeBinary, nullable=False),
    Column("verify_tls", Boolean, nullable=False),
    Column("state", String(16), nullable=False),  # waiting, delivered, failed
    Column("attempts", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("next_at", Instant, nullable=False),  # when the next attempt is due; while one is made, when it is given up
    Column("status_code", Integer),  # of the last answer
    Column("error", Text),  # of the last attempt that got no answer
    Index("ix_em_outbox_due", "state", "next_at"),
)

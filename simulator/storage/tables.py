"""The tables of the house, all named `sd_…` so that they can share a database with others.

Refuses to hold a token. Column types that both engines understand: `Instant`, `Words` and `Json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
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
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC with microseconds; SQLite forgets the zone and gets it back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

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


class Words(TypeDecorator[str]):
    """A text from outside. What no database takes, NUL and half a character, becomes a question mark."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        return None if value is None else value.replace("\0", "?").encode(errors="replace").decode()


class Json(TypeDecorator[Any]):
    """JSON values as text, the order of keys kept (a JSONB column would not)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        return None if value is None else _dumps(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        return None if value is None else orjson.loads(value)


def _dumps(value: Any) -> str:
    try:
        return orjson.dumps(value, default=_plain).decode()
    except TypeError:
        # orjson refuses half a character, as in a cut emoji; it becomes a question mark.
        return json.dumps(value, default=_plain, ensure_ascii=False, allow_nan=False).encode(errors="replace").decode()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not a JSON value")


_Number = BigInteger().with_variant(Integer, "sqlite")


def _run_column() -> Column[str]:
    return Column("run_id", String(80), ForeignKey("sd_runs.id", ondelete="CASCADE"), primary_key=True)


runs = Table(
    "sd_runs",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("ordinal", _Number, nullable=False, unique=True),  # over all runs, in the order of their making
    Column("number", Integer, nullable=False),  # among the runs of the scenario
    Column("scenario_id", String(80), nullable=False),
    Column("title", Words, nullable=False),
    Column("scenario_path", Words, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("services", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Column("seen_at", Instant, nullable=False),
    Column("revision", _Number, nullable=False),
    Column("problem", Words),
    Column("emulated", Boolean, nullable=False),
    Column("pace_s", Double, nullable=False),
    Column("starts_paused", Boolean, nullable=False),
    Column("while_away", String(16)),  # NULL: auto
    Column("journey", Json),
    Column("rewinding", Integer),  # the day whose beginning is being brought back
    Column("branched_from", String(80)),
    Column("branched_at", Instant),  # simulated
    UniqueConstraint("scenario_id", "number"),
)

segments = Table(
    "sd_segments",
    metadata,
    _run_column(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("wall_start", Instant, nullable=False),
    Column("simulated_start", Instant, nullable=False),
    Column("rate", Double, nullable=False),
)

agenda = Table(
    "sd_agenda",
    metadata,
    _run_column(),
    Column("id", String(300), primary_key=True),
    Column("at", Instant, nullable=False),  # simulated
    Column("priority", Integer, nullable=False),
    Column("sequence", _Number, nullable=False),
    Column("phase", String(16), nullable=False),
    Column("action", Json, nullable=False),
    Column("state", String(16), nullable=False),
    Column("begun_at", Instant),
    Column("done_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("note", Words, nullable=False),
    Index(None, "run_id", "at", "priority", "sequence"),
    UniqueConstraint("run_id", "sequence"),
)

bindings = Table(
    "sd_bindings",
    metadata,
    _run_column(),
    Column("name", String(300), primary_key=True),
    Column("value", Words, nullable=False),
)

facts = Table(
    "sd_facts",
    metadata,
    _run_column(),
    Column("sequence", _Number, primary_key=True, autoincrement=False),  # in the order of being learnt of
    Column("source_id", String(500), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("subject", Words, nullable=False),
    Column("actor", String(80)),
    Column("url", Words, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("at", Instant, nullable=False),  # simulated
    Column("detail", Json, nullable=False),
    UniqueConstraint("run_id", "source_id"),
    Index(None, "run_id", "at", "sequence"),
)

cursors = Table(
    "sd_cursors",
    metadata,
    _run_column(),
    Column("cursor", Json, nullable=False),
)

scorecards = Table(
    "sd_scorecards",
    metadata,
    _run_column(),
    Column("number", _Number, primary_key=True, autoincrement=False),
    Column("seat", String(80)),  # NULL: the team
    Column("at", Instant, nullable=False),  # simulated
    Column("wall", Instant, nullable=False),
    Column("revision", _Number, nullable=False),
    Column("final", Boolean, nullable=False),
    Column("score", Double),
    Column("card", Json),  # NULL once a newer one of the seat is there
    Index(None, "run_id", "seat", "number"),
)

snapshots = Table(
    "sd_snapshots",
    metadata,
    _run_column(),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("wall", Instant, nullable=False),
    Column("simulated", Instant, nullable=False),
    Column("facts", _Number, nullable=False),  # sequence of the last one; so are the next three
    Column("agenda", _Number, nullable=False),
    Column("segments", Integer, nullable=False),
    Column("scorecards", _Number, nullable=False),
    Column("open", Json, nullable=False),  # ids of the agenda's open entries
    Column("bindings", Json, nullable=False),
    Column("cursor", Json, nullable=False),
)


def _objection_columns() -> tuple[Column[Any], ...]:
    return (
        _run_column(),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("finding", String(20), nullable=False),
        Column("rule", String(20), nullable=False),
        Column("subject", Words, nullable=False),
        Column("seat", String(80)),
        Column("reason", Words, nullable=False),
        Column("at", Instant, nullable=False),  # simulated
        Column("wall", Instant, nullable=False),
    )


waivers = Table(
    "sd_waivers",
    metadata,
    *_objection_columns(),
    Column("sprint", Integer, nullable=False),
    Column("by", Words, nullable=False),
    Column("dispute", Integer),  # the number of the accepted one that it comes of
    Column("revoked_at", Instant),
    Column("revoked_by", Words),
)

disputes = Table(
    "sd_disputes",
    metadata,
    *_objection_columns(),
    Column("message", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("state", String(16), nullable=False),
    Column("by", Words),
    Column("answer", Words),
    Column("answered_at", Instant),
    Column("case", Json),
)

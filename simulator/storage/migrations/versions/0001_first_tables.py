"""First tables: runs, segments, agenda, bindings, facts, cursors, scorecards.

Written in plain SQL types: a revision must not change when the code's own types do. There is no way
back: a database that a newer version altered is refused, and a copy of the file is the way to undo an upgrade.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _create_runs()
    _create_agenda()
    _create_facts()
    _create_scorecards()


def _run_id(table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    name = f"fk_sd_{table}_run_id"
    return (
        sa.Column("run_id", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["sd_runs.id"], name=name, ondelete="CASCADE"),
    )


def _create_runs() -> None:
    op.create_table(
        "sd_runs",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("ordinal", _NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scenario_id", sa.String(80), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scenario_path", sa.Text(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("started_at", _INSTANT),
        sa.Column("finished_at", _INSTANT),
        sa.Column("seen_at", _INSTANT, nullable=False),
        sa.Column("revision", _NUMBER, nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("emulated", sa.Boolean(), nullable=False),
        sa.Column("pace_s", sa.Double(), nullable=False),
        sa.Column("starts_paused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sd_runs"),
        sa.UniqueConstraint("ordinal", name="uq_sd_runs_ordinal"),
        sa.UniqueConstraint("scenario_id", "number", name="uq_sd_runs_scenario_id_number"),
    )
    op.create_table(
        "sd_segments",
        *_run_id("segments"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wall_start", _INSTANT, nullable=False),
        sa.Column("simulated_start", _INSTANT, nullable=False),
        sa.Column("rate", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_sd_segments"),
    )
    op.create_table(
        "sd_bindings",
        *_run_id("bindings"),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "name", name="pk_sd_bindings"),
    )


def _create_agenda() -> None:
    op.create_table(
        "sd_agenda",
        *_run_id("agenda"),
        sa.Column("id", sa.String(300), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("sequence", _NUMBER, nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("begun_at", _INSTANT),
        sa.Column("done_at", _INSTANT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "id", name="pk_sd_agenda"),
        sa.UniqueConstraint("run_id", "sequence", name="uq_sd_agenda_run_id_sequence"),
    )
    in_order = ["run_id", "at", "priority", "sequence"]
    op.create_index("ix_sd_agenda_run_id_at_priority_sequence", "sd_agenda", in_order)


def _create_facts() -> None:
    op.create_table(
        "sd_facts",
        *_run_id("facts"),
        sa.Column("sequence", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("source_id", sa.String(500), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(80)),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "sequence", name="pk_sd_facts"),
        sa.UniqueConstraint("run_id", "source_id", name="uq_sd_facts_run_id_source_id"),
    )
    op.create_index("ix_sd_facts_run_id_at_sequence", "sd_facts", ["run_id", "at", "sequence"])
    op.create_table(
        "sd_cursors",
        *_run_id("cursors"),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_sd_cursors"),
    )


def _create_scorecards() -> None:
    op.create_table(
        "sd_scorecards",
        *_run_id("scorecards"),
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("seat", sa.String(80)),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("wall", _INSTANT, nullable=False),
        sa.Column("revision", _NUMBER, nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Double()),
        sa.Column("card", sa.Text()),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_sd_scorecards"),
    )
    op.create_index("ix_sd_scorecards_run_id_seat_number", "sd_scorecards", ["run_id", "seat", "number"])

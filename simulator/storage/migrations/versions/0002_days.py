"""States of runs at the beginnings of their days, branches, and what becomes of the time without a server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("sd_runs", sa.Column("while_away", sa.String(16)))
    op.add_column("sd_runs", sa.Column("journey", sa.Text()))
    op.add_column("sd_runs", sa.Column("rewinding", sa.Integer()))
    op.add_column("sd_runs", sa.Column("branched_from", sa.String(80)))
    op.add_column("sd_runs", sa.Column("branched_at", _INSTANT))
    op.create_table(
        "sd_snapshots",
        sa.Column("run_id", sa.String(80), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wall", _INSTANT, nullable=False),
        sa.Column("simulated", _INSTANT, nullable=False),
        sa.Column("facts", _NUMBER, nullable=False),
        sa.Column("agenda", _NUMBER, nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("scorecards", _NUMBER, nullable=False),
        sa.Column("open", sa.Text(), nullable=False),
        sa.Column("bindings", sa.Text(), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["sd_runs.id"], name="fk_sd_snapshots_run_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "day", name="pk_sd_snapshots"),
    )

"""What people say against findings: waivers and disputes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the two tables."""
    op.create_table(
        "sd_waivers",
        *_objection("waivers"),
        sa.Column("sprint", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("dispute", sa.Integer()),
        sa.Column("revoked_at", _INSTANT),
        sa.Column("revoked_by", sa.Text()),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_sd_waivers"),
    )
    op.create_table(
        "sd_disputes",
        *_objection("disputes"),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_at", _INSTANT),
        sa.Column("case", sa.Text()),
        sa.PrimaryKeyConstraint("run_id", "number", name="pk_sd_disputes"),
    )


def _objection(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("run_id", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("finding", sa.String(20), nullable=False),
        sa.Column("rule", sa.String(20), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("seat", sa.String(80)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("wall", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["sd_runs.id"], name=f"fk_sd_{table}_run_id", ondelete="CASCADE"),
    )

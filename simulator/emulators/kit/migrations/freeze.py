"""Writes the text of a migration: the explicit operations that lead from a database to the tables as they are declared.

For developers (scripts/freeze_migration.py); nothing calls it at run time.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from simulator.emulators.kit.migrations.upgrade import VERSION_TABLE
from simulator.emulators.kit.tables import Instant

_TEMPLATE = '''"""{title}"""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {down_revision}
branch_labels = None
depends_on = None


def upgrade() -> None:{remark}
{body}
'''


_MANY = 50  # statements, ruff's limit


def migration_text(
    connection: Connection, metadata: MetaData, *, title: str, revision: str, down_revision: str | None
) -> str:
    """A revision that brings the connected database to `metadata`; connect to an empty one for the first revision."""
    options: dict[str, Any] = {"render_item": _render, "version_table": VERSION_TABLE}
    context = MigrationContext.configure(connection, opts=options)
    operations = produce_migrations(context, metadata).upgrade_ops
    if operations is None:
        raise ValueError("nothing to migrate")
    # in batches: SQLite cannot take a constraint away but by making its table anew
    body = render_python_code(operations, render_as_batch=True, render_item=_render, migration_context=context)
    previous = f'"{down_revision}"' if down_revision else "None"
    lines = [line for line in body.splitlines() if not line.lstrip().startswith("#")]
    statements = sum(line.lstrip().startswith(("op.", "batch_op.", "with ")) for line in lines)
    remark = "  # noqa: PLR0915 - a statement for each table" if statements > _MANY else ""
    return _TEMPLATE.format(
        title=title, revision=revision, down_revision=previous, remark=remark, body="\n".join(lines)
    )


def _render(kind: str, item: Any, _context: object) -> str | Literal[False]:  # Any: Alembic hands over any schema item
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"  # a migration must not change when the model does
    return False

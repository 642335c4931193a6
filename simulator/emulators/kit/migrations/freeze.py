"""Writes the text of a migration: the explicit operations that lead from a database to the tables as they are declared.

For developers (scripts/freeze_migration.py); nothing calls it at run time.
"""

from __future__ import annotations

from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData

from simulator.emulators.kit.migrations.upgrade import VERSION_TABLE
from simulator.emulators.kit.tables import OWN_STATEMENTS, Instant

_TEMPLATE = '''"""{title}"""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {down_revision}
branch_labels = None
depends_on = None


def upgrade() -> None:{remark}
{body}

    for statement in STATEMENTS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


STATEMENTS = {{
{statements}}}
'''


_MANY = 50  # statements, ruff's limit


def migration_text(
    connection: Connection, metadata: MetaData, *, title: str, revision: str, down_revision: str | None
) -> str:
    """A revision that brings the connected database to `metadata`; connect to an empty one for the first revision."""
    options: dict[str, Any] = {"render_item": _render, "version_table": VERSION_TABLE, "include_name": of_tables}
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
        title=title,
        revision=revision,
        down_revision=previous,
        remark=remark,
        body="\n".join(lines),
        statements=_statements(),
    )


def of_tables(name: str | None, _kind: str, _parents: object) -> bool:
    """Whether something in a database is said by tables, and not by statements of their own."""
    return not (name or "").startswith("ft_")


def _statements() -> str:
    shown = [
        f'    "{dialect}": [\n' + "".join(f'        """{one}""",\n' for one in statements) + "    ],\n"
        for dialect, statements in OWN_STATEMENTS.items()
    ]
    return "".join(shown)


def _render(kind: str, item: Any, _context: object) -> str | Literal[False]:  # Any: Alembic hands over any schema item
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"  # a migration must not change when the model does
    return False

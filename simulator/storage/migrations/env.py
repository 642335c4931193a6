"""Alembic's entry: runs the migrations on the connection that `simulator.storage.migrate` hands over.

A new revision is a file in `versions` with the next number; `migrate.py` names the newest. There is no alembic.ini.
"""

from __future__ import annotations

from alembic import context

from simulator.storage.migrate import VERSION_TABLE
from simulator.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()

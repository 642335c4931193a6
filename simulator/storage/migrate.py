"""Brings a database to this version's tables. Quick when there is nothing to do; safe when several processes start at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from simulator.errors import StorageError
from simulator.storage.database import Database, take_turn

VERSION_TABLE = "sprintdojo_version"
NEWEST = "0003"
"""The last revision in migrations/versions; a test keeps it so. Known here, so that a start need not load Alembic."""
KNOWN = frozenset({"0001", "0002", NEWEST})


def upgrade(database: Database) -> None:
    """Create or alter the tables as this version needs them, in one transaction.

    Raises StorageError, also for a database that a newer version made.
    """
    with database.reading() as connection:
        if _is_current(connection, database):
            return
    with database.writing() as connection:
        take_turn(connection, "migrations")
        if not _is_current(connection, database):
            _run_migrations(connection)


def _is_current(connection: Connection, database: Database) -> bool:
    if not inspect(connection).has_table(VERSION_TABLE):
        return False
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - a constant
    if found is not None and found not in KNOWN:
        raise StorageError(
            f"the database was made by a newer version of Sprintdojo (its tables: {found}, known here: {NEWEST})",
            where=database.where,
            to_do="install that version, or give another database",
        )
    return found == NEWEST


def _run_migrations(connection: Connection) -> None:
    # Alembic takes a third of a second to load, and is needed once in a database's life.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

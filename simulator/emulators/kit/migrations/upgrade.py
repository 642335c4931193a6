"""Brings a database to the newest revision. Cheap when it is there already: Alembic is not even imported.

Refuses to downgrade: a database of a newer release is left alone, with an error.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from simulator.emulators.kit.database import Database

VERSION_TABLE = "em_version"

_FOLDER = Path(__file__).parent
_LOCK = 0x656D5F76  # "em_v": two processes that start at once upgrade one after the other


class NewerDatabase(Exception):
    """The database was written by a newer release than this one."""


def newest_revision() -> str:
    """The last revision that this release knows."""
    return max(path.name.partition("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*_*.py"))


def upgrade(database: Database) -> None:
    """Bring the tables up to date, in one transaction. Raises NewerDatabase when they are ahead of this release."""
    with database.reading() as connection:
        present = _revision(connection)
    if present is not None and present > newest_revision():
        raise NewerDatabase(f"the database is at revision {present}, this release knows {newest_revision()}")
    if present == newest_revision():
        return
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if _revision(connection) != newest_revision():
            _run_alembic(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - a constant
    return str(found) if found is not None else None


def _run_alembic(connection: Connection) -> None:
    # Alembic takes 0.2 s to import, which a database that is up to date need not pay.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

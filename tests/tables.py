"""SQLite files with our tables in them: copied from one that each worker makes once, which takes a tenth of the time."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import simulator.emulators.server  # noqa: F401 - declares the tables of both services
from simulator.emulators.kit.database import Database as EmulatorsDatabase
from simulator.emulators.kit.migrations.upgrade import upgrade as upgrade_emulators
from simulator.storage.database import Database
from simulator.storage.migrate import upgrade as upgrade_storage


def file_with_tables(path: Path) -> str:
    """Write a database that has the tables of the emulators and of the runs and nothing in them; its `sqlite:///` URL."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_empty())
    return f"sqlite:///{path}"


def data_with_tables(folder: Path) -> Path:
    """The two databases of a server's folder, as its first start leaves them; the folder."""
    for name in ("emulators.db", "sprintdojo.db"):
        file_with_tables(folder / name)
    return folder


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        make_tables(f"sqlite:///{path}")
        return path.read_bytes()


def make_tables(url: str) -> None:
    """Bring both halves of a database to this version's tables."""
    for database, upgrade in ((EmulatorsDatabase(url), upgrade_emulators), (Database(url), upgrade_storage)):
        upgrade(database)  # type: ignore[arg-type]  # each with its own
        database.close()

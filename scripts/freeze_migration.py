"""Writes simulator/emulators/kit/migrations/versions/0001_first.py anew, from the tables as they are declared now.

For the time before the first release, while 0001 may still change: `python scripts/freeze_migration.py`. Afterwards a change
of the tables is a revision of its own: `python scripts/freeze_migration.py 0002 "what it adds"`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine

import simulator.emulators.server  # noqa: F401 - declares the tables of both services
from simulator.emulators.kit.database import Database
from simulator.emulators.kit.migrations import upgrade
from simulator.emulators.kit.migrations.freeze import migration_text
from simulator.emulators.kit.tables import metadata

VERSIONS = Path(upgrade.__file__).parent / "versions"


def main(arguments: list[str]) -> None:
    """Write the revision that the arguments name, the first one when there are none."""
    revision, title = arguments if arguments else ("0001", "The first tables.")
    name = "first" if revision == "0001" else "_".join(title.lower().split())
    target = VERSIONS / f"{revision}_{name}.py"
    target.write_text(_first(title) if revision == "0001" else _next(revision, title), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", str(target)], check=True)
    print(target)


def _first(title: str) -> str:
    with create_engine("sqlite://").connect() as connection:
        return migration_text(connection, metadata, title=title, revision="0001", down_revision=None)


def _next(revision: str, title: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/present.db")
        upgrade.upgrade(database)
        previous = upgrade.newest_revision()
        with database.reading() as connection:
            text = migration_text(connection, metadata, title=title, revision=revision, down_revision=previous)
        database.close()
    return text


if __name__ == "__main__":
    main(sys.argv[1:])

"""Writes a revision of the emulators' tables: `python scripts/freeze_migration.py 0002 "what it adds"`.

It leads from the revision before it to the tables as they are declared now, and may be written anew until it is published.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import simulator.emulators.server  # noqa: F401 - declares the tables of both services
from simulator.emulators.kit.database import Database
from simulator.emulators.kit.migrations import upgrade
from simulator.emulators.kit.migrations.freeze import migration_text
from simulator.emulators.kit.tables import metadata

VERSIONS = Path(upgrade.__file__).parent / "versions"


def main(arguments: list[str]) -> None:
    """Write the revision that the arguments name, in place of the file that it has already."""
    revision, title = arguments
    target = VERSIONS / f"{revision}_{'_'.join(title.lower().split())}.py"
    present = {path: path.read_text(encoding="utf-8") for path in VERSIONS.glob(f"{revision}_*.py")}
    for path in present:
        path.unlink()
    try:
        text = _next(revision, title)
    except BaseException:
        for path, content in present.items():
            path.write_text(content, encoding="utf-8")
        raise
    target.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", str(target)], check=True)
    print(target)


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

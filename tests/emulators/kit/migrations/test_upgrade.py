from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

import simulator.emulators.server  # noqa: F401 - declares the tables of both services
from simulator.emulators.kit.database import Database
from simulator.emulators.kit.migrations.freeze import migration_text, of_tables
from simulator.emulators.kit.migrations.upgrade import VERSION_TABLE, NewerDatabase, newest_revision, upgrade
from simulator.emulators.kit.tables import metadata


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/emulators.db"


def differences(url: str) -> list[object]:
    """What an upgraded database has and the declared tables have not, or the other way round."""
    database = Database(url)
    upgrade(database)
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "include_name": of_tables}
        )
        found: list[object] = compare_metadata(context, metadata)
    database.close()
    return found


def test_migrations_and_tables_agree_on_sqlite(sqlite_url: str) -> None:
    assert differences(sqlite_url) == []


def test_migrations_and_tables_agree_on_postgresql(postgresql_url: str) -> None:
    assert differences(postgresql_url) == []


def start_together(url: str) -> None:
    databases = [Database(url) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(upgrade, databases))
    with databases[0].reading() as connection:
        revisions = connection.execute(text("SELECT version_num FROM em_version")).scalars().all()
        assert revisions == [newest_revision()]
    for database in databases:
        database.close()


def test_several_processes_may_start_together_on_sqlite(sqlite_url: str) -> None:
    start_together(sqlite_url)


def test_several_processes_may_start_together_on_postgresql(postgresql_url: str) -> None:
    start_together(postgresql_url)


def test_a_database_of_a_newer_release_is_left_alone(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    upgrade(database)
    with database.writing() as connection:
        connection.execute(text("UPDATE em_version SET version_num = '9999'"))

    with pytest.raises(NewerDatabase, match="9999"):
        upgrade(database)
    database.close()


def test_a_database_that_is_up_to_date_is_opened_without_alembic(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    upgrade(database)
    database.close()
    program = (
        "import sys\n"
        "from simulator.emulators.kit.database import Database\n"
        "from simulator.emulators.kit.migrations.upgrade import upgrade\n"
        "upgrade(Database(sys.argv[1]))\n"
        "sys.exit('alembic' in sys.modules)\n"
    )

    assert subprocess.run([sys.executable, "-c", program, sqlite_url], check=False).returncode == 0


def test_a_frozen_migration_makes_the_declared_tables(sqlite_url: str, tmp_path: Path) -> None:
    empty = Database(f"sqlite:///{tmp_path}/empty.db")
    with empty.reading() as connection:
        frozen = migration_text(connection, metadata, title="First.", revision="0001", down_revision=None)
    empty.close()

    for table in metadata.sorted_tables:
        assert f"create_table('{table.name}'" in frozen.replace('"', "'")
    assert "simulator" not in frozen
    compile(frozen, "0001_first.py", "exec")

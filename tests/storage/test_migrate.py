from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from simulator.errors import StorageError
from simulator.storage import migrate
from simulator.storage.database import Database
from simulator.storage.migrate import NEWEST, VERSION_TABLE, upgrade
from simulator.storage.tables import metadata
from tests.storage.builders import a_run

FOLDER = Path(migrate.__file__).with_name("migrations")


def test_the_migrations_make_the_tables_that_the_code_expects(empty_database: Database) -> None:
    upgrade(empty_database)

    with empty_database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_the_newest_revision_is_the_one_that_the_code_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    scripts = ScriptDirectory.from_config(config)

    assert scripts.get_current_head() == NEWEST
    assert {script.revision for script in scripts.walk_revisions()} == migrate.KNOWN


def test_upgrading_again_keeps_everything(database: Database) -> None:
    run = a_run(database)

    upgrade(database)

    assert a_run(database).id == "first-sprint-2"
    assert run.id == "first-sprint-1"


def test_a_start_with_nothing_to_do_does_not_load_alembic(sqlite_database: Database) -> None:
    program = (
        "import sys; from simulator.storage.database import Database; from simulator.storage.migrate import upgrade; "
        "upgrade(Database(sys.argv[1])); sys.exit('alembic' in sys.modules)"
    )
    url = sqlite_database.url.render_as_string(hide_password=False)

    assert subprocess.run([sys.executable, "-c", program, url], check=False, timeout=60).returncode == 0


def test_several_that_start_at_once_upgrade_once(empty_database: Database) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    databases = [Database(url) for _ in range(4)]

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(upgrade, databases))

    for each in databases:
        each.close()
    assert a_run(empty_database).id == "first-sprint-1"


def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))

    with pytest.raises(StorageError, match="newer version of Sprintdojo") as caught:
        upgrade(database)

    assert caught.value.where == database.where
    assert "install that version" in caught.value.to_do


def test_a_migration_that_fails_leaves_nothing_behind(empty_database: Database) -> None:
    with empty_database.writing() as connection:
        connection.execute(text("CREATE TABLE sd_facts (something TEXT)"))

    with pytest.raises(StorageError, match="tables of our names that are not ours"):
        upgrade(empty_database)

    with empty_database.reading() as connection:
        assert inspect(connection).get_table_names() == ["sd_facts"]


def test_tables_of_others_are_no_trouble(empty_database: Database) -> None:
    with empty_database.writing() as connection:
        connection.execute(text("CREATE TABLE em_sites (site TEXT)"))
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))

    upgrade(empty_database)

    assert a_run(empty_database).id == "first-sprint-1"

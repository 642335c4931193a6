from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from simulator.errors import StorageError
from simulator.storage.database import Database, lock_key, take_turn

COUNT = "UPDATE counter SET value = value + 1"


def a_counter(database: Database) -> Database:
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE counter (value INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    return database


def value_of(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(text("SELECT value FROM counter")).scalar_one())


def test_what_was_written_is_undone_when_the_block_raises(empty_database: Database) -> None:
    a_counter(empty_database)

    def stop_half_way() -> None:
        with empty_database.writing() as connection:
            connection.execute(text(COUNT))
            raise KeyError("half-way")

    with pytest.raises(KeyError):
        stop_half_way()

    assert value_of(empty_database) == 0


def test_sqlite_syncs_each_commit_and_guards_references(sqlite_database: Database) -> None:
    with sqlite_database.reading() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert pragmas == ["wal", 2, 1]


def test_a_file_that_need_not_last_is_not_synced(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/rehearsal.db", durable=False)

    with database.reading() as connection:
        pragmas = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    database.close()

    assert pragmas == ["wal", 0]


def test_writers_that_read_first_lose_nothing(empty_database: Database) -> None:
    a_counter(empty_database)

    def add_one(_: int) -> None:
        with empty_database.writing() as connection:
            take_turn(connection, "counter")
            value = connection.execute(text("SELECT value FROM counter")).scalar_one()
            connection.execute(text("UPDATE counter SET value = :next"), {"next": value + 1})

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add_one, range(80)))

    assert value_of(empty_database) == 80


def test_a_reader_sees_one_moment_while_another_writes(sqlite_database: Database) -> None:
    a_counter(sqlite_database)

    with sqlite_database.reading() as reader:
        before = reader.execute(text("SELECT value FROM counter")).scalar_one()
        with sqlite_database.writing() as writer:
            writer.execute(text(COUNT))
        after = reader.execute(text("SELECT value FROM counter")).scalar_one()

    assert (before, after, value_of(sqlite_database)) == (0, 0, 1)


def test_a_locked_database_is_named_with_what_to_do(sqlite_database: Database) -> None:
    impatient = Database(sqlite_database.url.render_as_string(), lock_timeout_s=0.05)

    with sqlite_database.writing(), pytest.raises(StorageError, match="is locked") as caught, impatient.writing():
        pytest.fail("two wrote at once")

    impatient.close()
    assert caught.value.where == sqlite_database.where
    assert "another program" in caught.value.to_do


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("Dear diary, today I forgot to branch again. " * 100)

    with pytest.raises(StorageError, match="not a database") as caught, Database(f"sqlite:///{path}").reading():
        pytest.fail("it opened")

    assert caught.value.where == str(path)


def test_a_damaged_database_is_told(sqlite_database: Database, tmp_path: Path) -> None:
    path = Path(sqlite_database.where)
    sqlite_database.close()
    damaged = bytearray(path.read_bytes())
    damaged[100:] = b"\x07" * (len(damaged) - 100)
    path.write_bytes(damaged)

    with pytest.raises(StorageError, match="damaged") as caught, Database(f"sqlite:///{path}").reading() as connection:
        connection.execute(text("SELECT * FROM sd_runs"))

    assert "from a copy" in caught.value.to_do


def test_a_database_that_may_only_be_read_is_told(sqlite_database: Database) -> None:
    read_only = Database(f"sqlite:///file:{sqlite_database.where}?mode=ro&uri=true")

    with pytest.raises(StorageError, match="only be read") as caught, read_only.writing() as connection:
        connection.execute(text("DELETE FROM sd_runs"))

    read_only.close()
    assert "writable" in caught.value.to_do


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "sprintdojo.db"

    with pytest.raises(StorageError, match="cannot be opened") as caught, Database(f"sqlite:///{path}").reading():
        pytest.fail("it opened")

    assert caught.value.to_do == f"create the folder {path.parent}"


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be opened"), Database(f"sqlite:///{tmp_path}").reading():
        pytest.fail("it opened")


def test_a_database_without_our_tables_is_told(empty_database: Database) -> None:
    with pytest.raises(StorageError, match="lacks tables of ours"), empty_database.reading() as connection:
        connection.execute(text("SELECT * FROM sd_runs"))


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("", "not a URL"),
        ("sprintdojo.db", "not a URL"),
        ("postgresql+psycopg://localhost:port/x", "not a URL"),
        ("mysql://localhost/x", "databases of the kind mysql are not supported"),
        ("postgresql://localhost/x", "databases of the kind postgresql are not supported"),
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
    ],
)
def test_it_rejects_an_address_that_it_cannot_use(url: str, what: str) -> None:
    with pytest.raises(StorageError, match=what) as caught:
        Database(url)

    assert "postgresql+psycopg://" in caught.value.to_do


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)

    with pytest.raises(StorageError, match="driver of the database is missing") as caught:
        Database("postgresql+psycopg://localhost/x")

    assert "pip install" in caught.value.to_do


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    database = Database("postgresql+psycopg://dojo:s3cret@127.0.0.1:1/x")

    with pytest.raises(StorageError, match="does not answer") as caught, database.reading():
        pytest.fail("it opened")

    assert caught.value.where == "postgresql+psycopg://dojo:***@127.0.0.1:1/x"
    assert "s3cret" not in caught.value.what


def test_a_server_without_that_database_is_told(postgresql_url: str) -> None:
    url = Database(postgresql_url).url.set(database="nowhere")

    with (
        pytest.raises(StorageError, match="no such database or user"),
        Database(url.render_as_string(hide_password=False)).reading(),
    ):
        pytest.fail("it opened")


def test_lock_keys_fit_into_postgresqls_numbers() -> None:
    keys = {lock_key(name) for name in ("pacer", "runs", "migrations")}

    assert len(keys) == 3
    assert all(0 <= key < 2**63 for key in keys)


def test_any_sqlite_tool_can_read_the_file(sqlite_database: Database) -> None:
    a_counter(sqlite_database)

    with sqlite3.connect(sqlite_database.where) as connection:
        assert connection.execute("SELECT value FROM counter").fetchone() == (0,)

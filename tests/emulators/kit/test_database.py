from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select

from simulator.emulators.kit.database import Database, after_commit, next_value
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.tables import counters


def count_up(database: Database, times: int) -> list[int]:
    values = []
    for _ in range(times):
        with database.writing() as connection:
            connection.execute(select(counters)).all()
            values.append(next_value(connection, "here", "thing"))
    return values


def assert_no_number_twice(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        values = [value for part in pool.map(lambda _: count_up(database, 15), range(8)) for value in part]

    assert sorted(values) == list(range(1, 121))


def test_eight_writers_that_read_first_get_each_number_once(instance: Instance) -> None:
    assert_no_number_twice(instance.database)


def test_the_same_on_postgresql(postgresql_url_with_tables: str) -> None:
    database = Database(postgresql_url_with_tables)

    assert_no_number_twice(database)
    database.close()


def test_numbers_are_reserved_in_blocks_and_counted_per_site(instance: Instance) -> None:
    with instance.database.writing() as connection:
        assert next_value(connection, "here", "thing", count=10) == 10
        assert next_value(connection, "here", "thing") == 11
        assert next_value(connection, "there", "thing") == 1


def test_a_callback_comes_once_and_after_the_commit(instance: Instance) -> None:
    seen: list[int] = []

    def look() -> None:
        with instance.database.reading() as connection:
            seen.append(len(connection.execute(select(counters)).all()))

    with instance.database.writing() as connection:
        after_commit(connection, look)
        after_commit(connection, look)
        connection.execute(insert(counters), {"site": "here", "name": "x", "value": 1})
        assert seen == []

    assert seen == [1]


def test_what_is_undone_calls_nobody(instance: Instance) -> None:
    seen: list[str] = []

    def fail() -> None:
        with instance.database.writing() as connection:
            after_commit(connection, lambda: seen.append("undone"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with instance.database.writing() as connection:
        after_commit(connection, lambda: seen.append("done"))

    assert seen == ["done"]

"""Prepared statements beside the usual ones: the same rows, types and errors, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    bindparam,
    insert,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

from simulator.emulators.kit.database import Database
from simulator.emulators.kit.prepared import Prepared, change, insert_all, inserting
from simulator.emulators.kit.tables import Instant

AT = datetime(2026, 3, 2, 8, 0, 0, 123456, UTC)
metadata = MetaData()
things = Table(
    "things",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String),
    Column("good", Boolean),
    Column("at", Instant),
    Column("detail", JSON),
    Column("weight", Float),
    Column("price", Numeric(8, 2)),
)
BY_IDS = Prepared(
    select(things.c.id, things.c.good).where(things.c.id.in_(bindparam("ids", expanding=True))).order_by(things.c.id),
    names="ids",
)
BY_NAME = Prepared(select(things).where(things.c.name == bindparam("name"), things.c.good == True))  # noqa: E712
INSERT = inserting(things)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = Database(f"sqlite:///{tmp_path}/things.db")
    with database.writing() as open_connection:
        metadata.create_all(open_connection)
        yield open_connection
    database.close()


def test_what_goes_in_comes_out_as_the_usual_statements_have_it(connection: Connection) -> None:
    comes_out_as_usual(connection)


def test_the_same_on_postgresql(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with database.writing() as connection:
        metadata.create_all(connection)
        comes_out_as_usual(connection)
    database.close()


def comes_out_as_usual(connection: Connection) -> None:
    """A row of every type goes in by a prepared statement; a prepared and a usual one read the same."""
    row = {
        "id": 1, "name": "one", "good": True, "at": AT, "detail": {"a": [1, None]}, "weight": 2.5, "price": Decimal("1.25"),
    }  # fmt: skip

    INSERT.run(connection, **row)

    assert BY_NAME.first(connection, name="one") == tuple(row.values())
    assert tuple(connection.execute(select(things)).one()) == tuple(row.values())


def test_both_kinds_see_one_another_s_rows_before_the_commit(connection: Connection) -> None:
    connection.execute(insert(things), {"id": 1, "name": "usual", "good": True})
    INSERT.run(connection, id=2, name="prepared", good=False)

    assert BY_IDS.all(connection, ids=[2, 1, 3]) == [(1, True), (2, False)]
    assert connection.execute(select(things.c.name).order_by(things.c.id)).scalars().all() == ["usual", "prepared"]


@pytest.mark.parametrize("count", [0, 1, 5, 512, 513, 1100])
def test_a_list_may_have_any_length(connection: Connection, count: int) -> None:
    connection.execute(insert(things), [{"id": number, "good": True} for number in range(1200)])

    assert [number for number, _ in BY_IDS.all(connection, ids=range(count))] == list(range(count))


def test_what_is_not_given_and_none_in_a_json_column_are_null(connection: Connection) -> None:
    INSERT.run(connection, id=1, detail=None)

    assert connection.execute(text("SELECT name, at, detail FROM things")).one() == (None, None, None)


def test_rows_are_changed_by_their_key(connection: Connection) -> None:
    INSERT.run(connection, id=1, name="one", detail={"a": 1})
    INSERT.run(connection, id=2, name="two")

    assert change(connection, things, {"id": 1}, {"name": "uno", "at": AT, "detail": None}) == 1
    assert change(connection, things, {"id": 9}, {"name": "nobody"}) == 0
    assert connection.execute(select(things.c.name, things.c.at).order_by(things.c.id)).all() == [
        ("uno", AT),
        ("two", None),
    ]


def test_errors_are_those_of_the_usual_statements(connection: Connection) -> None:
    INSERT.run(connection, id=1)

    with pytest.raises(IntegrityError):
        INSERT.run(connection, id=1)
    with pytest.raises(ValueError, match="time zone"):
        INSERT.run(connection, id=2, at=AT.replace(tzinfo=None))


def test_nothing_runs_outside_a_transaction(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/things.db")

    with database.engine.connect() as connection, pytest.raises(RuntimeError, match="transaction"):
        BY_NAME.first(connection, name="one")

    database.close()


def test_what_is_undone_is_undone_for_both_kinds(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/things.db")
    with database.writing() as connection:
        metadata.create_all(connection)

    with pytest.raises(IntegrityError), database.writing() as connection:
        _insert_twice(connection)

    with database.reading() as connection:
        assert BY_IDS.all(connection, ids=[1]) == []
    database.close()


def _insert_twice(connection: Connection) -> None:
    INSERT.run(connection, id=1)
    INSERT.run(connection, id=1)


def test_many_rows_go_in_at_once_or_not_at_all(connection: Connection) -> None:
    rows = [{"id": number, "name": "one of many", "at": AT, "detail": {"number": number}} for number in range(1, 4)]
    insert_all(connection, things, rows)
    kept = connection.execute(select(things).order_by(things.c.id)).mappings().all()
    empty = {"good": None, "weight": None, "price": None}
    assert [dict(row) for row in kept] == [row | empty for row in rows]
    insert_all(connection, things, [])
    with pytest.raises(IntegrityError), connection.begin_nested():
        insert_all(connection, things, [{"id": 4, "name": "new"}, {"id": 1, "name": "there already"}])
    assert len(connection.execute(select(things.c.id)).all()) == 3

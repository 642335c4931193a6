"""Statements of the hot paths: compiled once, then run on the driver itself, within the transaction that is going on.

SQLAlchemy spends most of a small statement's time on what is the same each time. Here that is done once for each dialect;
whatever depends on the dialect or on a type (the text, conversions, the kinds of errors) is still SQLAlchemy's. Other statements
go through the connection as usual: both may be mixed in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Dialect, Select, Table, and_, bindparam, insert, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Row: TypeAlias = tuple[Any, ...]
"""One row; its values are what the columns' types make of them."""

T = TypeVar("T")
_Convert: TypeAlias = Callable[[Any], Any]
_MOST_MADE = 4096
_LONGEST_LIST = 512  # a longer one goes in several statements


class Prepared:
    """A statement (`Select`, `Insert`, `Update`, `Delete`, `text`) whose values are named by `bindparam`.

    `names` is the one that was bound with `expanding=True` and takes a list, if there is one; beyond 512 values the statement is
    run in parts, and its order holds within each. Errors are SQLAlchemy's.
    """

    def __init__(self, statement: Any, *, names: str | None = None) -> None:  # Any: each kind has a class of its own
        self._statement = statement
        self._list = names
        self._compiled: dict[tuple[str, int], _Compiled] = {}

    def all(self, connection: Connection, /, **values: Any) -> list[Row]:
        """Every row."""
        if self._list is None:
            return self._for(connection, values, 0).all(connection, values)
        wanted = list(values.pop(self._list))
        rows: list[Row] = []
        for start in range(0, len(wanted), _LONGEST_LIST):
            part = wanted[start : start + _LONGEST_LIST]
            room = (
                1 << (len(part) - 1).bit_length()
            )  # a handful of lengths to compile for, filled up with the last value
            part += [part[-1]] * (room - len(part))
            numbered = {f"{self._list}_{place}": value for place, value in enumerate(part, 1)}
            rows += self._for(connection, {**values, self._list: part}, room).all(connection, values | numbered)
        return rows

    def first(self, connection: Connection, /, **values: Any) -> Row | None:
        """The first row, None when there is none."""
        return self._for(connection, values, 0).first(connection, values)

    def first_as(self, connection: Connection, make: Callable[[Row], T], /, **values: Any) -> T | None:
        """What `make` makes of the first row, None when there is none.

        The same row gives the same object again, so it must be one that nobody changes.
        """
        return self._for(connection, values, 0).first_as(connection, values, make)

    def value(self, connection: Connection, /, **values: Any) -> Any:
        """The first column of the first row, None when there is no row."""
        row = self._for(connection, values, 0).first(connection, values)
        return None if row is None else row[0]

    def run(self, connection: Connection, /, **values: Any) -> int:
        """Change something; gives the number of rows that were changed."""
        return self._for(connection, values, 0).run(connection, values)

    def run_all(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """The same change for each of many values."""
        self._for(connection, {}, 0).run_all(connection, rows)

    def _for(self, connection: Connection, sample: Mapping[str, Any], size: int) -> _Compiled:
        key = (connection.dialect.name, size)
        found = self._compiled.get(key)
        if found is None:
            statement = self._statement.params(**sample) if self._list else self._statement
            found = self._compiled[key] = _Compiled(statement, connection.dialect, self._list)
        return found


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows into a table, all of them with values for the same columns; the other columns have their defaults."""
    if rows:
        _adding(table, tuple(rows[0])).run_all(connection, rows)


@lru_cache(maxsize=512)
def _adding(table: Table, names: tuple[str, ...]) -> Prepared:
    return Prepared(insert(table).values({name: bindparam(name) for name in names}))


def inserting(table: Table) -> Prepared:
    """A new row of a table: each column by its name, those that are not given are NULL."""
    return Prepared(insert(table).values({column.name: bindparam(column.name) for column in table.columns}))


def change(connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """Give the rows with this key new values, no expressions; says how many they are. None is NULL, also in a JSON column."""
    prepared = _updating(table, tuple(key), tuple(sorted(values)))
    given = {f"key_{name}": value for name, value in key.items()}
    return prepared.run(connection, **given, **{f"new_{name}": value for name, value in values.items()})


@lru_cache(maxsize=512)
def _updating(table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> Prepared:
    where = and_(*(table.c[name] == bindparam(f"key_{name}") for name in key))
    return Prepared(update(table).where(where).values({name: bindparam(f"new_{name}") for name in names}))


class _Compiled:
    """A statement for one dialect and one length of its list."""

    def __init__(self, statement: Any, dialect: Dialect, names: str | None) -> None:
        options = {"render_postcompile": True} if names else {}
        compiled: SQLCompiler = statement.compile(dialect=dialect, compile_kwargs=options)
        self._text = str(compiled)
        self._dialect = dialect
        takes = _takes(compiled, dialect, names)
        self._constants = {name: constant for name, constant, _ in takes}
        self._bound = {name: convert for name, _, convert in takes if convert}.items()
        ordered = _chosen([name for name, _, _ in takes])
        self._given = ordered if compiled.positional else dict
        self._kinds = _kinds(statement)
        self._converts: tuple[tuple[int, _Convert], ...] | None = None  # known when the driver names its columns' types
        self._made: dict[Row, Any] = {}

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[Row]:
        cursor = self._execute(connection, values)
        rows: list[Row] = cursor.fetchall()
        return [_converted(row, converts) for row in rows] if (converts := self._converting(cursor)) else rows

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Row | None:
        cursor = self._execute(connection, values)
        row: Row | None = cursor.fetchone()
        converts = self._converting(cursor)
        cursor.close()  # what is left of it would hold on to the snapshot
        return _converted(row, converts) if row is not None and converts else row

    def first_as(self, connection: Connection, values: Mapping[str, Any], make: Callable[[Row], T]) -> T | None:
        cursor = self._execute(connection, values)
        row: Row | None = cursor.fetchone()
        converts = self._converting(cursor)
        cursor.close()
        if row is None:
            return None
        try:
            known = self._made.get(row)
        except TypeError:  # the driver reads JSON itself
            return make(_converted(row, converts))
        if known is None:
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            known = self._made[row] = make(_converted(row, converts))
        found: T = known
        return found

    def run(self, connection: Connection, values: Mapping[str, Any]) -> int:
        changed: int = self._execute(connection, values).rowcount
        return changed

    def run_all(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        given = [self._given(self._merged(values)) for values in rows]
        cursor = _driver(connection).cursor()
        try:
            cursor.executemany(self._text, given)
        except self._dialect.loaded_dbapi.Error as exc:
            raise self._as_ours(exc) from exc
        finally:
            cursor.close()

    def _execute(self, connection: Connection, values: Mapping[str, Any]) -> Any:  # a cursor of the driver
        given = self._given(self._merged(values))
        try:
            return _driver(connection).execute(self._text, given)
        except self._dialect.loaded_dbapi.Error as exc:
            raise self._as_ours(exc) from exc

    def _merged(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        if not self._bound and len(values) >= len(self._constants):
            return values
        merged = {**self._constants, **values}
        for name, convert in self._bound:
            value = merged[name]
            if value is not None:  # also in JSON columns, where null would be a text
                merged[name] = convert(value)
        return merged

    def _as_ours(self, exc: Exception) -> Exception:
        kind = self._dialect.loaded_dbapi.Error
        return DBAPIError.instance(self._text, None, exc, kind, dialect=self._dialect)

    def _converting(self, cursor: Any) -> tuple[tuple[int, _Convert], ...]:
        """Place and conversion of each result that needs one. It may depend on what type the driver says a column has."""
        if self._converts is None:
            codes = [described[1] for described in cursor.description] if self._kinds else []
            made = (
                (place, kind.dialect_impl(self._dialect).result_processor(self._dialect, code))
                for place, (kind, code) in enumerate(zip(self._kinds, codes, strict=True))
            )
            self._converts = tuple((place, convert) for place, convert in made if convert is not None)
        return self._converts


def _converted(row: Row, converts: tuple[tuple[int, _Convert], ...]) -> Row:
    cells = list(row)
    for place, convert in converts:
        cells[place] = convert(cells[place])
    return tuple(cells)


def _driver(connection: Connection) -> Any:  # whatever the driver's connection is
    if not connection.in_transaction():
        raise RuntimeError("a prepared statement needs a transaction")
    return connection.connection.driver_connection


def _chosen(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    """What picks the values of these names out of a mapping, in this order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


def _takes(compiled: SQLCompiler, dialect: Dialect, names: str | None) -> list[tuple[str, Any, _Convert | None]]:
    """Name, constant and conversion, if there is one, of each value, in the order of their places."""
    kinds: dict[str, TypeEngine[Any]] = {name: bound.type for name, bound in compiled.binds.items()}
    found: list[tuple[str, Any, _Convert | None]] = []
    for name in compiled.positiontup or compiled.params:
        kind = kinds.get(name) or kinds[names or ""]
        convert = kind.dialect_impl(dialect).bind_processor(dialect)
        found.append((name, compiled.params.get(name), convert))
    return found


def _kinds(statement: Any) -> list[TypeEngine[Any]]:
    """The types of what a statement gives."""
    columns = statement.selected_columns if isinstance(statement, Select) else getattr(statement, "_returning", ())
    return [column.type for column in columns]

"""A site's rows under another key: what snapshots, their return and branches of a site are made of.

Statements copy inside the database, table by table: nothing is read into Python. Refuses to copy the journal and the list of
snapshots, which belong to the site itself and not to a state of it.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, Insert, bindparam, delete, insert, select, update

from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.tables import counters, journal, metadata, outbox, snapshots

_LEFT = (journal, snapshots)
_EXCHANGES = "exchanges"
_COUNTED_ON = ("journal", _EXCHANGES)  # counters of the site itself
_WAITING, _ASLEEP = "waiting", "asleep"


def copy_rows(connection: Connection, source: str, target: str) -> None:
    """Copy all that a site consists of to a key that has nothing yet."""
    for statement in _copies():
        connection.execute(statement, {"source": source, "target": target})


def delete_state(connection: Connection, site: str) -> None:
    """Take away a site's rows, but its journal and its list of snapshots."""
    for table in reversed(metadata.sorted_tables):
        if table not in _LEFT:
            own = table.c.site == site
            if table is counters:
                own &= counters.c.name.not_in(_COUNTED_ON)
            connection.execute(delete(table).where(own))


def exchanges(connection: Connection, site: str) -> int:
    """How often the site was exchanged for another state of itself."""
    query = select(counters.c.value).where(counters.c.site == site, counters.c.name == _EXCHANGES)
    return connection.execute(query).scalar() or 0


def note_exchange(connection: Connection, site: str) -> None:
    """Count one more."""
    next_value(connection, site, _EXCHANGES)


def put_to_sleep(connection: Connection, site: str) -> None:
    """Webhooks that wait in a copy are not sent from there."""
    _redeclare(connection, site, _WAITING, _ASLEEP)


def wake_up(connection: Connection, site: str) -> None:
    """Webhooks that were asleep wait to be sent again."""
    _redeclare(connection, site, _ASLEEP, _WAITING)


def _redeclare(connection: Connection, site: str, present: str, wanted: str) -> None:
    match = (outbox.c.site == site) & (outbox.c.state == present)
    connection.execute(update(outbox).where(match).values(state=wanted))


@cache
def _copies() -> tuple[Insert, ...]:
    made = []
    for table in metadata.sorted_tables:
        if table in _LEFT:
            continue
        others = [column for column in table.c if column is not table.c.site]
        rows = select(bindparam("target", type_=table.c.site.type), *others).where(table.c.site == bindparam("source"))
        if table is counters:
            rows = rows.where(counters.c.name.not_in(_COUNTED_ON))
        made.append(insert(table).from_select([table.c.site, *others], rows))
    return tuple(made)

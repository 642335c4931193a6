"""The journal: which requests came and how they were answered, so that gaps announce themselves.

Entries are gathered in memory and written in batches by a thread of their own: a request never waits for its journal. Refuses
to keep queries, headers or bodies: they may hold tokens.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.tables import counters, journal, sites

logger = logging.getLogger(__name__)

KEPT = 2000
"""Entries kept for each site, and again as many of those that were answered 501."""

_NOT_EMULATED = 501
_LONGEST_PATH = 500
_COUNTER = "journal"
_GATHER_S = 1.0
_BUFFER = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One request and its answer."""

    site: str
    at: datetime
    service: str
    method: str
    path: str
    status: int


class Journal:
    """Takes entries from any thread. Without `start` they are written when somebody reads, and at `close`."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._waiting: deque[Entry] = deque(maxlen=_BUFFER)
        self._writing = threading.Lock()
        self._something = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="emulators-journal", daemon=True)

    def start(self) -> None:
        """Write what comes about once a second."""
        self._thread.start()

    def add(self, entry: Entry) -> None:
        """Note a request; cheap, and never fails."""
        self._waiting.append(entry)
        if not self._something.is_set():
            self._something.set()

    def read(
        self,
        site: str,
        *,
        status: int | None = None,
        service: str | None = None,
        after: int = 0,
        limit: int = KEPT,
    ) -> list[dict[str, Any]]:
        """The latest entries of a site, newest first: those of a service, with a status, with numbers above `after`."""
        self.flush()
        query = select(journal).where(journal.c.site == site, journal.c.id > after).order_by(journal.c.id.desc())
        if status is not None:
            query = query.where(journal.c.status == status)
        if service is not None:
            query = query.where(journal.c.service == service)
        with self._instance.database.reading() as connection:
            return [dict(row) for row in connection.execute(query.limit(limit)).mappings()]

    def last(self, site: str) -> int:
        """The number of the latest entry, 0 when there was never one."""
        self.flush()
        query = select(counters.c.value).where(counters.c.site == site, counters.c.name == _COUNTER)
        with self._instance.database.reading() as connection:
            return connection.execute(query).scalar() or 0

    def clear(self, site: str, connection: Connection) -> None:
        """Forget the entries of a site, within a transaction; their numbers are not given again."""
        connection.execute(delete(journal).where(journal.c.site == site))

    def flush(self) -> None:
        """Write down all that was noted so far."""
        with self._writing:
            taken = [self._waiting.popleft() for _ in range(len(self._waiting))]
            if not taken:
                return
            by_site: dict[str, list[Entry]] = defaultdict(list)
            for entry in taken:
                by_site[entry.site].append(entry)
            with self._instance.database.writing() as connection:
                known = set(connection.execute(select(sites.c.site).where(sites.c.site.in_(by_site))).scalars())
                for site in sorted(known):
                    _write(connection, site, by_site[site])

    def close(self) -> None:
        """Write the rest and stop."""
        self._stopped.set()
        self._something.set()
        if self._thread.is_alive():
            self._thread.join()
        self._flush_quietly()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._something.wait()
            self._stopped.wait(_GATHER_S)
            self._something.clear()
            self._flush_quietly()

    def _flush_quietly(self) -> None:
        try:
            self.flush()
        except Exception:  # the journal is no reason to end, nor to lose the next entries
            logger.exception("the journal cannot be written")


def _write(connection: Connection, site: str, entries: list[Entry]) -> None:
    last = next_value(connection, site, _COUNTER, count=len(entries))
    rows = [
        {
            "site": site,
            "id": last - len(entries) + 1 + index,
            "at": entry.at,
            "service": entry.service,
            "method": entry.method[:10],
            "path": entry.path[:_LONGEST_PATH].replace("\0", ""),
            "status": entry.status,
        }
        for index, entry in enumerate(entries)
    ]
    connection.execute(insert(journal), rows)
    _prune(connection, site, journal.c.status == _NOT_EMULATED)
    _prune(connection, site, journal.c.status != _NOT_EMULATED)


def _prune(connection: Connection, site: str, kind: ColumnElement[bool]) -> None:
    own = (journal.c.site == site) & kind
    oldest = select(journal.c.id).where(own).order_by(journal.c.id.desc()).offset(KEPT).limit(1).scalar_subquery()
    connection.execute(delete(journal).where(own, journal.c.id <= oldest))

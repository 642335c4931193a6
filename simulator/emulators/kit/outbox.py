"""Webhook deliveries that wait to be sent: rows written with the change they tell of, posted by one background thread.

A delivery is written in the transaction of its cause, so neither is lost without the other. It is posted at least once: a
process that dies between posting and writing down posts again after the restart.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import requests
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from simulator.emulators.kit.database import after_commit, next_value
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.tables import outbox

logger = logging.getLogger(__name__)

TIMEOUT_S = 10
"""A receiver has this long to answer, as GitHub gives it: docs.github.com/en/webhooks/using-webhooks/best-practices."""

WAITS_S = (1, 5, 30, 120, 600, 3600)
"""Waits before the second, third … attempt. After the last one the delivery has failed."""

KEPT = 1000
"""Settled deliveries kept for each site."""

_CONNECT_TIMEOUT_S = 3
_BATCH = 4
_LEASE = timedelta(
    seconds=(_BATCH + 1) * (TIMEOUT_S + _CONNECT_TIMEOUT_S)
)  # nobody else takes what one process is posting
_IDLE_S = 30.0
_DUE = (
    select(outbox)
    .where(outbox.c.state == "waiting", outbox.c.next_at <= bindparam("now"))
    .order_by(outbox.c.next_at, outbox.c.site, outbox.c.id)
    .limit(_BATCH)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One POST to be made: where to, with which headers and body."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    verify_tls: bool = True


def enqueue(connection: Connection, instance: Instance, site: str, delivery: Delivery) -> int:
    """Write a delivery in the present transaction and return its number; it is sent right after the commit.

    An address that is not http or https is written down as failed and never called.
    """
    now, callable_address = instance.now(), delivery.url.lower().startswith(("http://", "https://"))
    delivery_id = next_value(connection, site, "delivery")
    row = {
        "site": site,
        "id": delivery_id,
        "url": delivery.url,
        "headers": json.dumps(dict(delivery.headers)),
        "body": delivery.body,
        "verify_tls": delivery.verify_tls,
        "state": "waiting" if callable_address else "failed",
        "attempts": 0,
        "created_at": now,
        "next_at": now,
        "error": None if callable_address else "only http and https addresses are called",
    }
    connection.execute(insert(outbox), row)
    after_commit(connection, instance.wake)
    return delivery_id


class OutboxWorker:
    """One thread that posts what waits. Start it once; `close` ends it after the post that is under way."""

    def __init__(self, instance: Instance, woken: threading.Event) -> None:
        self._instance = instance
        self._woken = woken
        self._stopped = False
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy, and no .netrc password, goes to a receiver
        self._thread = threading.Thread(target=self._run, name="emulators-outbox", daemon=True)

    def start(self) -> None:
        """Begin to deliver; what an earlier process left waiting goes first."""
        self._thread.start()

    def close(self) -> None:
        """Stop within TIMEOUT_S seconds, leaving what waits to the next start."""
        self._stopped = True
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(TIMEOUT_S + _CONNECT_TIMEOUT_S + 1)
        self._session.close()

    def _run(self) -> None:
        while True:
            self._woken.clear()
            if self._stopped:  # looked at after the clearing, so that no wake-up to stop is lost
                return
            try:
                wait_s = self._deliver_due()
            except Exception:  # whatever it is, the next delivery may fare better than no delivery ever again
                logger.exception("webhook deliveries failed, next try in %s s", _IDLE_S)
                wait_s = _IDLE_S
            if wait_s > 0:
                self._woken.wait(wait_s)

    def _deliver_due(self) -> float:
        taken = self._take()
        for row in taken:
            if self._stopped:
                break
            self._deliver(row)
        if len(taken) == _BATCH:
            return 0.0
        return self._seconds_to_next()

    def _take(self) -> list[dict[str, Any]]:
        now = self._instance.now()
        with self._instance.database.reading() as connection:
            if connection.execute(_DUE.with_only_columns(outbox.c.id), {"now": now}).first() is None:
                return []
        with self._instance.database.writing() as connection:
            due = connection.execute(_DUE.with_for_update(skip_locked=True), {"now": now})
            rows = [dict(row) for row in due.mappings()]
            for row in rows:
                _update(connection, row, attempts=row["attempts"] + 1, next_at=now + _LEASE)
        return rows

    def _deliver(self, row: dict[str, Any]) -> None:
        status_code, error = self._post(row)
        delivered = status_code is not None and 200 <= status_code < 300
        attempt = row["attempts"] + 1
        state = "delivered" if delivered else "failed" if attempt > len(WAITS_S) else "waiting"
        wait = timedelta(seconds=WAITS_S[attempt - 1] if state == "waiting" else 0)
        changes = {"state": state, "status_code": status_code, "error": error, "next_at": self._instance.now() + wait}
        with self._instance.database.writing() as connection:
            _update(connection, row, **changes)
            if state != "waiting":
                _prune(connection, row["site"], row["id"])

    def _post(self, row: dict[str, Any]) -> tuple[int | None, str | None]:
        try:
            answer = self._session.post(
                row["url"],
                data=row["body"],
                headers=json.loads(row["headers"]),
                timeout=(_CONNECT_TIMEOUT_S, TIMEOUT_S),
                allow_redirects=False,
                verify=row["verify_tls"],
                stream=True,  # the answer's body is of no interest, and may be endless
            )
        except (requests.RequestException, ValueError) as exc:
            return None, type(exc).__name__
        answer.close()
        return answer.status_code, None

    def _seconds_to_next(self) -> float:
        query = select(outbox.c.next_at).where(outbox.c.state == "waiting").order_by(outbox.c.next_at).limit(1)
        with self._instance.database.reading() as connection:
            next_at: datetime | None = connection.execute(query).scalar()
        if next_at is None:
            return _IDLE_S
        return min(_IDLE_S, max(0.01, (next_at - self._instance.now()).total_seconds()))


def _update(connection: Connection, row: Mapping[str, Any], **changes: object) -> None:
    connection.execute(update(outbox).where(outbox.c.site == row["site"], outbox.c.id == row["id"]).values(**changes))


def _prune(connection: Connection, site: str, last_id: int) -> None:
    settled = (outbox.c.site == site) & (outbox.c.state != "waiting") & (outbox.c.id <= last_id - KEPT)
    connection.execute(delete(outbox).where(settled))

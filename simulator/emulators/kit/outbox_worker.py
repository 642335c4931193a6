"""The threads that post what waits in the outbox."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from simulator.emulators.kit import outbox
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.destinations import Destinations
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.outbox import RETRIES, WAITS_S, Outcome
from simulator.emulators.kit.posting import Answer, post

logger = logging.getLogger(__name__)

TIMEOUT_S = 10
"""A receiver has this long to answer, as GitHub gives it: docs.github.com/en/webhooks/using-webhooks/best-practices."""

AT_ONCE = 8
"""Posts under way at the same time."""

_IN_A_ROW = 20  # deliveries to one address before others have their turn
_LEASE = timedelta(seconds=2 * TIMEOUT_S)  # nobody else takes what one process is posting
_IDLE_S = 30.0
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})  # answers after which another attempt may fare better

Record = Callable[[Connection, Outcome], None]
"""Writes down, in the worker's transaction, what came of an attempt."""


def _recorded_nowhere(_connection: Connection, _outcome: Outcome) -> None:
    """For an outbox whose owner keeps no deliveries."""


class OutboxWorker:
    """Posts what waits. Start it once; `close` ends it after the posts that are under way."""

    def __init__(
        self,
        instance: Instance,
        woken: threading.Event,
        *,
        allowed: Destinations | None = None,
        record: Record = _recorded_nowhere,
    ) -> None:
        self._instance = instance
        self._woken = woken
        self._allowed = allowed or Destinations()
        self._record = record
        self._stopped = False
        self._under_way: set[tuple[str, int]] = set()
        self._free = threading.Semaphore(AT_ONCE)
        self._posts = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="emulators-webhook")
        self._thread = threading.Thread(target=self._run, name="emulators-outbox", daemon=True)

    def start(self) -> None:
        """Begin to deliver; what an earlier process left waiting goes first."""
        self._thread.start()

    def close(self) -> None:
        """Stop within TIMEOUT_S seconds or so, leaving what waits to the next start."""
        self._stopped = True
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(TIMEOUT_S)
        self._posts.shutdown(wait=True, cancel_futures=True)

    def _run(self) -> None:
        while True:
            self._woken.clear()
            if self._stopped:  # looked at after the clearing, so that no wake-up to stop is lost
                return
            try:
                self._deliver_due()
                wait_s = self._seconds_to_next()
            except Exception:  # whatever it is, the next delivery may fare better than no delivery ever again
                logger.exception("webhook deliveries failed, next try in %s s", _IDLE_S)
                wait_s = _IDLE_S
            self._woken.wait(wait_s)

    def _deliver_due(self) -> None:
        room = 0
        while room < AT_ONCE and self._free.acquire(blocking=False):
            room += 1
        taken = self._take(room) if room else []
        if room > len(taken):
            self._free.release(room - len(taken))
        for row in taken:
            self._posts.submit(self._deliver_in_a_row, row)

    def _take(self, limit: int = AT_ONCE) -> list[dict[str, Any]]:
        with self._instance.database.reading() as connection:
            if not outbox.is_due(connection, self._instance.now()):
                return []
        with self._instance.database.writing() as connection:
            now = self._instance.now()
            rows = outbox.take_due(connection, now=now, until=now + _LEASE, limit=limit, under_way=self._under_way)
            self._under_way |= {(row["site"], row["id"]) for row in rows}
            return rows

    def _deliver_in_a_row(self, first: dict[str, Any]) -> None:
        row = first
        try:
            for turn in range(_IN_A_ROW, 0, -1):
                following = self._deliver(row, with_next=turn > 1 and not self._stopped)
                if following is None:
                    break
                row = following
        except Exception:  # the lease runs out, then it is tried again
            logger.exception("a webhook delivery failed")
            self._under_way.discard((row["site"], row["id"]))
        finally:
            self._free.release()
            self._woken.set()

    def _deliver(self, row: dict[str, Any], *, with_next: bool) -> dict[str, Any] | None:
        answer, now = self._post(row), self._instance.now()
        again_at = _again_at(row, answer, now)
        with self._instance.database.writing() as connection:
            outcome = _outcome(row, answer, now)
            if outbox.settle(connection, row, outcome, answered=answer.is_answer, again_at=again_at):
                self._record(connection, outcome)
            wanted = with_next and again_at is None
            following = outbox.take_next(connection, row, until=now + _LEASE) if wanted else None
            if following is not None:
                self._under_way.add((following["site"], following["id"]))
        self._under_way.discard((row["site"], row["id"]))
        return following

    def _post(self, row: Mapping[str, Any]) -> Answer:
        retries = row["attempts"] - 1
        try:
            kept = {str(name): str(value) for name, value in json.loads(row["headers"]).items()}
            headers = {
                name: str(retries) if value == RETRIES else value
                for name, value in kept.items()
                if value != RETRIES or retries
            }
        except (ValueError, AttributeError):
            return Answer(status="unreadable", status_code=0)
        return post(
            row["url"],
            headers,
            row["body"],
            verify_tls=row["verify_tls"],
            allowed=self._allowed,
            timeout_s=TIMEOUT_S,
        )

    def _seconds_to_next(self) -> float:
        with self._instance.database.reading() as connection:
            now = self._instance.now()  # what is due and still waits, is waked by the one that it waits for
            next_at = outbox.next_due(connection, now)
        return _IDLE_S if next_at is None else min(_IDLE_S, max(0.01, (next_at - now).total_seconds()))


def _again_at(row: Mapping[str, Any], answer: Answer, now: datetime) -> datetime | None:
    if answer.status_code not in _PASSING or row["attempts"] > len(WAITS_S):
        return None
    return now + timedelta(seconds=WAITS_S[row["attempts"] - 1])


def _outcome(row: Mapping[str, Any], answer: Answer, now: datetime) -> Outcome:
    return Outcome(
        site=row["site"],
        outbox_id=row["id"],
        status=answer.status,
        status_code=answer.status_code,
        duration_s=answer.duration_s,
        response_headers=answer.headers,
        response_body=answer.body,
        at=now,
    )

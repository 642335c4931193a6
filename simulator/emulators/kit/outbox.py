"""Webhook deliveries that wait to be sent: rows written with the change they tell of, posted by `outbox_worker.py`.

A delivery is written in the transaction of its cause, so neither is lost without the other. It is posted at least once: a
process that dies between posting and writing down posts again after the restart.

What goes to one address goes in its order, one after the other, while others have threads of their own: a slow receiver holds
up nobody else. One that fails holds up its own for the first two waits, in case it is just starting again; what fails more
often is overtaken by what came later.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, tuple_, update

from simulator.emulators.kit.database import after_commit, next_value
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.tables import outbox

WAITS_S = (1, 5, 30, 120, 600, 3600)
"""Waits before the second, third … attempt. After the last one the delivery has failed."""

KEPT = 100
"""Settled deliveries kept for each site; what came of them is told to whoever records."""

RETRIES = "{retries}"
"""A header of this value holds how often the delivery was tried before; a first attempt goes without it."""

_HOLDING = (1, 2)  # attempts after which what waits for the same address waits too
_SEEN = 100  # of what is due, when the next ones are chosen
_WAITING = outbox.c.state == "waiting"
_LANE = tuple_(outbox.c.site, outbox.c.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One POST to be made: where to, with which headers and body."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    verify_tls: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one attempt. `status_code` is 0 when nobody answered; `status` says why, in GitHub's words."""

    site: str
    outbox_id: int
    status: str
    status_code: int
    duration_s: float
    response_headers: dict[str, str] | None
    response_body: str | None
    at: datetime


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


def take_due(
    connection: Connection, *, now: datetime, until: datetime, limit: int, under_way: Collection[tuple[str, int]]
) -> list[dict[str, Any]]:
    """The next deliveries to be posted, at most one for each address; nobody else takes them before `until`.

    Those under way (site and number) are left alone, also when a clock that jumps ahead says that their time is over.
    """
    taken: list[dict[str, Any]] = []
    lanes: set[tuple[str, str]] = set()
    for key in connection.execute(_due(connection, now)).mappings():
        lane, is_young = (key["site"], key["url"]), key["attempts"] <= max(_HOLDING)
        if (key["site"], key["id"]) in under_way:
            lanes.add(lane)
        elif len(taken) < limit and not (is_young and lane in lanes):
            lanes.add(lane)
            taken.append(_hold(connection, key, until))
    return taken


def take_next(connection: Connection, row: Mapping[str, Any], *, until: datetime) -> dict[str, Any] | None:
    """What is to be posted to the same address after this one, None when nothing waits."""
    fresh = and_(_WAITING, outbox.c.site == row["site"], outbox.c.url == row["url"], outbox.c.attempts == 0)
    query = select(outbox.c.site, outbox.c.id).where(fresh).order_by(outbox.c.id).limit(1)
    key = connection.execute(query.with_for_update(skip_locked=True)).mappings().first()
    return None if key is None else _hold(connection, key, until)


def settle(
    connection: Connection, row: Mapping[str, Any], outcome: Outcome, *, answered: bool, again_at: datetime | None
) -> bool:
    """Write down what came of an attempt; without `again_at` it was the last. False when the row is gone."""
    good = answered and 200 <= outcome.status_code < 300
    changed = connection.execute(
        update(outbox)
        .where(_is(row))
        .values(
            state="waiting" if again_at else "delivered" if good else "failed",
            status_code=outcome.status_code if answered else None,
            error=None if answered else outcome.status,
            next_at=again_at or outcome.at,
        )
    )
    if again_at is None:
        settled = and_(outbox.c.site == row["site"], ~_WAITING, outbox.c.id <= row["id"] - KEPT)
        connection.execute(delete(outbox).where(settled))
    return changed.rowcount == 1


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether anything waits that should have gone by now."""
    return connection.execute(select(outbox.c.id).where(_WAITING, outbox.c.next_at <= now).limit(1)).first() is not None


def next_due(connection: Connection, now: datetime) -> datetime | None:
    """When something becomes due that is not yet, None for never."""
    query = select(outbox.c.next_at).where(_WAITING, outbox.c.next_at > now).order_by(outbox.c.next_at).limit(1)
    found: datetime | None = connection.execute(query).scalar()
    return found


def _due(connection: Connection, now: datetime) -> Any:
    held = select(outbox.c.site, outbox.c.url).where(_WAITING, outbox.c.attempts.in_(_HOLDING))
    lanes = [tuple(row) for row in connection.execute(held)]
    free = or_(outbox.c.attempts > 0, _LANE.not_in(lanes))
    keys = select(outbox.c.site, outbox.c.id, outbox.c.url, outbox.c.attempts)
    due = keys.where(_WAITING, outbox.c.next_at <= now, free)
    return due.order_by(outbox.c.next_at, outbox.c.site, outbox.c.id).limit(_SEEN).with_for_update(skip_locked=True)


def _hold(connection: Connection, key: Mapping[Any, Any], until: datetime) -> dict[str, Any]:
    this = and_(outbox.c.site == key["site"], outbox.c.id == key["id"])
    connection.execute(update(outbox).where(this).values(attempts=outbox.c.attempts + 1, next_at=until))
    return dict(connection.execute(select(outbox).where(this)).mappings().one())


def _is(row: Mapping[str, Any]) -> ColumnElement[bool]:
    # a site that was reset meanwhile counts its deliveries anew
    return and_(
        outbox.c.site == row["site"], outbox.c.id == row["id"], outbox.c.created_at == row["created_at"], _WAITING
    )

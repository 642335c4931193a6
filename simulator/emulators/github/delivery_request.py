"""Which deliveries of a hook a request asks for, and the page that is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Response, request

from simulator.emulators.github.errors import InvalidRequest
from simulator.emulators.github.pagination import asked_page, link_to
from simulator.emulators.github.payloads.hooks import delivery_payload
from simulator.emulators.github.state import deliveries
from simulator.emulators.github.state.deliveries import Delivery
from simulator.emulators.github.state.hooks import Hook
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.web import reply

_CURSOR = re.compile(r"v1_(\d{1,18})")


def deliveries_reply(connection: Connection, site: str, hook: Hook) -> Response:
    """A page of a hook's deliveries, newest first, with cursors. Raises InvalidRequest for a cursor that is none."""
    size = asked_page().size
    found = deliveries.list_deliveries(
        connection,
        site,
        hook,
        older_than=_cursor(),
        redelivery=_flag("redelivery"),
        succeeded=_succeeded(),
        limit=size + 1,
    )
    bodies = [delivery_payload(delivery) for delivery in found[:size]]
    return reply(bodies, headers=_link(found, size))


def _cursor() -> int | None:
    text = request.args.get("cursor")
    if not text:
        return None
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise InvalidRequest("Invalid request.\n\nThe value of cursor is not one that a Link header gave.")
    return int(match.group(1))


def _flag(name: str) -> bool | None:
    return {"true": True, "false": False}.get(request.args.get(name, ""))


def _succeeded() -> bool | None:
    text = request.args.get("status")
    if text not in (None, "success", "failure"):
        raise InvalidRequest("Invalid request.\n\nstatus is not a member of ['success', 'failure'].")
    return None if text is None else text == "success"


def _link(found: Sequence[Delivery], size: int) -> dict[str, str] | None:
    if len(found) <= size:
        return None
    return {"Link": link_to("next", cursor=f"v1_{found[size - 1].id}")}

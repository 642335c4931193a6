"""`/emulator/journal`: the requests of late."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.kit.app import instance
from simulator.emulators.kit.journal import KEPT, Journal
from simulator.emulators.kit.web import reply, site, stamp_millis


def journal_part(journal: Journal) -> Blueprint:
    """Endpoints of the journal."""
    part = Blueprint("journal", __name__)

    @part.get("/journal")
    def show() -> Response:
        """GET /emulator/journal?status=501&service=github&after=CURSOR&limit=10: the newest first."""
        asked = request.args
        last = journal.last(site())
        entries = journal.read(
            site(),
            status=asked.get("status", type=int),
            service=asked.get("service"),
            after=max(asked.get("after", 0, type=int), 0),
            limit=min(max(asked.get("limit", KEPT, type=int), 1), 2 * KEPT),
        )
        shown = [{**entry, "at": stamp_millis(entry["at"])} for entry in entries]
        return reply({"entries": shown, "cursor": max([last, *(entry["id"] for entry in entries)])})

    @part.delete("/journal")
    def clear() -> Response:
        """DELETE /emulator/journal: forget what came so far."""
        journal.flush()
        with instance().database.writing() as connection:
            journal.clear(site(), connection)
        return reply(None, 204)

    return part

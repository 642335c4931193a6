"""`/emulator/attachment-limit`: how large a file attached to a Jira issue may be."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.control.wire import Refused, body_with
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.attachment_limit import MOST, attachment_limit, set_attachment_limit
from simulator.emulators.kit.web import reply, site


def attachments_part() -> Blueprint:
    """Endpoints of the limit."""
    part = Blueprint("attachments", __name__)

    @part.get("/attachment-limit")
    def show() -> Response:
        """GET /emulator/attachment-limit."""
        with instance().database.reading() as connection:
            return reply({"limit": attachment_limit(connection, site())})

    @part.put("/attachment-limit")
    def change() -> Response:
        """PUT /emulator/attachment-limit {limit}: bytes of one file, 0 for no attachments at all, null for the usual limit."""
        limit = body_with("limit").get("limit", "")
        if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool) or not 0 <= limit <= MOST):
            raise Refused(422, f"limit has to be a number from 0 to {MOST}, or null")
        with instance().database.writing() as connection:
            set_attachment_limit(connection, site(), limit)
            return reply({"limit": attachment_limit(connection, site())})

    return part

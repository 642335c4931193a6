"""Attachments as Jira writes them."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.attachments import Attachment
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import stamp_millis


def attachment(session: Session, found: Attachment, people: Mapping[int, Account]) -> Json:
    """One attachment, as issues and uploads show it. Only pictures have a thumbnail."""
    shape: Json = {
        "self": session.rest(f"/attachment/{found.id}"),
        "id": str(found.id),
        "filename": found.filename,
        "author": shapes.user(session, people[found.author_id]),
        "created": stamp_millis(found.created_at),
        "size": found.size,
        "mimeType": found.content_type,
        "content": session.rest(f"/attachment/content/{found.id}"),
    }
    return shape | {"thumbnail": session.rest(f"/attachment/thumbnail/{found.id}")} if found.thumbnail_size else shape


def attachment_metadata(session: Session, found: Attachment, people: Mapping[int, Account]) -> Json:
    """One attachment, asked for by itself: its id is a number here."""
    return attachment(session, found, people) | {"id": found.id}


def size_in_words(size: int) -> str:
    """A number of bytes as a person reads it: `22 kB`."""
    if size < 1024:
        return f"{size} bytes"
    return f"{size // 1024} kB" if size < 1024 * 1024 else f"{size / (1024 * 1024):.1f} MB"

"""History entries as Jira writes them."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.changes import Change, Entry, Recent
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import stamp_millis


def item(change: Change) -> Json:
    """One item of an entry."""
    return {
        "field": change.field,
        "fieldtype": change.field_type,
        **({"fieldId": change.field_id} if change.field_id else {}),
        "from": change.from_value,
        "fromString": change.from_text,
        "to": change.to_value,
        "toString": change.to_text,
    }


def entry(session: Session, found: Entry, people: Mapping[int, Account]) -> Json:
    """One entry."""
    return {
        "id": str(found.id),
        "author": shapes.user(session, people[found.author_id]),
        "created": stamp_millis(found.created_at),
        "items": [item(change) for change in found.items],
    }


def changelog(session: Session, recent: Recent, people: Mapping[int, Account]) -> Json:
    """The newest part of a history as `expand=changelog` has it: newest first."""
    histories = [entry(session, found, people) for found in reversed(recent.entries)]
    return {"startAt": 0, "maxResults": len(histories), "total": recent.total, "histories": histories}

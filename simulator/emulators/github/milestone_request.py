"""The bodies of requests that make or edit a milestone, and the milestone that an issue's body names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from simulator.emulators.github.errors import InvalidRequest, already_exists, invalid
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.state.milestones import CLOSED, OPEN, Milestone, by_title, find_milestone
from simulator.emulators.github.state.work import Place

_LONGEST_TITLE = 255


def read_new(place: Place, fields: Fields) -> dict[str, Any]:
    """Title, state, description and date of a new milestone. Raises ValidationFailed or InvalidRequest."""
    fields.required("title")
    return {"description": None, "due_on": None, "state": OPEN, **read_changes(place, fields, None)}


def read_changes(place: Place, fields: Fields, milestone: Milestone | None) -> dict[str, Any]:
    """What a body says of a milestone, the present one or a new one. Raises ValidationFailed or InvalidRequest."""
    changes: dict[str, Any] = {}
    title = fields.text("title", limit=_LONGEST_TITLE)
    if title is not None:
        changes["title"] = _free_title(place, fields, title.strip(), milestone)
    state = fields.choice("state", (OPEN, CLOSED))
    if state is not None:
        changes["state"] = state
    if "description" in fields:
        changes["description"] = fields.text("description")
    if "due_on" in fields:
        changes["due_on"] = _date(fields.text("due_on"))
    return changes


def named_milestone(place: Place, fields: Fields) -> Milestone | None:
    """The milestone whose number is in the field `milestone`, None for null. Raises ValidationFailed for an unknown one.

    An empty text means null, and digits mean a number: PyGithub and `gh` send such.
    """
    value = fields.body.get("milestone")
    if isinstance(value, str) and len(value) < 10 and (not value or (value.isascii() and value.isdigit())):
        fields = Fields({"milestone": int(value) if value else None}, fields.resource)
    number = fields.number("milestone")
    if number is None:
        return None
    found = find_milestone(place, number)
    if found is None:
        raise invalid(fields.resource, "milestone", value=number)
    return found


def _free_title(place: Place, fields: Fields, title: str, milestone: Milestone | None) -> str:
    if not title:
        raise fields.failed("title", "missing_field")
    other = by_title(place, title)
    if other is not None and (milestone is None or other.id != milestone.id):
        raise already_exists("Milestone", "title")
    return title


def _date(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        return (found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)).replace(microsecond=0)
    except (ValueError, OverflowError) as exc:
        raise InvalidRequest(f"Invalid request.\n\nFor 'properties/due_on', {text[:80]!r} is not a date-time.") from exc

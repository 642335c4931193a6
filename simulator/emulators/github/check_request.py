"""The bodies of requests that make or move on a check run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from simulator.emulators.github.errors import InvalidRequest
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.state import checks
from simulator.emulators.github.state.check_annotations import LEVELS, MOST_AT_ONCE
from simulator.emulators.github.state.checks import CheckRun

_LONGEST_TEXT = 65_535
_MOST_ACTIONS = 3
_ACTION_LIMITS = {"label": 20, "description": 40, "identifier": 20}


def read_run(fields: Fields, before: CheckRun, now: datetime) -> CheckRun:
    """The check run as a body wants it. Raises InvalidRequest and ValidationFailed."""
    _check_actions(fields)
    conclusion = fields.choice("conclusion", checks.CONCLUSIONS) or before.conclusion
    completed_at = _instant(fields, "completed_at") or before.completed_at
    status = fields.choice("status", checks.STATUSES) or before.status
    if fields.text("conclusion") or fields.text("completed_at"):
        status = "completed"  # giving either completes the run
    if status == "completed" and conclusion is None:
        raise InvalidRequest('Invalid request.\n\nFor a completed check run, "conclusion" must be supplied.')
    done = status == "completed"
    return replace(
        before,
        name=fields.text("name", limit=255) or before.name,
        status=status,
        conclusion=conclusion if done else None,
        details_url=fields.text("details_url") or before.details_url,
        external_id=fields.text("external_id") or before.external_id,
        output=_output(fields, before),
        started_at=_instant(fields, "started_at") or before.started_at,
        completed_at=(completed_at or now) if done else None,
    )


def read_annotations(fields: Fields) -> list[dict[str, Any]]:
    """The annotations that a body adds, 50 at most. Raises InvalidRequest and ValidationFailed."""
    output = fields.body.get("output")
    if not isinstance(output, dict):
        return []
    given = Fields(output, "CheckRun").objects("annotations")
    if len(given) > MOST_AT_ONCE:
        raise InvalidRequest(
            f"Invalid request.\n\nNo more than {MOST_AT_ONCE} items are allowed; {len(given)} were supplied."
        )
    return [_annotation(Fields(each, "Annotation")) for each in given]


def _annotation(fields: Fields) -> dict[str, Any]:
    level = fields.choice("annotation_level", LEVELS)
    if level is None:
        raise InvalidRequest('Invalid request.\n\n"annotation_level" wasn\'t supplied.')
    start, end = _line(fields, "start_line"), _line(fields, "end_line")
    columns = {name: fields.number(name) for name in ("start_column", "end_column")}
    if end < start or (start != end and any(columns.values())):
        raise fields.failed("end_line", "invalid")  # columns are for annotations of one line
    return {
        "path": fields.required("path", limit=4096),
        "start_line": start,
        "end_line": end,
        **columns,
        "annotation_level": level,
        "message": fields.required("message"),
        "title": fields.text("title", limit=255),
        "raw_details": fields.text("raw_details"),
    }


def _line(fields: Fields, name: str) -> int:
    number = fields.number(name)
    if number is None:
        raise InvalidRequest(f'Invalid request.\n\n"{name}" wasn\'t supplied.')
    if number < 0:
        raise fields.failed(name, "invalid")
    return number


def _output(fields: Fields, before: CheckRun) -> Mapping[str, Any]:
    given = fields.body.get("output")
    if given is None:
        return before.output
    if not isinstance(given, dict):
        raise InvalidRequest("Invalid request.\n\noutput must be an object.")
    output = Fields(given, "CheckRun")
    output.required("summary", limit=_LONGEST_TEXT)
    if not before.id:
        output.required("title")
    _check_images(output)
    return {**before.output, **{name: output.text(name) for name in ("title", "summary", "text") if name in given}}


def _check_images(output: Fields) -> None:
    for image in output.objects("images"):
        for name in ("alt", "image_url"):
            Fields(image, "CheckRun").required(name)


def _check_actions(fields: Fields) -> None:
    # shown as buttons, which only apps hear of: checked, and of no further use here
    given = fields.objects("actions")
    if len(given) > _MOST_ACTIONS:
        raise InvalidRequest(
            f"Invalid request.\n\nNo more than {_MOST_ACTIONS} items are allowed; {len(given)} were supplied."
        )
    for action in given:
        for name, limit in _ACTION_LIMITS.items():
            Fields(action, "CheckRun").required(name, limit=limit)


def _instant(fields: Fields, name: str) -> datetime | None:
    text = fields.text(name)
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as exc:  # OverflowError: year 0 or 10,000 once it is brought to UTC
        raise InvalidRequest(f"Invalid request.\n\n{text[:80]!r} is not a valid date-time.") from exc

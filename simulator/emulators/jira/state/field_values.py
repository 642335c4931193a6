"""The fields that a request gives, each by its reader: values of those that are right, faults of those that are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.emulators.jira.custom_types import type_of
from simulator.emulators.jira.fields import EPIC_LINK, FLAGGED, POINTS, SPRINT
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.custom_values import SIMPLE, CustomFault
from simulator.emulators.jira.state.field_permissions import NOT_ON_SCREEN
from simulator.emulators.jira.state.values import (
    ValueFault,
    read_assignee,
    read_date,
    read_document,
    read_epic_link,
    read_flag,
    read_labels,
    read_parent,
    read_part_refs,
    read_people,
    read_person,
    read_points,
    read_priority,
    read_reporter,
    read_sprint,
    read_summary,
    read_time_tracking,
)

Reader = Callable[[Context, object, str], Any]  # Any: each field has its own type

READERS: dict[str, Reader] = {
    "summary": read_summary,
    "description": read_document,
    "environment": read_document,
    "priority": read_priority,
    "assignee": read_assignee,
    "reporter": read_reporter,
    "labels": read_labels,
    "duedate": read_date,
    "parent": read_parent,
    "components": read_part_refs,
    "versions": read_part_refs,
    "fixVersions": read_part_refs,
    "timetracking": read_time_tracking,
    EPIC_LINK: read_epic_link,
    POINTS: read_points,
    SPRINT: read_sprint,
    FLAGGED: read_flag,
}


_CUSTOM: dict[str, Reader] = {
    "textarea": read_document,
    "datepicker": lambda context, value, api: day.isoformat() if (day := read_date(context, value, api)) else None,
    "labels": lambda context, value, api: list(read_labels(context, value, api)),
    "userpicker": read_person,
}


def _custom_reader(context: Context, name: str) -> Reader | None:
    spec = context.meta.custom_fields.get(name)
    if spec is None:
        return None
    kind = type_of(spec)
    if kind == "multiuserpicker":
        return read_people
    return _CUSTOM.get(kind) or (lambda _context, value, _api: SIMPLE[kind](value))


def read_fields(context: Context, given: dict[str, Any], *, api: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of the fields given, and the faults by field. A field that nothing here reads cannot be set."""
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, value in given.items():
        reader = READERS.get(name) or _custom_reader(context, name)
        if reader is None:
            faults[name] = NOT_ON_SCREEN.format(name)
            continue
        try:
            values[name] = reader(context, value, api)
        except (ValueFault, CustomFault) as exc:
            faults[name] = str(exc)
    if EPIC_LINK in values:
        values["parent"] = values.pop(EPIC_LINK)
    return values, faults

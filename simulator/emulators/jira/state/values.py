"""Values that requests give to issue fields, read and checked one by one. Faults are in Jira's words.

Refuses to know what an issue had before; `diff` compares.
"""

from __future__ import annotations

import math
import re
from datetime import date

from simulator.emulators.jira.errors import NoIssue, NoProject, NotFound
from simulator.emulators.jira.state.configuration import Project, Resolution, named
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.documents import TextFault, read_text
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.mentions import with_names
from simulator.emulators.jira.state.parts import PartFault, Ref, read_parts
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.sprints import Sprint, find_sprint
from simulator.emulators.jira.state.time_tracking import EstimateFault, read_estimates
from simulator.emulators.jira.text.adf import Node

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_SUMMARY = 255
LONGEST_LABEL = 255
MOST_PEOPLE = 100


class ValueFault(ValueError):
    """A value that a field cannot take, in Jira's words."""


def read_project(context: Context, value: object) -> Project:
    """The project of `{"key": …}` or `{"id": …}`."""
    wanted = value.get("id") or value.get("key") if isinstance(value, dict) else None
    if wanted is None:
        raise ValueFault("Specify a valid project ID or key")
    try:
        return context.meta.project(str(wanted))
    except NoProject:
        raise ValueFault("Specify a valid project ID or key") from None


def read_issue_type(context: Context, value: object, project: Project) -> int:
    """The id of a type that the project has, by `id` or `name`."""
    wanted = value.get("id") or value.get("name") if isinstance(value, dict) else None
    if wanted is None:
        raise ValueFault("Specify an issue type")
    found = named(context.meta.types_of(project), wanted)
    if found is None:
        raise ValueFault("Specify a valid issue type")
    return found.id


def read_summary(_context: Context, value: object, _api: str) -> str:
    """A summary of one line."""
    if not isinstance(value, str | None):
        raise ValueFault("Operation value must be a string")
    summary = (value or "").strip()
    if not summary:
        raise ValueFault("You must specify a summary of the issue.")
    if "\n" in summary or "\r" in summary:
        raise ValueFault("The summary is invalid because it contains newline characters.")
    if len(summary) > LONGEST_SUMMARY:
        raise ValueFault(f"Summary can't exceed {LONGEST_SUMMARY} characters.")
    return summary


def read_document(context: Context, value: object, api: str) -> Node | None:
    """A description or environment."""
    try:
        return with_names(context, read_text(value, api=api))
    except TextFault as exc:
        raise ValueFault(str(exc)) from exc


def read_priority(context: Context, value: object, _api: str) -> int:
    """The id of a priority, by `id` or `name`; nothing means the default one."""
    if value is None:
        return context.meta.default_priority.id
    wanted = value.get("id") or value.get("name") if isinstance(value, dict) else None
    if wanted is None:
        raise ValueFault("Specify the Priority (id or name) in the object format")
    found = named(context.meta.priorities.values(), wanted)
    if found is None:
        raise ValueFault(f"Priority {'name' if value.get('name') else 'id'} '{wanted}' is not valid")  # type: ignore[attr-defined]
    return found.id


def read_resolution(context: Context, value: object) -> Resolution:
    """A resolution, by `id` or `name`."""
    wanted = value.get("id") or value.get("name") if isinstance(value, dict) else None
    found = named(context.meta.resolutions.values(), wanted)
    if found is None:
        raise ValueFault(f"Resolution name '{wanted}' is not valid")
    return found


def read_assignee(context: Context, value: object, api: str) -> int | None:
    """The account of the assignee; "-1" is nobody too: nothing is automatic here."""
    if isinstance(value, dict) and "-1" in (value.get("accountId"), value.get("id")):
        return None
    return read_person(context, value, api, unknown="User '{}' cannot be assigned issues.")


def read_reporter(context: Context, value: object, api: str) -> int:
    """The account of the reporter, who cannot be nobody."""
    person = read_person(context, value, api)
    if person is None:
        raise ValueFault("Reporter is required.")
    return person


def read_person(
    context: Context, value: object, _api: str, *, unknown: str = "Account ID {} does not exist."
) -> int | None:
    """The account of `{"accountId": …}` (or `{"id": …}`); None for nobody."""
    if value is None:
        return None
    wanted = (value.get("accountId") or value.get("id")) if isinstance(value, dict) else None
    if isinstance(value, dict) and wanted is None and ("accountId" in value or "id" in value):
        return None
    if not isinstance(wanted, str):
        raise ValueFault("expected Object containing an 'accountId' property")
    person = person_by_account_id(context, wanted)
    if person is None or not person.active:
        raise ValueFault(unknown.format(wanted[:255]))
    return person.id


def read_labels(_context: Context, value: object, _api: str) -> tuple[str, ...]:
    """Labels, each once, sorted as Jira shows them."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueFault("data was not an array")
    for label in value:
        check_label(label)
    return tuple(sorted(set(value)))


def check_label(label: object) -> str:
    """One label. Raises ValueFault."""
    if not isinstance(label, str) or not label:
        raise ValueFault("string expected at index 0")
    if any(char.isspace() for char in label):
        raise ValueFault(f"The label '{label}' contains spaces which is invalid.")
    if len(label) > LONGEST_LABEL:
        raise ValueFault(f"The label '{label[:40]}…' exceeds the maximum length of {LONGEST_LABEL} characters.")
    return label


def read_date(_context: Context, value: object, _api: str) -> date | None:
    """A day, `2026-01-31`."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueFault("Operation value must be a string")
    try:
        if not _DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        raise ValueFault(f"Error parsing date string: {value[:40]}") from None


def read_points(_context: Context, value: object, _api: str) -> float | None:
    """A number of story points."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueFault("Operation value must be a number")
    if abs(value) > 1e14:
        raise ValueFault("The number is too large.")
    return float(value)


def read_parent(context: Context, value: object, _api: str) -> Issue | None:
    """The issue of `{"key": …}` or `{"id": …}`."""
    if value is None:
        return None
    wanted = value.get("key") or value.get("id") if isinstance(value, dict) else None
    if not isinstance(wanted, str | int):
        raise ValueFault("data was not an object")
    try:
        return find_issue(context, wanted)
    except NoIssue:
        raise ValueFault("Could not find issue by id or key.") from None


def read_epic_link(context: Context, value: object, api: str) -> Issue | None:
    """The epic of a bare key."""
    return read_parent(context, {"key": value} if isinstance(value, str) and value else value, api)


def read_sprint(context: Context, value: object, _api: str) -> Sprint | None:
    """The sprint of a number (or a string of one): the one open sprint that the issue shall be in."""
    if value is None:
        return None
    number = str(value[0] if isinstance(value, list) and len(value) == 1 else value)
    if not number.isdecimal() or len(number) > 18:
        raise ValueFault("Number value expected as the Sprint id.")
    try:
        sprint = find_sprint(context, int(number))
    except NotFound:
        raise ValueFault("Sprint does not exist.") from None
    if sprint.state == "closed":
        raise ValueFault("Issue can be assigned only active or future sprints.")
    return sprint


def read_flag(_context: Context, value: object, _api: str) -> bool:
    """Whether the flag is up: `[{"value": "Impediment"}]`, by value or id."""
    if value is None:
        return False
    if not isinstance(value, list):
        raise ValueFault("data was not an array")
    for option in value:
        chosen = option.get("value") or option.get("id") if isinstance(option, dict) else None
        if chosen not in ("Impediment", "10019"):
            raise ValueFault(f"Option value '{chosen}' is not valid")
    return bool(value)


def read_part_refs(context: Context, value: object, api: str) -> tuple[Ref, ...]:
    """Versions and components, as they are called; `parts.resolve` finds them in the issue's project."""
    try:
        return read_parts(context, value, api)
    except PartFault as exc:
        raise ValueFault(str(exc)) from exc


def read_time_tracking(_context: Context, value: object, _api: str) -> dict[str, int | None]:
    """The estimates of `{"originalEstimate": "2d"}`, in seconds."""
    try:
        return read_estimates(value)
    except EstimateFault as exc:
        raise ValueFault(str(exc)) from exc


def read_people(context: Context, value: object, api: str) -> list[int]:
    """People, each once."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueFault("data was not an array")
    if len(value) > MOST_PEOPLE:
        raise ValueFault(f"The field takes at most {MOST_PEOPLE} people.")
    found = [read_person(context, one, api) for one in value]
    return list(dict.fromkeys(one for one in found if one is not None))

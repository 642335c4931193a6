"""What issues hold in custom fields: read from requests, kept as JSON, compared for the history.

Kept are text, a number, a day, an instant, a document, an account's number, or a list of such.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.custom_types import type_of
from simulator.emulators.jira.fields import FieldSpec
from simulator.emulators.jira.state.changes import Change, number_text
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.text.wiki import write_wiki
from simulator.emulators.kit.accounts import Account

LONGEST_LINE = 255
_v = tables.custom_values.c
_OF_ISSUES = select(_v.issue_id, _v.field_id, _v.value).where(
    _v.site == bindparam("site"), _v.issue_id.in_(bindparam("ids", expanding=True))
)


class CustomFault(ValueError):
    """A value that a field cannot take, in Jira's words."""


def read_line(value: object) -> str | None:
    """A text of one line. Raises CustomFault."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise CustomFault("Operation value must be a string")
    if "\n" in value or "\r" in value:
        raise CustomFault("The field value must be a single line of text.")
    if len(value) > LONGEST_LINE:
        raise CustomFault(f"The entered text is too long. It exceeds the allowed limit of {LONGEST_LINE} characters.")
    return value


def read_url(value: object) -> str | None:
    """An address with a scheme that a browser opens. Raises CustomFault."""
    url = read_line(value)
    if url is not None and not url.lower().startswith(("http://", "https://", "ftp://", "mailto:")):
        raise CustomFault("The URL is not valid.")
    return url


def read_number(value: object) -> float | None:
    """A number. Raises CustomFault."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise CustomFault("Operation value must be a number")
    if abs(value) > 1e14:
        raise CustomFault("The number is too large.")
    return float(value)


def read_instant(value: object) -> str | None:
    """An instant with its zone, kept in UTC. Raises CustomFault."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise CustomFault("Operation value must be a string")
    try:
        at = datetime.fromisoformat(value)
        if len(value) < 19 or at.tzinfo is None:
            raise ValueError
        return at.astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        raise CustomFault(
            "Operation value must be a valid date-time, for example 2026-03-02T09:00:00.000+0000"
        ) from None


def read_option(value: object) -> None:
    """No option: a field that was added here has none to choose from. Raises CustomFault for any."""
    if value is None or value == []:
        return
    chosen = value[0] if isinstance(value, list) else value
    if not isinstance(chosen, dict):
        raise CustomFault("Specify a valid 'id' or 'name' for the option")
    raise CustomFault(f"Option value '{str(chosen.get('value') or chosen.get('id'))[:255]}' is not valid")


SIMPLE: dict[str, Callable[[object], Any]] = {  # Any: each type has its own
    "textfield": read_line,
    "readonlyfield": read_line,
    "url": read_url,
    "float": read_number,
    "datetime": read_instant,
    "select": read_option,
    "radiobuttons": read_option,
    "multiselect": read_option,
    "multicheckboxes": read_option,
}
"""Readers of the types that need nothing but the value; `values` reads the others."""


def values_of(context: Context, issue_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What issues hold, by field id; nothing is asked where the site has no field of its own."""
    wanted = list(issue_ids)
    found: dict[int, dict[str, Any]] = {issue_id: {} for issue_id in wanted}
    if context.meta.custom_fields:
        for issue_id, number, value in context.connection.execute(_OF_ISSUES, {"site": context.site, "ids": wanted}):
            found[issue_id][f"customfield_{number}"] = orjson.loads(value)
    return found


def insert_values(context: Context, made: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Give new issues what their values hold."""
    rows = [
        _row(context, issue_id, context.meta.custom_fields[name], values[name])
        for issue_id, values in made
        for name in context.meta.custom_fields.keys() & values.keys()
        if values[name] not in (None, [])
    ]
    if rows:
        context.connection.execute(insert(tables.custom_values), rows)


def set_values(context: Context, issue_id: int, values: Mapping[str, Any]) -> list[Change]:
    """Give an issue these values; returns the history items of those that changed."""
    asked = context.meta.custom_fields.keys() & values.keys()
    if not asked:
        return []
    present = values_of(context, [issue_id])[issue_id]
    changed = [name for name in sorted(asked) if _held(values[name]) != _held(present.get(name))]
    numbers = [context.meta.custom_fields[name].number for name in changed]
    of = (_v.site == context.site) & (_v.issue_id == issue_id) & _v.field_id.in_(numbers)
    context.connection.execute(delete(tables.custom_values).where(of))
    insert_values(context, [(issue_id, {name: values[name] for name in changed})])
    return [_change(context, name, present.get(name), values[name]) for name in changed]


def _held(value: Any) -> Any:
    """A value; None for an empty list, which is not kept."""
    return None if value == [] else value


def people_in(context: Context, values: Mapping[str, Any]) -> set[int]:
    """The accounts that such values name."""
    found: set[int] = set()
    for name, value in values.items():
        spec = context.meta.custom_fields.get(name)
        if spec and "user" in (spec.kind, spec.items):
            found |= set(value if isinstance(value, list) else [value])
    return found


def _row(context: Context, issue_id: int, spec: FieldSpec, value: object) -> dict[str, Any]:
    kept = orjson.dumps(value).decode()
    return {"site": context.site, "issue_id": issue_id, "field_id": spec.number, "value": kept}


def _change(context: Context, name: str, old: Any, new: Any) -> Change:
    spec = context.meta.custom_fields[name]
    people = people_by_id(context, people_in(context, {name: old or []}) | people_in(context, {name: new or []}))
    return Change(
        field=spec.name,
        field_id=name,
        field_type="custom",
        from_text=_text(spec, old, people),
        to_text=_text(spec, new, people),
    )


def _text(spec: FieldSpec, value: Any, people: Mapping[int, Account]) -> str | None:
    if value in (None, []):
        return None
    if type_of(spec) == "textarea":
        return write_wiki(value)
    if isinstance(value, list):
        return ", ".join(people[one].name if spec.items == "user" else str(one) for one in value)
    if spec.kind == "user":
        return people[value].name
    return number_text(value) if isinstance(value, float) else str(value)

"""Properties: JSON values that programs keep on issues, unseen by people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy import delete, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.permissions import require

Properties = Mapping[str, Any]
"""JSON values by key."""

LONGEST_KEY = 255
LONGEST_VALUE = 32_768

_p = tables.properties.c


def properties_of(context: Context, issue_ids: Iterable[int], keys: Iterable[str] = ()) -> dict[int, dict[str, Any]]:
    """The properties of issues by key; with `keys`, only those."""
    wanted = list(issue_ids)
    found: dict[int, dict[str, Any]] = {issue_id: {} for issue_id in wanted}
    query = select(_p.issue_id, _p.key, _p.value).where(_p.site == context.site, _p.issue_id.in_(wanted))
    if chosen := list(keys):
        query = query.where(_p.key.in_(chosen))
    for issue_id, key, value in context.connection.execute(query.order_by(_p.key)):
        found[issue_id][key] = orjson.loads(value)
    return found


def find_property(context: Context, issue: Issue, key: str) -> Any:  # Any: whatever JSON was kept
    """A property's value. Raises NotFound."""
    found = properties_of(context, [issue.id], [key])[issue.id]
    if key not in found:
        raise NotFound(f"The property {key} does not exist.")
    return found[key]


def set_property(context: Context, issue: Issue, key: str, value: object) -> bool:
    """Keep a value; returns whether the property is new. Raises BadRequest for a long key or value, Forbidden."""
    require(context, "EDIT_ISSUES", issue=issue)
    text = check_property(key, value)
    if key in properties_of(context, [issue.id], [key])[issue.id]:
        of = (_p.site == context.site) & (_p.issue_id == issue.id) & (_p.key == key)
        context.connection.execute(update(tables.properties).where(of).values(value=text))
        context.tell("issue_property_set", issue.id, key=key, value=value)
        return False
    row = {"site": context.site, "issue_id": issue.id, "key": key, "value": text}
    context.connection.execute(insert(tables.properties), row)
    context.tell("issue_property_set", issue.id, key=key, value=value)
    return True


def read_properties(given: object) -> Properties:
    """The properties of `[{"key": …, "value": …}]`; of two with one key the last counts. Raises BadRequest."""
    found: dict[str, Any] = {}
    if not isinstance(given, list | None):
        raise BadRequest(errors={"properties": "data was not an array"})
    for one in given or ():
        if not isinstance(one, dict) or not isinstance(one.get("key"), str):
            raise BadRequest(errors={"properties": "Each property needs a key and a value."})
        check_property(one["key"], one.get("value"))
        found[one["key"]] = one.get("value")
    return found


def listed_properties(kept: Properties) -> list[dict[str, Any]]:
    """Properties as they are listed in what they belong to."""
    return [{"key": key, "value": value} for key, value in kept.items()]


def check_property(key: str, value: object) -> str:
    """A value as it is kept, when it can be. Raises BadRequest for a long key or value."""
    text = orjson.dumps(value).decode()
    if not 1 <= len(key) <= LONGEST_KEY:
        raise BadRequest(f"The property key must be between 1 and {LONGEST_KEY} characters long.")
    if len(text) > LONGEST_VALUE:
        raise BadRequest(f"The property value is too long: the maximum length is {LONGEST_VALUE} characters.")
    return text


def set_new_properties(context: Context, rows: list[tuple[int, str, Any]]) -> None:
    """Keep the properties that new issues come with, as `read_properties` took them."""
    if rows:
        context.connection.execute(
            insert(tables.properties),
            [
                {"site": context.site, "issue_id": issue_id, "key": key, "value": orjson.dumps(value).decode()}
                for issue_id, key, value in rows
            ],
        )


def delete_property(context: Context, issue: Issue, key: str) -> None:
    """Remove a property. Raises NotFound, and Forbidden without the permission to edit the issue."""
    require(context, "EDIT_ISSUES", issue=issue)
    find_property(context, issue, key)
    of = (_p.site == context.site) & (_p.issue_id == issue.id) & (_p.key == key)
    context.connection.execute(delete(tables.properties).where(of))
    context.tell("issue_property_deleted", issue.id, key=key)

"""Properties of comments and worklogs: JSON values that programs keep on them, unseen by people.

Refuses to know who may: whoever asks has found the comment or worklog, and was allowed to change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import orjson
from sqlalchemy import Table, delete, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.properties import Properties, check_property

Kind = Literal["comment", "worklog"]

_TABLES: dict[Kind, Table] = {"comment": tables.comment_properties, "worklog": tables.worklog_properties}


def note_properties(context: Context, kind: Kind, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The properties of comments or worklogs, by id and key."""
    c, wanted = _TABLES[kind].c, list(ids)
    found: dict[int, dict[str, Any]] = {number: {} for number in wanted}
    query = select(c.note_id, c.key, c.value).where(c.site == context.site, c.note_id.in_(wanted)).order_by(c.key)
    for number, key, value in context.connection.execute(query):
        found[number][key] = orjson.loads(value)
    return found


def find_note_property(context: Context, kind: Kind, number: int, key: str) -> Any:  # Any: whatever JSON was kept
    """A property's value. Raises NotFound."""
    found = note_properties(context, kind, [number])[number]
    if key not in found:
        raise NotFound(f"The property {key[:255]} does not exist.")
    return found[key]


def keep_note_properties(context: Context, kind: Kind, number: int, values: Properties) -> bool:
    """Keep values, in place of those of the same keys; returns whether all are new. Raises BadRequest."""
    if not values:
        return False
    rows = [
        {"site": context.site, "note_id": number, "key": key, "value": check_property(key, value)}
        for key, value in values.items()
    ]
    removed = _remove(context, kind, number, values)
    context.connection.execute(insert(_TABLES[kind]), rows)
    return removed == 0


def delete_note_property(context: Context, kind: Kind, number: int, key: str) -> None:
    """Remove a property. Raises NotFound."""
    if not _remove(context, kind, number, [key]):
        raise NotFound(f"The property {key[:255]} does not exist.")


def _remove(context: Context, kind: Kind, number: int, keys: Iterable[str]) -> int:
    c = _TABLES[kind].c
    of = (c.site == context.site) & (c.note_id == number) & c.key.in_(list(keys))
    return context.connection.execute(delete(_TABLES[kind]).where(of)).rowcount

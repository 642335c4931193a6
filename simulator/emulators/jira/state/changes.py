"""History in Jira's own form: what changed from what to what, one entry for all that a request changed on an issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

TRACKED = frozenset({"status", "assignee", "reporter", "priority", "resolution", SPRINT})
"""Fields whose past JQL can ask for (`was`, `changed`): for these each value's end is kept too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One item of an entry. `from_value`/`to_value` are ids, the texts what a person reads."""

    field: str
    field_id: str
    field_type: str = "jira"
    from_value: str | None = None
    from_text: str | None = None
    to_value: str | None = None
    to_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of an issue's history with its items in order."""

    id: int
    issue_id: int
    author_id: int
    created_at: datetime
    items: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Recent:
    """The newest entries of an issue's history, oldest first, and how many it has in all."""

    entries: list[Entry]
    total: int


MOST_RECENT = 100
"""Entries that an issue brings along; `GET /issue/{key}/changelog` has the others, page by page."""

_h, _c = tables.histories.c, tables.changes.c
_PLACED = (
    select(
        _h.id,
        _h.issue_id,
        _h.author_id,
        _h.created_at,
        func.row_number().over(partition_by=_h.issue_id, order_by=_h.id.desc()).label("place"),
        func.count().over(partition_by=_h.issue_id).label("total"),
    )
    .where(_h.site == bindparam("site"), _h.issue_id.in_(bindparam("ids", expanding=True)))
    .subquery()
)
_RECENT = select(_PLACED).where(_PLACED.c.place <= MOST_RECENT).order_by(_PLACED.c.id)
_CHANGES_OF = (
    select(_c.history_id, *(_c[name] for name in Change.__slots__))
    .where(
        _c.site == bindparam("site"),
        _c.issue_id.in_(bindparam("ids", expanding=True)),
        _c.history_id >= bindparam("oldest"),
    )
    .order_by(_c.history_id, _c.position)
)


_END = (
    update(tables.changes)
    .where(
        _c.site == bindparam("of_site"),
        _c.history_id == bindparam("of_history"),
        _c.position == bindparam("of_position"),
    )
    .values(ended_at=bindparam("now"))
)


def record(context: Context, changed: Mapping[int, Sequence[Change]]) -> None:
    """Write one history entry for each issue that has changes, and note that it was updated now."""
    entries = [(issue_id, items) for issue_id, items in changed.items() if items]
    if not entries:
        return
    last = next_value(context.connection, context.site, counter("history"), count=len(entries))
    first_id = last - len(entries) + 1
    earlier = _end_earlier(context, entries)
    common = {"site": context.site, "author_id": context.account.id, "created_at": context.now}
    context.connection.execute(
        insert(tables.histories),
        [common | {"id": first_id + n, "issue_id": issue_id} for n, (issue_id, _) in enumerate(entries)],
    )
    context.connection.execute(
        insert(tables.changes),
        [
            common
            | _values(item)
            | {
                "history_id": first_id + n,
                "position": position,
                "issue_id": issue_id,
                "first": item.field_id in TRACKED and (issue_id, item.field_id) not in earlier,
                "ended_at": None,
            }
            for n, (issue_id, items) in enumerate(entries)
            for position, item in enumerate(items)
        ],
    )
    for n, (issue_id, items) in enumerate(entries):
        context.tell("jira:issue_updated", issue_id, history_id=first_id + n, items=tuple(items))


def number_text(value: float | None) -> str | None:
    """A number as the history has it: `5`, `2.5`."""
    return None if value is None else str(int(value)) if value == int(value) else str(value)


def touch_issues(context: Context, issue_ids: Iterable[int]) -> None:
    """Note that issues were updated now."""
    i = tables.issues.c
    of = (i.site == context.site) & i.id.in_(list(issue_ids))
    context.connection.execute(update(tables.issues).where(of).values(updated_at=context.now))


def recent_entries(context: Context, issue_ids: Iterable[int]) -> dict[int, Recent]:
    """The newest entries of the histories of issues, in two statements; issues without any are left out."""
    keys = {"site": context.site, "ids": list(issue_ids)}
    rows = context.connection.execute(_RECENT, keys).all()
    if not rows:
        return {}
    items: dict[int, list[Change]] = {}
    for row in context.connection.execute(_CHANGES_OF, keys | {"oldest": rows[0].id}):
        items.setdefault(row.history_id, []).append(Change(**dict(zip(Change.__slots__, row[1:], strict=True))))
    found: dict[int, Recent] = {}
    for number, issue_id, author_id, created_at, _, total in rows:
        own = tuple(items.get(number, ()))
        entry = Entry(id=number, issue_id=issue_id, author_id=author_id, created_at=created_at, items=own)
        found.setdefault(issue_id, Recent([], total)).entries.append(entry)
    return found


def _values(item: Change) -> dict[str, str | None]:
    return {name: getattr(item, name) for name in Change.__slots__}


def _end_earlier(context: Context, entries: list[tuple[int, Sequence[Change]]]) -> set[tuple[int, str]]:
    """End what the tracked fields were until now; returns which of them had changed before."""
    fields = {item.field_id for _, items in entries for item in items} & TRACKED
    if not fields:
        return set()
    c = tables.changes.c
    tracked = {(issue_id, item.field_id) for issue_id, items in entries for item in items if item.field_id in TRACKED}
    open_now = (
        (c.site == context.site)
        & c.issue_id.in_([issue_id for issue_id, _ in entries])
        & c.field_id.in_(fields)
        & c.ended_at.is_(None)
    )
    rows = context.connection.execute(select(c.history_id, c.position, c.issue_id, c.field_id).where(open_now)).all()
    earlier = {(row.issue_id, row.field_id) for row in rows} & tracked
    ended = [
        {"of_site": context.site, "of_history": row.history_id, "of_position": row.position, "now": context.now}
        for row in rows
        if (row.issue_id, row.field_id) in earlier
    ]
    if ended:
        context.connection.execute(_END, ended)
    return earlier

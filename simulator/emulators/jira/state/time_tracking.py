"""Estimates and time spent of issues, and how they change: what people set, and what logging work does to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, func, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.changes import Change
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.durations import seconds_of
from simulator.emulators.kit.prepared import Prepared

ESTIMATES = {"originalEstimate": "original_s", "remainingEstimate": "remaining_s"}
"""What requests call the two estimates."""

_FIELDS = {"original_s": "timeoriginalestimate", "remaining_s": "timeestimate", "spent_s": "timespent"}
_INVALID = {
    "originalEstimate": "The original estimate specified is not valid.",
    "remainingEstimate": "The remaining estimate specified is not valid.",
}


class EstimateFault(ValueError):
    """An estimate that is none, in Jira's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """An issue's times in seconds; None where nobody said anything."""

    original_s: int | None = None
    remaining_s: int | None = None
    spent_s: int | None = None

    @property
    def total_s(self) -> int:
        """All that the issue takes, as far as is known."""
        return (self.spent_s or 0) + (self.remaining_s or 0)


UNTRACKED = Tracking()

_t, _i = tables.time_tracking.c, tables.issues.c
_OF_ISSUES = Prepared(
    select(_t.issue_id, _t.original_s, _t.remaining_s, _t.spent_s).where(
        _t.site == bindparam("site"), _t.issue_id.in_(bindparam("ids", expanding=True))
    ),
    names="ids",
)
_BELOW = Prepared(
    select(_i.type_id, _i.parent_id, func.sum(_t.original_s), func.sum(_t.remaining_s), func.sum(_t.spent_s))
    .join_from(tables.issues, tables.time_tracking, (_t.site == _i.site) & (_t.issue_id == _i.id))
    .where(_i.site == bindparam("site"), _i.parent_id.in_(bindparam("ids", expanding=True)))
    .group_by(_i.type_id, _i.parent_id),
    names="ids",
)


def tracking_of(context: Context, issue_ids: Iterable[int]) -> dict[int, Tracking]:
    """The times of issues; those without any are left out."""
    rows = _OF_ISSUES.all(context.connection, site=context.site, ids=list(issue_ids))
    return {row[0]: _tracking(row[1:]) for row in rows}


def tracking_below(context: Context, issue_ids: Collection[int]) -> dict[int, Tracking]:
    """The sums of the times of their sub-tasks; issues without such are left out."""
    kinds = context.meta.issue_types
    found: dict[int, Tracking] = {}
    for type_id, parent_id, *times in _BELOW.all(context.connection, site=context.site, ids=list(issue_ids)):
        if kinds[type_id].subtask:
            found[parent_id] = together(found.get(parent_id, UNTRACKED), _tracking(times))
    return found


def together(one: Tracking, other: Tracking) -> Tracking:
    """The sums of two issues' times; None where neither has any."""

    def both(name: str) -> int | None:
        values = [value for value in (getattr(one, name), getattr(other, name)) if value is not None]
        return sum(values) if values else None

    return Tracking(original_s=both("original_s"), remaining_s=both("remaining_s"), spent_s=both("spent_s"))


def read_estimates(value: object) -> dict[str, int | None]:
    """What `{"originalEstimate": "2d", "remainingEstimate": ""}` sets, by column; "" clears. Raises EstimateFault."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise EstimateFault("expected Object")
    found: dict[str, int | None] = {}
    for name, column in ESTIMATES.items():
        given = value.get(name)
        if given is None:
            continue
        if isinstance(given, bool) or not isinstance(given, str | int):
            raise EstimateFault(_INVALID[name])
        found[column] = seconds_of(str(given))
        if found[column] is None and str(given).strip():
            raise EstimateFault(_INVALID[name])
    return found


def set_estimates(context: Context, issue_id: int, given: Mapping[str, int | None]) -> list[Change]:
    """Set estimates of an issue and give the history items. The one that is lacking becomes like the one that is given."""
    present = tracking_of(context, [issue_id]).get(issue_id)
    return save_tracking(context, issue_id, present, _estimated(present or UNTRACKED, given))


def start_tracking(context: Context, given: Mapping[int, Mapping[str, int | None]]) -> None:
    """The estimates that new issues come with."""
    rows = [
        {"site": context.site, "issue_id": issue_id} | _columns(_estimated(UNTRACKED, estimates))
        for issue_id, estimates in given.items()
        if estimates
    ]
    if rows:
        context.connection.execute(insert(tables.time_tracking), rows)


def save_tracking(context: Context, issue_id: int, present: Tracking | None, wanted: Tracking) -> list[Change]:
    """Write an issue's times and give the history items of those that changed."""
    if wanted == (present or UNTRACKED):
        return []
    if present is None:
        row = {"site": context.site, "issue_id": issue_id} | _columns(wanted)
        context.connection.execute(insert(tables.time_tracking), row)
    else:
        of = (_t.site == context.site) & (_t.issue_id == issue_id)
        context.connection.execute(update(tables.time_tracking).where(of).values(_columns(wanted)))
    return _changes(present or UNTRACKED, wanted)


def _estimated(present: Tracking, given: Mapping[str, int | None]) -> Tracking:
    wanted = replace(present, **given)
    if given.keys() == {"original_s"} and present.remaining_s is None and not present.spent_s:
        return replace(wanted, remaining_s=wanted.original_s)
    if given.keys() == {"remaining_s"} and present.original_s is None and not present.spent_s:
        return replace(wanted, original_s=wanted.remaining_s)
    return wanted


def _tracking(values: Iterable[int | None]) -> Tracking:
    original, remaining, spent = (None if value is None else int(value) for value in values)
    return Tracking(original_s=original, remaining_s=remaining, spent_s=spent)


def _columns(tracking: Tracking) -> dict[str, int | None]:
    return {name: getattr(tracking, name) for name in _FIELDS}


def _changes(old: Tracking, new: Tracking) -> list[Change]:
    found = []
    for name, field in _FIELDS.items():
        before, after = (None if (value := getattr(one, name)) is None else str(value) for one in (old, new))
        if before != after:
            found.append(
                Change(field=field, field_id=field, from_value=before, from_text=before, to_value=after, to_text=after)
            )
    return found

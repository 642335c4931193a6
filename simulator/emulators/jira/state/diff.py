"""What new values change on an issue: columns to write and history items to record, nothing where nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.emulators.jira.fields import FLAGGED, POINTS
from simulator.emulators.jira.state.changes import Change, number_text
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.documents import loaded, stored, wiki, words_of
from simulator.emulators.jira.state.issues import Issue, read_issues
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.text.adf import Node, words


@dataclass(frozen=True, slots=True)
class Step:
    """One changed field: its columns' new values and the history item."""

    columns: dict[str, Any]
    change: Change


Differ = Callable[[Context, Issue, Any], Step | None]  # Any: each field has its own type


def _summary(_context: Context, issue: Issue, value: str) -> Step | None:
    if value == issue.summary:
        return None
    change = Change(field="summary", field_id="summary", from_text=issue.summary, to_text=value)
    return Step({"summary": value, "summary_words": words(value)}, change)


def _description(_context: Context, issue: Issue, value: Node | None) -> Step | None:
    if value == loaded(issue.description):
        return None
    kept = stored(value)
    change = Change(field="description", field_id="description", from_text=wiki(issue.description), to_text=wiki(kept))
    return Step({"description": kept, "description_words": words_of(value)}, change)


def _environment(_context: Context, issue: Issue, value: Node | None) -> Step | None:
    if value == loaded(issue.environment):
        return None
    kept = stored(value)
    change = Change(field="environment", field_id="environment", from_text=wiki(issue.environment), to_text=wiki(kept))
    return Step({"environment": kept, "environment_words": words_of(value)}, change)


def _priority(context: Context, issue: Issue, value: int) -> Step | None:
    if value == issue.priority_id:
        return None
    old, new = context.meta.priorities[issue.priority_id], context.meta.priorities[value]
    change = Change(
        field="priority",
        field_id="priority",
        from_value=str(old.id),
        from_text=old.name,
        to_value=str(new.id),
        to_text=new.name,
    )
    return Step({"priority_id": value}, change)


def _assignee(context: Context, issue: Issue, value: int | None) -> Step | None:
    return _person(context, "assignee", issue.assignee_id, value)


def _reporter(context: Context, issue: Issue, value: int | None) -> Step | None:
    return _person(context, "reporter", issue.reporter_id, value or context.account.id)


def _person(context: Context, field: str, old: int | None, new: int | None) -> Step | None:
    if old == new:
        return None
    people = people_by_id(context, [old, new])
    before, after = (people.get(number) if number is not None else None for number in (old, new))
    change = Change(
        field=field,
        field_id=field,
        from_value=before.jira_id if before else None,
        from_text=before.name if before else None,
        to_value=after.jira_id if after else None,
        to_text=after.name if after else None,
    )
    return Step({f"{field}_id": new}, change)


def _due(_context: Context, issue: Issue, value: Any) -> Step | None:
    if value == issue.due_on:
        return None
    old, new = (day.isoformat() if day else None for day in (issue.due_on, value))
    change = Change(
        field="duedate",
        field_id="duedate",
        from_value=old,
        from_text=f"{old} 00:00:00.0" if old else None,
        to_value=new,
        to_text=f"{new} 00:00:00.0" if new else None,
    )
    return Step({"due_on": value}, change)


def _points(_context: Context, issue: Issue, value: float | None) -> Step | None:
    if value == issue.points:
        return None
    change = Change(
        field="Story Points",
        field_id=POINTS,
        field_type="custom",
        from_text=number_text(issue.points),
        to_text=number_text(value),
    )
    return Step({"points": value}, change)


def _flag(_context: Context, issue: Issue, value: bool) -> Step | None:
    if value == issue.flagged:
        return None
    old, new = ("[10019]", "Impediment"), ("", "")
    if value:
        old, new = new, old
    change = Change(
        field="Flagged",
        field_id=FLAGGED,
        field_type="custom",
        from_value=old[0],
        from_text=old[1],
        to_value=new[0],
        to_text=new[1],
    )
    return Step({"flagged": value}, change)


def _parent(context: Context, issue: Issue, value: Issue | None) -> Step | None:
    if (value.id if value else None) == issue.parent_id:
        return None
    old = read_issues(context, [issue.parent_id]).get(issue.parent_id) if issue.parent_id else None
    return Step({"parent_id": value.id if value else None}, parent_change(old, value))


def parent_change(old: Issue | None, new: Issue | None) -> Change:
    """The history item of another parent."""
    return Change(
        field="IssueParentAssociation",
        field_id="parent",
        from_value=str(old.id) if old else None,
        from_text=old.key if old else None,
        to_value=str(new.id) if new else None,
        to_text=new.key if new else None,
    )


def _issue_type(context: Context, issue: Issue, value: int) -> Step | None:
    if value == issue.type_id:
        return None
    old, new = context.meta.issue_types[issue.type_id], context.meta.issue_types[value]
    change = Change(
        field="issuetype",
        field_id="issuetype",
        from_value=str(old.id),
        from_text=old.name,
        to_value=str(new.id),
        to_text=new.name,
    )
    return Step({"type_id": value}, change)


DIFFERS: dict[str, Differ] = {
    "issuetype": _issue_type,
    "summary": _summary,
    "description": _description,
    "environment": _environment,
    "priority": _priority,
    "assignee": _assignee,
    "reporter": _reporter,
    "duedate": _due,
    "parent": _parent,
    POINTS: _points,
    FLAGGED: _flag,
}


def steps(context: Context, issue: Issue, values: dict[str, Any]) -> list[Step]:
    """The steps that the values take the issue, for the fields that are columns."""
    found = (differ(context, issue, values[name]) for name, differ in DIFFERS.items() if name in values)
    return [step for step in found if step is not None]

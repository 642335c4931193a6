"""Changing issues: fields set, verbs applied, one history entry for all of it. Deleting them too."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.jira.state.assigning import person_faults
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.custom_values import set_values
from simulator.emulators.jira.state.diff import parent_change, steps
from simulator.emulators.jira.state.farewells import tell_deleted
from simulator.emulators.jira.state.field_permissions import planning_faults
from simulator.emulators.jira.state.field_values import read_fields
from simulator.emulators.jira.state.hierarchy import parent_faults
from simulator.emulators.jira.state.issues import Issue, children, read_issues
from simulator.emulators.jira.state.labels import set_labels
from simulator.emulators.jira.state.links import part_links
from simulator.emulators.jira.state.parts import resolve, set_parts
from simulator.emulators.jira.state.sprints import NOT_FOR_SUBTASKS, place_issues
from simulator.emulators.jira.state.time_tracking import set_estimates
from simulator.emulators.jira.state.values import ValueFault, read_issue_type
from simulator.emulators.jira.state.verbs import change_comments, change_links, fields_after, sorted_verbs
from simulator.emulators.jira.state.work_logging import change_worklogs

_i = tables.issues.c


@dataclass(slots=True)
class Work:
    """What an edit has gathered so far: columns to write and, by issue, what to record."""

    columns: dict[str, Any] = field(default_factory=dict)
    changed: dict[int, list[Change]] = field(default_factory=dict)

    def note(self, changed: dict[int, list[Change]]) -> None:
        """Add history items."""
        for issue_id, items in changed.items():
            self.changed.setdefault(issue_id, []).extend(items)


def edit_issue(
    context: Context, issue: Issue, *, fields: dict[str, Any], verbs: dict[str, Any], api: str, work: Work | None = None
) -> None:
    """Set fields and apply verbs (`update`), all or nothing. `work` may hold what a transition changed before.

    Raises BadRequest with every faulty field.
    """
    work = work or Work()
    asked = sorted_verbs(context, verbs)
    values, faults = _read(context, issue, fields | fields_after(context, issue, asked), api=api)
    twice = twice_faults(fields, verbs)
    if faults or twice:
        raise BadRequest(errors=faults | twice)
    _apply(context, issue, values, work)
    for items in change_links(context, issue, asked.links):
        work.note(items)
    write(context, issue, work)
    change_comments(context, issue, asked.comments, api=api)
    change_worklogs(context, issue, asked.worklogs, api=api)


def twice_faults(fields: Collection[str], verbs: Collection[str]) -> dict[str, str]:
    """What is wrong with fields that are both set and updated."""
    return {name: f"Field '{name}' cannot be set and updated in the same request." for name in verbs if name in fields}


def write(context: Context, issue: Issue, work: Work) -> None:
    """Write the gathered columns and history; what changed is marked as updated now."""
    touched = [issue_id for issue_id, items in work.changed.items() if items]
    record(context, work.changed)
    others = [issue_id for issue_id in touched if issue_id != issue.id]
    if others:
        of = (_i.site == context.site) & _i.id.in_(others)
        context.connection.execute(update(tables.issues).where(of).values(updated_at=context.now))
    if work.columns or issue.id in touched:
        of = (_i.site == context.site) & (_i.id == issue.id)
        values = work.columns | {"updated_at": context.now}
        context.connection.execute(update(tables.issues).where(of).values(values))


def delete_issue(context: Context, issue: Issue, *, subtasks: bool) -> None:
    """Delete an issue; one with sub-tasks only together with them. Raises BadRequest.

    Issues under an epic stay, as those that were linked: their history tells what they lost.
    """
    below = children(context, [issue.id], level=-1)
    if below and not subtasks:
        raise BadRequest(
            f"The issue '{issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this issue "
            "and all its subtasks."
        )
    gone = {one.id: one for one in (issue, *below)}
    tell_deleted(context, list(gone.values()))
    orphans = [child for child in children(context, gone) if child.id not in gone]
    changed = part_links(context, gone.keys())
    for child in orphans:
        changed.setdefault(child.id, []).append(parent_change(gone[child.parent_id or 0], None))
    of = (_i.site == context.site) & _i.id.in_([child.id for child in orphans])
    context.connection.execute(update(tables.issues).where(of).values(parent_id=None))
    record(context, changed)
    touch_issues(context, changed)
    context.connection.execute(delete(tables.issues).where(_i.site == context.site, _i.id.in_(gone.keys())))


def _read(context: Context, issue: Issue, given: dict[str, Any], *, api: str) -> tuple[dict[str, Any], dict[str, str]]:
    fields = {name: value for name, value in given.items() if name != "issuetype"}
    values, faults = read_fields(context, fields, api=api)
    parts, unknown = resolve(context, issue.project_id, values)
    values |= parts
    faults |= unknown | person_faults(context, issue.project_id, values, issue=issue)
    faults |= planning_faults(context, issue.project_id, values, issue=issue)
    if values.get(SPRINT) and context.meta.issue_types[issue.type_id].subtask:
        faults[SPRINT] = NOT_FOR_SUBTASKS.format(f"'{issue.key}' ")
    if "issuetype" in given:
        try:
            values["issuetype"] = _read_type(context, issue, given["issuetype"])
        except ValueFault as exc:
            faults["issuetype"] = str(exc)
    if not faults and ("parent" in values or "issuetype" in values):
        faults |= _hierarchy(context, issue, values)
    return values, faults


def _read_type(context: Context, issue: Issue, value: object) -> int:
    """A type whose workflow has the issue's status: without that it takes a move in Jira, and not an edit."""
    type_id = read_issue_type(context, value, context.meta.projects[issue.project_id])
    if issue.status_id not in context.meta.workflow_of(issue.project_id, type_id).status_ids():
        raise ValueFault("The issue type selected is invalid.")
    return type_id


def _hierarchy(context: Context, issue: Issue, values: dict[str, Any]) -> dict[str, str]:
    parent = values.get("parent")
    if "parent" not in values and issue.parent_id is not None:
        parent = read_issues(context, [issue.parent_id]).get(issue.parent_id)
    type_id = values.get("issuetype", issue.type_id)
    if parent and parent.id == issue.id:
        return {"parentId": "Given parent issue does not belong to appropriate hierarchy."}
    if _level(context, type_id) != _level(context, issue.type_id) and children(context, [issue.id]):
        return {"issuetype": "The issue type selected is invalid."}  # what is below it would hang in the air
    return parent_faults(context, type_id=type_id, project_id=issue.project_id, parent=parent)


def _level(context: Context, type_id: int) -> int:
    return context.meta.issue_types[type_id].level


def _apply(context: Context, issue: Issue, values: dict[str, Any], work: Work) -> None:
    for step in steps(context, issue, values):
        work.columns |= step.columns
        work.note({issue.id: [step.change]})
    if "labels" in values and (change := set_labels(context, issue.id, values["labels"])):
        work.note({issue.id: [change]})
    work.note({issue.id: set_parts(context, issue.id, values)})
    work.note({issue.id: set_values(context, issue.id, values)})
    if values.get("timetracking"):
        work.note({issue.id: set_estimates(context, issue.id, values["timetracking"])})
    if SPRINT in values:
        work.note(place_issues(context, [issue, *children(context, [issue.id], level=-1)], values[SPRINT]))

"""Changing issues: fields set, verbs applied, one history entry for all of it. Deleting them too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, JiraError, NotFound
from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.jira.state.changes import Change, record
from simulator.emulators.jira.state.comments import add_comment, delete_comment, edit_comment, find_comment
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.diff import steps
from simulator.emulators.jira.state.hierarchy import parent_faults
from simulator.emulators.jira.state.issues import Issue, children, read_issues
from simulator.emulators.jira.state.labels import labels_of, set_labels
from simulator.emulators.jira.state.links import add_link_from
from simulator.emulators.jira.state.sprints import place_issues
from simulator.emulators.jira.state.values import READERS, ValueFault, check_label, read_fields, read_issue_type

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
    verbs, comments, links = _sorted_verbs(verbs)
    values, faults = _read(context, issue, fields | _set_by_verbs(context, issue, verbs), api=api)
    twice = {name: f"Field '{name}' cannot be set and updated in the same request." for name in verbs if name in fields}
    if faults or twice:
        raise BadRequest(errors=faults | twice)
    _apply(context, issue, values, work)
    for link in links:
        work.note(add_link_from(context, issue, link))
    write(context, issue, work)
    for verb, value in comments:
        _comment(context, issue, verb, value, api=api)


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
    """Delete an issue; one with sub-tasks only together with them. Issues under an epic stay. Raises BadRequest."""
    below = children(context, [issue.id], level=-1)
    if below and not subtasks:
        raise BadRequest(
            f"The issue '{issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this issue "
            "and all its subtasks."
        )
    ids = [issue.id, *(child.id for child in below)]
    orphans = (_i.site == context.site) & _i.parent_id.in_(ids) & _i.id.not_in(ids)
    context.connection.execute(update(tables.issues).where(orphans).values(parent_id=None))
    context.connection.execute(delete(tables.issues).where(_i.site == context.site, _i.id.in_(ids)))


def _read(context: Context, issue: Issue, given: dict[str, Any], *, api: str) -> tuple[dict[str, Any], dict[str, str]]:
    fields = {name: value for name, value in given.items() if name != "issuetype"}
    values, faults = read_fields(context, fields, api=api)
    if "issuetype" in given:
        try:
            values["issuetype"] = read_issue_type(context, given["issuetype"], context.meta.projects[issue.project_id])
        except ValueFault as exc:
            faults["issuetype"] = str(exc)
    if not faults and ("parent" in values or "issuetype" in values):
        faults |= _hierarchy(context, issue, values)
    return values, faults


def _hierarchy(context: Context, issue: Issue, values: dict[str, Any]) -> dict[str, str]:
    parent = values.get("parent")
    if "parent" not in values and issue.parent_id is not None:
        parent = read_issues(context, [issue.parent_id]).get(issue.parent_id)
    type_id = values.get("issuetype", issue.type_id)
    if parent and parent.id == issue.id:
        return {"parentId": "Given parent issue does not belong to appropriate hierarchy."}
    return parent_faults(context, type_id=type_id, project_id=issue.project_id, parent=parent)


def _apply(context: Context, issue: Issue, values: dict[str, Any], work: Work) -> None:
    for step in steps(context, issue, values):
        work.columns |= step.columns
        work.note({issue.id: [step.change]})
    if "labels" in values and (change := set_labels(context, issue.id, values["labels"])):
        work.note({issue.id: [change]})
    if SPRINT in values:
        work.note(place_issues(context, [issue, *children(context, [issue.id], level=-1)], values[SPRINT]))


def _sorted_verbs(verbs: dict[str, Any]) -> tuple[dict[str, list[Any]], list[tuple[str, Any]], list[Any]]:
    """Verbs on fields, verbs on comments, links to add. Raises BadRequest for a shape that is none."""
    fields, comments, links = {}, [], []
    for name, operations in verbs.items():
        if not isinstance(operations, list) or not all(isinstance(o, dict) and len(o) == 1 for o in operations):
            raise BadRequest(errors={name: "data was not an array of operations"})
        if name == "comment":
            comments = [next(iter(operation.items())) for operation in operations]
        elif name == "issuelinks":
            links = [operation.get("add") for operation in operations]
        else:
            fields[name] = operations
    return fields, comments, links


def _set_by_verbs(context: Context, issue: Issue, verbs: dict[str, list[Any]]) -> dict[str, Any]:
    """What the verbs come to, as if the fields were set. Raises BadRequest for a verb that the field does not know."""
    found: dict[str, Any] = {}
    for name, operations in verbs.items():
        if name == "labels":
            found[name] = _labels_after(labels_of(context, [issue.id])[issue.id], operations)
            continue
        for operation in operations:
            verb, value = next(iter(operation.items()))
            if verb not in {"set", "edit"} and name in READERS:
                raise BadRequest(
                    errors={name: f"Field with id '{name}' and name '{name}' does not support operation '{verb}'"}
                )
            found[name] = value
    return found


def _labels_after(labels: list[str], operations: list[Any]) -> list[Any]:
    for operation in operations:
        verb, value = next(iter(operation.items()))
        try:
            if verb == "add":
                labels = [*labels, check_label(value)]
            elif verb == "remove":
                labels = [label for label in labels if label != value]
            elif verb == "set":
                labels = value
            else:
                raise ValueFault(f"Field with id 'labels' and name 'Labels' does not support operation '{verb}'")
        except ValueFault as exc:
            raise BadRequest(errors={"labels": str(exc)}) from exc
    return labels


def _comment(context: Context, issue: Issue, verb: str, value: object, *, api: str) -> None:
    given = value if isinstance(value, dict) else {}
    try:
        if verb == "add":
            add_comment(context, issue, given.get("body"), api=api)
            return
        comment = find_comment(context, issue, str(given.get("id", "")))
        if verb == "edit":
            edit_comment(context, issue, comment, given.get("body"), api=api)
        elif verb == "remove":
            delete_comment(context, issue, comment)
        else:
            raise JiraError(errors={"comment": f"Field 'comment' does not support operation '{verb}'"})
    except NotFound as exc:
        raise BadRequest(errors={"comment": str(exc)}) from exc

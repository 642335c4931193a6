"""Creating issues, one or fifty: all that is right is created in a few statements, all that is wrong is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.fields import FLAGGED, POINTS, SPRINT
from simulator.emulators.jira.state import rank
from simulator.emulators.jira.state.assigning import person_faults
from simulator.emulators.jira.state.components import assignee_of_components
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.custom_values import insert_values
from simulator.emulators.jira.state.documents import stored, words_of
from simulator.emulators.jira.state.field_permissions import planning_faults
from simulator.emulators.jira.state.field_values import read_fields
from simulator.emulators.jira.state.hierarchy import parent_faults
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.parts import insert_parts, resolve
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.jira.state.sprints import NOT_FOR_SUBTASKS, sprints_of
from simulator.emulators.jira.state.time_tracking import start_tracking
from simulator.emulators.jira.state.values import ValueFault, read_issue_type, read_project
from simulator.emulators.jira.text.adf import words
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import insert_all

_p = tables.projects.c
_COUNT = (
    update(tables.projects)
    .where(_p.site == bindparam("of_site"), _p.id == bindparam("of_project"))
    .values(issue_counter=_p.issue_counter + bindparam("count"))
    .returning(_p.issue_counter)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A checked issue that is not yet one."""

    project: Project
    type_id: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """What a new issue is called."""

    id: int
    key: str


def check_draft(context: Context, fields: dict[str, Any], *, api: str) -> tuple[Draft | None, dict[str, str]]:
    """A draft of what a request gives, or the faults by field."""
    faults: dict[str, str] = {}
    try:
        project = read_project(context, fields.get("project"))
    except ValueFault as exc:
        return None, {"project": str(exc)}
    if not may(context, "CREATE_ISSUES", project_id=project.id):  # 400, as Jira documents it, and not 403
        return None, {"project": "You do not have permission to create issues in this project."}
    type_id = 0
    try:
        type_id = read_issue_type(context, fields.get("issuetype"), project)
    except ValueFault as exc:
        faults["issuetype"] = str(exc)
    given = {name: value for name, value in fields.items() if name not in {"project", "issuetype"}}
    values, wrong = read_fields(context, {"summary": None} | given, api=api)
    parts, unknown = resolve(context, project.id, values)
    values |= parts
    faults |= (
        wrong | unknown | person_faults(context, project.id, values) | planning_faults(context, project.id, values)
    )
    if type_id and "parent" not in faults:
        faults |= parent_faults(context, type_id=type_id, project_id=project.id, parent=values.get("parent"))
    if type_id and values.get(SPRINT) and context.meta.issue_types[type_id].subtask:
        faults[SPRINT] = NOT_FOR_SUBTASKS.format("")
    return (None, faults) if faults else (Draft(project=project, type_id=type_id, values=values), {})


def create_issues(context: Context, drafts: list[Draft]) -> list[Created]:
    """Create issues in their order, ranked last in that order."""
    if not drafts:
        return []
    last_id = next_value(context.connection, context.site, counter("issue"), count=len(drafts))
    numbers = _reserve_numbers(context, drafts)
    rows = [
        _row(context, draft, issue_id=last_id - len(drafts) + 1 + n, number=numbers[n])
        for n, draft in enumerate(drafts)
    ]
    insert_all(context.connection, tables.issues, rows)
    watching = [{"site": context.site, "issue_id": row["id"], "account_id": context.account.id} for row in rows]
    insert_all(context.connection, tables.watchers, watching)
    _insert_parts(context, list(zip(rows, drafts, strict=True)))
    for row in rows:
        context.tell("jira:issue_created", row["id"])
    return [Created(id=row["id"], key=row["key"]) for row in rows]


def _reserve_numbers(context: Context, drafts: list[Draft]) -> list[int]:
    """The numbers of the drafts in their projects. The row lock makes concurrent creators wait their turn."""
    counts: dict[int, int] = {}
    for draft in sorted(drafts, key=lambda d: d.project.id):
        counts[draft.project.id] = counts.get(draft.project.id, 0) + 1
    upcoming = {}
    for project_id, count in counts.items():
        of = {"of_site": context.site, "of_project": project_id, "count": count}
        upcoming[project_id] = context.connection.execute(_COUNT, of).scalar_one() - count + 1
    numbers = []
    for draft in drafts:
        numbers.append(upcoming[draft.project.id])
        upcoming[draft.project.id] += 1
    return numbers


def _row(context: Context, draft: Draft, *, issue_id: int, number: int) -> dict[str, Any]:
    values = draft.values
    description = values.get("description")
    parent: Issue | None = values.get("parent")
    return {
        "site": context.site,
        "id": issue_id,
        "project_id": draft.project.id,
        "number": number,
        "key": f"{draft.project.key}-{number}",
        "type_id": draft.type_id,
        "status_id": context.meta.workflow_of(draft.project.id, draft.type_id).initial_status_id,
        "status_changed_at": context.now,
        "priority_id": values.get("priority") or context.meta.default_priority.id,
        "resolution_id": None,
        "resolved_at": None,
        "summary": values["summary"],
        "summary_words": words(values["summary"]),
        "description": stored(description),
        "description_words": words_of(description),
        "environment": stored(values.get("environment")),
        "environment_words": words_of(values.get("environment")),
        "assignee_id": _assignee(context, draft),
        "reporter_id": values.get("reporter") or context.account.id,
        "creator_id": context.account.id,
        "parent_id": parent.id if parent else None,
        "points": values.get(POINTS),
        "flagged": values.get(FLAGGED, False),
        "due_on": values.get("duedate"),
        "rank": rank.initial(issue_id),
        "created_at": context.now,
        "updated_at": context.now,
    }


def _assignee(context: Context, draft: Draft) -> int | None:
    """Who is assigned: as given, else as the components or the project say."""
    if "assignee" in draft.values:
        assignee: int | None = draft.values["assignee"]
        return assignee
    return assignee_of_components(context, draft.project, draft.values.get("components", ()))


def _insert_parts(context: Context, made: list[tuple[dict[str, Any], Draft]]) -> None:
    labelled = [
        {"site": context.site, "issue_id": row["id"], "label": label}
        for row, draft in made
        for label in draft.values.get("labels", ())
    ]
    insert_all(context.connection, tables.labels, labelled)
    insert_parts(context, ((row["id"], draft.values) for row, draft in made))
    insert_values(context, ((row["id"], draft.values) for row, draft in made))
    planned = [(row["id"], sprint.id) for row, draft in made if (sprint := draft.values.get(SPRINT))]
    start_tracking(context, {row["id"]: draft.values.get("timetracking", {}) for row, draft in made})
    subtasks = {row["id"]: row["parent_id"] for row, draft in made if _follows_parent(context, draft)}
    if subtasks:
        sprints = sprints_of(context, set(subtasks.values()))
        planned += [(n, s.id) for n, parent in subtasks.items() for s in sprints[parent] if s.state != "closed"]
    rows = [{"site": context.site, "issue_id": n, "sprint_id": sprint_id} for n, sprint_id in planned]
    insert_all(context.connection, tables.issue_sprints, rows)


def _follows_parent(context: Context, draft: Draft) -> bool:
    """A sub-task is in its parent's sprint."""
    return context.meta.issue_types[draft.type_id].subtask and SPRINT not in draft.values

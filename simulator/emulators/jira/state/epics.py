"""Epics and the issues under them."""

from __future__ import annotations

from sqlalchemy import update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NoIssue, NotFound
from simulator.emulators.jira.state.changes import record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.diff import steps
from simulator.emulators.jira.state.hierarchy import parent_faults
from simulator.emulators.jira.state.issues import Issue, find_issue

COLORS = frozenset(f"color_{number}" for number in range(1, 15))


def find_epic(context: Context, key_or_id: str) -> Issue:
    """An epic by key or id. Raises NotFound for another issue too."""
    try:
        issue = find_issue(context, key_or_id)
    except NoIssue:
        raise NotFound("The requested issue does not exist or is not an epic.") from None
    if context.meta.issue_types[issue.type_id].level != 1:
        raise NotFound("The requested issue does not exist or is not an epic.")
    return issue


def mark_epic(context: Context, epic: Issue, *, color: str | None, done: bool | None) -> None:
    """Give an epic another colour, or mark it as done or not; None leaves as it is. Raises BadRequest for no such colour."""
    if color is not None and color not in COLORS:
        raise BadRequest(errors={"color": f"The color '{color}' is not valid."})
    values = {name: value for name, value in (("epic_color", color), ("epic_done", done)) if value is not None}
    if values:
        i = tables.issues.c
        of = (i.site == context.site) & (i.id == epic.id)
        context.connection.execute(update(tables.issues).where(of).values(values))
        touch_issues(context, [epic.id])


def set_epic(context: Context, issues: list[Issue], epic: Issue | None) -> None:
    """Put issues under an epic, or under none. Raises BadRequest when one of them cannot be."""
    changed = {}
    for issue in issues:
        if epic and parent_faults(context, type_id=issue.type_id, project_id=issue.project_id, parent=epic):
            raise BadRequest(f"The issue '{issue.key}' cannot be added to an epic.")
        for step in steps(context, issue, {"parent": epic}):
            i = tables.issues.c
            of = (i.site == context.site) & (i.id == issue.id)
            context.connection.execute(update(tables.issues).where(of).values(step.columns))
            changed[issue.id] = [step.change]
    record(context, changed)
    if changed:
        touch_issues(context, changed)

"""Which webhooks an event concerns: by its name, by JQL over its issue, by the fields that changed, by a property's key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from simulator.emulators.jira.errors import JiraError, NotFound
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.parser import parse
from simulator.emulators.jira.jql.tree import And, Changed, Clause, Compare, Not, Or, Was
from simulator.emulators.jira.state.boards import find_board
from simulator.emulators.jira.state.context import Context, Notice
from simulator.emulators.jira.state.issues import read_issues
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.permissions import hidden_projects
from simulator.emulators.jira.state.search.query import compile_jql, matching
from simulator.emulators.jira.state.visibility import sees
from simulator.emulators.jira.state.webhooks import ISSUE_EVENTS, Webhook

_FIELDS = frozenset({"issuekey", "key", "issue", "id", "project", "issuetype", "type", "status", "priority"}) | {
    "assignee",
    "reporter",
    "issue.property",
    "epic link",
    "resolution",
}
_SAID = {"comment", "edited_comment", "worklog"}
_OPERATORS = frozenset({"=", "!=", "in", "not in"})


def concerned(context: Context, hooks: Iterable[Webhook], notice: Notice) -> list[Webhook]:
    """Those of the webhooks that are to hear of it. The issue must still be there."""
    return [hook for hook in hooks if notice.event in hook.events and _wants(context, hook, notice)]


def fault_of(context: Context, jql: str) -> str | None:
    """What is wrong with a query as a filter of an administrators' webhook, None when nothing is."""
    try:
        compile_jql(context, jql)
    except JqlError as exc:
        return exc.messages[0]
    return None


def dynamic_fault_of(context: Context, jql: str) -> str | None:
    """The same for a dynamic webhook, where only some clauses and operators are supported.

    Source: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-webhooks/#api-rest-api-3-webhook-post
    """
    try:
        query = parse(jql)
    except JqlError as exc:
        return exc.messages[0]
    if query.order:
        return "The ORDER BY clause is unsupported"
    return (_unsupported(query.where) if query.where else None) or fault_of(context, jql)


def _unsupported(clause: Clause) -> str | None:
    match clause:
        case And(clauses) | Or(clauses):
            return next(filter(None, map(_unsupported, clauses)), None)
        case Not(inner):
            return _unsupported(inner)
        case Was(field) | Changed(field):
            return f"The clause {field.name} with a history operator is unsupported"
        case Compare(field, operator):
            name = field.name.lower()
            if name not in _FIELDS and not name.startswith(("cf[", "issue.property")):
                return f"The clause {field.name} is unsupported"
            return None if operator in _OPERATORS else f"The operator {operator} is unsupported"


def viewers(context: Context, hooks: Iterable[Webhook]) -> list[tuple[Context, list[Webhook]]]:
    """The webhooks by whose eyes their payloads are written: an app's by its person's, administrators' by the caller's."""
    found: dict[int | None, list[Webhook]] = {}
    for hook in hooks:
        found.setdefault(hook.owner_id if hook.dynamic else None, []).append(hook)
    seen = ((context if owner is None else _as_owner(context, own[0]), own) for owner, own in found.items())
    return [(viewer, own) for viewer, own in seen if viewer is not None]


def _wants(context: Context, hook: Webhook, notice: Notice) -> bool:
    if notice.event == "jira:issue_updated" and hook.field_ids:
        changed = {name for item in notice.detail.get("items", ()) for name in (item.field_id, item.field)}
        if changed.isdisjoint(hook.field_ids):
            return False
    property_key = notice.detail.get("key")
    if property_key is not None and hook.property_keys and property_key not in hook.property_keys:
        return False
    everything = not hook.jql.strip() and not hook.dynamic  # an app hears of what its person may see
    if everything:
        return True
    viewer = _as_owner(context, hook)
    if viewer is None or (hook.dynamic and not _may_hear(viewer, notice)):
        return False
    about_issue = notice.issue_id is not None and notice.event in ISSUE_EVENTS
    return not about_issue or _matches(viewer, hook, notice.issue_id or 0)


def _may_hear(viewer: Context, notice: Notice) -> bool:
    """Whether somebody may see what a notice tells of beside its issue: a comment, a worklog, a version, a sprint."""
    said = said_in(viewer, notice)
    if said is None and _SAID & notice.detail.keys():
        return bool(notice.detail.get("items"))  # what was changed can be told without what was said
    version, sprint = notice.detail.get("version"), notice.detail.get("sprint")
    if version is not None:
        return version.project_id not in viewer.meta.hidden
    return sprint is None or _sees_board(viewer, sprint.board_id)


def _sees_board(viewer: Context, board_id: int) -> bool:
    try:
        return bool(find_board(viewer, board_id))
    except NotFound:
        return False


def said_in(viewer: Context, notice: Notice) -> Any:  # Any: a comment or a worklog
    """The comment or worklog that a notice tells of, None without one that the viewer may see."""
    said = next((notice.detail[name] for name in sorted(_SAID) if name in notice.detail), None)
    if said is None or notice.issue_id is None:
        return said
    issue = read_issues(viewer, [notice.issue_id]).get(notice.issue_id)
    seen = issue is not None and sees(viewer, issue.project_id, said.visible_to, said.visible_id)
    return said if seen else None


def _as_owner(context: Context, hook: Webhook) -> Context | None:
    """What the owner of a webhook would see; None for the app of somebody who is gone."""
    owner = people_by_id(context, [hook.owner_id]).get(hook.owner_id)
    if owner is None or (hook.dynamic and not owner.active):
        return None
    meta = context.meta.seen_without(*hidden_projects(context.meta.access, owner, context.meta.projects))
    return replace(context, account=owner, meta=meta, notices=[])


def _matches(viewer: Context, hook: Webhook, issue_id: int) -> bool:
    try:
        return bool(matching(viewer, compile_jql(viewer, hook.jql), [issue_id]))
    except (JqlError, JiraError):  # what it names is gone since it was registered: it finds nothing
        return False

"""Which webhooks an event concerns: by its name, by JQL over its issue, by the fields that changed, by a property's key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from simulator.emulators.jira.errors import JiraError
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.parser import parse
from simulator.emulators.jira.jql.tree import And, Changed, Clause, Compare, Not, Or, Was
from simulator.emulators.jira.state.context import Context, Notice
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.permissions import hidden_projects
from simulator.emulators.jira.state.search.query import compile_jql, matching
from simulator.emulators.jira.state.webhooks import ISSUE_EVENTS, Webhook

_FIELDS = frozenset({"issuekey", "key", "issue", "id", "project", "issuetype", "type", "status", "priority"}) | {
    "assignee",
    "reporter",
    "issue.property",
    "epic link",
    "resolution",
}
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


def _wants(context: Context, hook: Webhook, notice: Notice) -> bool:
    if notice.event == "jira:issue_updated" and hook.field_ids:
        changed = {name for item in notice.detail.get("items", ()) for name in (item.field_id, item.field)}
        if changed.isdisjoint(hook.field_ids):
            return False
    property_key = notice.detail.get("key")
    if property_key is not None and hook.property_keys and property_key not in hook.property_keys:
        return False
    if notice.issue_id is None or notice.event not in ISSUE_EVENTS:
        return True
    everything = not hook.jql.strip() and not hook.dynamic  # an app hears of what its person may see
    return everything or _matches(context, hook, notice.issue_id)


def _matches(context: Context, hook: Webhook, issue_id: int) -> bool:
    owner = people_by_id(context, [hook.owner_id]).get(hook.owner_id)
    if owner is None:
        return False
    meta = context.meta.seen_without(*hidden_projects(context.meta.access, owner, context.meta.projects))
    asking = replace(context, account=owner, meta=meta, notices=[])
    try:
        return bool(matching(asking, compile_jql(asking, hook.jql), [issue_id]))
    except (JqlError, JiraError):  # what it names is gone since it was registered: it finds nothing
        return False

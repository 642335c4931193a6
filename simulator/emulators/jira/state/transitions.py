"""Moving issues through their workflow: who may, what it asks, what it sets; status and all else in one history entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.fields import BY_ID, POINTS
from simulator.emulators.jira.state.changes import Change
from simulator.emulators.jira.state.configuration import Transition
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.diff import steps
from simulator.emulators.jira.state.edit import Work, edit_issue
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.labels import labels_of
from simulator.emulators.jira.state.parts import parts_of
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.jira.state.values import ValueFault, read_resolution

_ALWAYS = {"comment", "issuelinks", "worklog"}
"""Verbs that need no screen of their own."""

_HELD: dict[str, Callable[[Context, Issue], object]] = {
    "assignee": lambda _c, issue: issue.assignee_id,
    "components": lambda context, issue: parts_of(context, [issue.id])[issue.id].get("components"),
    "description": lambda _c, issue: issue.description,
    "duedate": lambda _c, issue: issue.due_on,
    "environment": lambda _c, issue: issue.environment,
    "fixVersions": lambda context, issue: parts_of(context, [issue.id])[issue.id].get("fixVersions"),
    "labels": lambda context, issue: labels_of(context, [issue.id])[issue.id],
    "priority": lambda _c, issue: issue.priority_id,
    "reporter": lambda _c, issue: issue.reporter_id,
    "resolution": lambda _c, issue: issue.resolution_id,
    POINTS: lambda _c, issue: issue.points,
}
"""What an issue has already, for the fields that a transition can require."""


def available(context: Context, issue: Issue) -> list[Transition]:
    """The transitions that the caller can let the issue take now; none without the permission to."""
    if not may(context, "TRANSITION_ISSUES", issue=issue):
        return []
    return [step for step in leading_on(context, issue) if _is_allowed(context, issue, step)]


def leading_on(context: Context, issue: Issue) -> list[Transition]:
    """The transitions of the issue's workflow that begin where it is, whoever may take them."""
    return context.meta.workflow_of(issue.project_id, issue.type_id).available(issue.status_id)


def transition_issue(
    context: Context, issue: Issue, *, transition_id: object, fields: dict[str, Any], verbs: dict[str, Any], api: str
) -> None:
    """Take a transition, with what it sets and whatever else is given on its screen. Raises BadRequest."""
    chosen = _chosen(context, issue, transition_id)
    fields, verbs = _without_verb(fields, verbs)
    resolution_id = _resolution(context, chosen, fields)
    given = {name: value for name, value in fields.items() if name != "resolution"}
    _check_screen(chosen, given, verbs)
    filled = [name for name in chosen.rules.require if name in given or name in verbs]
    _check_required(context, issue, [n for n in chosen.rules.require if n not in filled], resolution_id)
    work = Work()
    _move(context, issue, chosen.to_status_id, work)
    _resolve(context, issue, resolution_id, work)
    if "assignee" not in given:
        _assign(context, issue, chosen.rules.assign, work)
    edit_issue(context, issue, fields=given, verbs=verbs, api=api, work=work)
    if filled:  # with something, and not with nothing
        _check_required(context, find_issue(context, issue.id), filled, resolution_id)


def _is_allowed(context: Context, issue: Issue, step: Transition) -> bool:
    rules, account = step.rules, context.account
    if not rules.is_conditional:
        return True
    lead_id = context.meta.projects[issue.project_id].lead_id
    people = {"assignee": issue.assignee_id, "reporter": issue.reporter_id, "lead": lead_id}
    if any(people.get(who) == account.id for who in rules.only) or ("admin" in rules.only and account.admin):
        return True
    access = context.meta.access
    wanted = {name.lower() for name in rules.roles}
    roles = [role.id for role in access.roles.values() if role.name.lower() in wanted]
    return any(access.in_role(account, issue.project_id, role_id) for role_id in roles)


def _chosen(context: Context, issue: Issue, transition_id: object) -> Transition:
    if transition_id is None or transition_id == "":
        raise BadRequest("Missing 'transition' identifier")
    if not str(transition_id).isdecimal():
        raise BadRequest("'transition' identifier must be an integer")
    chosen = next((t for t in available(context, issue) if str(t.id) == str(transition_id)), None)
    if chosen is None:
        raise BadRequest(f"Transition id '{transition_id}' is not valid for this issue.")
    return chosen


def _check_screen(chosen: Transition, given: dict[str, Any], verbs: dict[str, Any]) -> None:
    shown = set(chosen.rules.on_screen)
    off_screen = [n for n in given if n not in shown] + [n for n in verbs if n not in shown | _ALWAYS]
    if off_screen:
        words = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."
        raise BadRequest(errors={name: words.format(name) for name in off_screen})


def _check_required(context: Context, issue: Issue, names: Sequence[str], resolution_id: int | None) -> None:
    lacking = {}
    for name in names:
        held = resolution_id if name == "resolution" else _HELD[name](context, issue)
        if held in (None, "", [], ()):
            lacking[name] = f"{BY_ID[name].name} is required."
    if lacking:
        raise BadRequest(errors=lacking)


def _without_verb(fields: dict[str, Any], verbs: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A resolution that `update` sets as if `fields` did. Raises BadRequest for another verb than that, or both."""
    if "resolution" not in verbs:
        return fields, verbs
    match verbs["resolution"]:
        case [{"set": wanted, **more}] if "resolution" not in fields and not more:
            rest = {name: operations for name, operations in verbs.items() if name != "resolution"}
            return fields | {"resolution": wanted}, rest
    raise BadRequest(errors={"resolution": "The resolution can be set once, in 'fields' or in 'update'."})


def _resolution(context: Context, chosen: Transition, fields: dict[str, Any]) -> int | None:
    """What the transition sets; its screen lets one choose where it sets any, or shows the field."""
    if "resolution" not in fields:
        return chosen.resolution_id
    if chosen.resolution_id is None and "resolution" not in chosen.rules.on_screen:
        raise BadRequest(
            errors={"resolution": "Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown."}
        )
    try:
        return read_resolution(context, fields["resolution"]).id
    except ValueFault as exc:
        raise BadRequest(errors={"resolution": str(exc)}) from exc


def _assign(context: Context, issue: Issue, who: str, work: Work) -> None:
    if not who:
        return
    lead_id = context.meta.projects[issue.project_id].lead_id
    chosen = {"me": context.account.id, "lead": lead_id, "reporter": issue.reporter_id}.get(who)
    for step in steps(context, issue, {"assignee": chosen}):
        work.columns |= step.columns
        work.note({issue.id: [step.change]})


def _move(context: Context, issue: Issue, status_id: int, work: Work) -> None:
    if status_id == issue.status_id:
        return
    old, new = context.meta.statuses[issue.status_id], context.meta.statuses[status_id]
    work.columns["status_id"] = status_id
    if old.category != new.category:
        work.columns["status_changed_at"] = context.now
    change = Change(
        field="status",
        field_id="status",
        from_value=str(old.id),
        from_text=old.name,
        to_value=str(new.id),
        to_text=new.name,
    )
    work.note({issue.id: [change]})


def _resolve(context: Context, issue: Issue, resolution_id: int | None, work: Work) -> None:
    if resolution_id == issue.resolution_id:
        return
    old, new = (context.meta.resolutions.get(number or 0) for number in (issue.resolution_id, resolution_id))
    work.columns |= {"resolution_id": resolution_id, "resolved_at": context.now if new else None}
    change = Change(
        field="resolution",
        field_id="resolution",
        from_value=str(old.id) if old else None,
        from_text=old.name if old else None,
        to_value=str(new.id) if new else None,
        to_text=new.name if new else None,
    )
    work.note({issue.id: [change]})

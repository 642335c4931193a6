"""Moving issues through their workflow: status, resolution and its date, one history entry."""

from __future__ import annotations

from typing import Any

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.state.changes import Change
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.edit import Work, edit_issue
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.meta import Transition
from simulator.emulators.jira.state.values import ValueFault, read_resolution


def available(context: Context, issue: Issue) -> list[Transition]:
    """The transitions that the issue can take now."""
    return context.meta.workflow_of(issue.project_id).available(issue.status_id)


def transition_issue(
    context: Context, issue: Issue, *, transition_id: object, fields: dict[str, Any], verbs: dict[str, Any], api: str
) -> None:
    """Take a transition, with the resolution that it sets and whatever else is given. Raises BadRequest."""
    if transition_id is None or transition_id == "":
        raise BadRequest("Missing 'transition' identifier")
    if not str(transition_id).isdecimal():
        raise BadRequest("'transition' identifier must be an integer")
    chosen = next((t for t in available(context, issue) if str(t.id) == str(transition_id)), None)
    if chosen is None:
        raise BadRequest(f"Transition id '{transition_id}' is not valid for this issue.")
    resolution_id = _resolution(context, chosen, fields)
    off_screen = [name for name in fields if name != "resolution"] + [
        n for n in verbs if n not in {"comment", "issuelinks"}
    ]
    if off_screen:
        raise BadRequest(
            errors={
                n: f"Field '{n}' cannot be set. It is not on the appropriate screen, or unknown." for n in off_screen
            }
        )
    work = Work()
    _move(context, issue, chosen.to_status_id, work)
    _resolve(context, issue, resolution_id, work)
    edit_issue(context, issue, fields={}, verbs=verbs, api=api, work=work)


def _resolution(context: Context, chosen: Transition, fields: dict[str, Any]) -> int | None:
    """What the transition sets; its screen lets one choose where it sets any."""
    if "resolution" not in fields:
        return chosen.resolution_id
    if chosen.resolution_id is None:
        raise BadRequest(
            errors={"resolution": "Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown."}
        )
    try:
        return read_resolution(context, fields["resolution"]).id
    except ValueFault as exc:
        raise BadRequest(errors={"resolution": str(exc)}) from exc


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

"""Transitions as an issue can take them, with the fields of their screens.

https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-get
"""

from __future__ import annotations

from simulator.emulators.jira.fields import BY_ID
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.metadata import described
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.configuration import Transition
from simulator.emulators.jira.state.issues import Issue


def transition(session: Session, issue: Issue, step: Transition, *, fields: bool = False) -> Json:
    """A transition; with `fields`, what its screen asks for."""
    shape: Json = {
        "id": str(step.id),
        "name": step.name,
        "to": shapes.status(session, session.context.meta.statuses[step.to_status_id]),
        "hasScreen": step.resolution_id is not None or bool(step.rules.on_screen),
        "isGlobal": step.from_status_id is None,
        "isInitial": False,
        "isAvailable": True,
        "isConditional": step.rules.is_conditional,
        "isLooped": step.from_status_id == step.to_status_id,
    }
    return shape | {"fields": _screen(session, issue, step)} if fields else shape


def _screen(session: Session, issue: Issue, step: Transition) -> dict[str, Json]:
    project = session.context.meta.projects[issue.project_id]
    shown = {
        name: described(session, project, BY_ID[name]) | {"required": name in step.rules.require}
        for name in step.rules.on_screen
        if name != "resolution"
    }
    if step.resolution_id is not None or "resolution" in step.rules.on_screen:
        shown["resolution"] = _resolution(session, step)
    return shown


def _resolution(session: Session, step: Transition) -> Json:
    spec, meta = BY_ID["resolution"], session.context.meta
    ordered = sorted(meta.resolutions.values(), key=lambda one: one.position)
    shape: Json = {
        "required": "resolution" in step.rules.require,
        "schema": spec.schema(),
        "name": spec.name,
        "key": spec.id,
        "hasDefaultValue": step.resolution_id is not None,
        "operations": ["set"],
        "allowedValues": [shapes.resolution(session, one) for one in ordered],
    }
    if step.resolution_id is not None:
        shape["defaultValue"] = shapes.resolution(session, meta.resolutions[step.resolution_id])
    return shape

"""Components of projects: made, changed, deleted. Issues that lose one have it in their history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.changes import record, touch_issues
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.meta import touch
from simulator.emulators.jira.state.parts import replace_part
from simulator.emulators.jira.state.parts_meta import Component
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

FIRST_ID = 10000
LONGEST_NAME = 255
LONGEST_DESCRIPTION = 16384
ASSIGNEE_TYPES = ("PROJECT_DEFAULT", "COMPONENT_LEAD", "PROJECT_LEAD", "UNASSIGNED")
_c = tables.components.c
_ON = tables.issue_components.c


def components_of(context: Context, project: Project) -> list[Component]:
    """The components of a project, by name."""
    own = (component for component in context.meta.components.values() if component.project_id == project.id)
    return sorted(own, key=lambda component: (component.name.lower(), component.id))


def find_component(context: Context, number: str) -> Component:
    """A component by id. Raises NotFound."""
    found = context.meta.components.get(int(number) if number.isdecimal() and len(number) < 19 else 0)
    if found is None:
        raise NotFound(f"The component with id {number} does not exist.")
    return found


def create_component(context: Context, project: Project, values: dict[str, Any]) -> Component:
    """A new component. Raises BadRequest, Forbidden."""
    require(context, "ADMINISTER_PROJECTS", project_id=project.id)
    component = Component(
        id=next_value(context.connection, context.site, counter("component")) + FIRST_ID - 1,
        project_id=project.id,
        name=values.get("name", ""),
        description=values.get("description", ""),
        lead_id=values.get("lead_id"),
        assignee_type=values.get("assignee_type", "PROJECT_DEFAULT"),
    )
    _check(component, components_of(context, project))
    context.connection.execute(insert(tables.components), {"site": context.site} | _row(component))
    touch(context.connection, context.site)
    return component


def edit_component(context: Context, component: Component, values: dict[str, Any]) -> Component:
    """Change a component; what is not given stays. Raises BadRequest, Forbidden."""
    require(context, "ADMINISTER_PROJECTS", project_id=component.project_id)
    changed = Component(**(_row(component) | values))
    _check(changed, components_of(context, context.meta.projects[component.project_id]))
    if values:
        of = (_c.site == context.site) & (_c.id == component.id)
        context.connection.execute(update(tables.components).where(of).values(**values))
        touch(context.connection, context.site)
    return changed


def delete_component(context: Context, component: Component, *, move_to: Component | None) -> None:
    """Delete a component; its issues get the other one, or none. Raises Forbidden, NotFound for one of another project."""
    require(context, "ADMINISTER_PROJECTS", project_id=component.project_id)
    if move_to is not None and (move_to.project_id != component.project_id or move_to.id == component.id):
        raise NotFound("The component to move issues to must be another one of the same project.")
    query = select(_ON.issue_id).where(_ON.site == context.site, _ON.component_id == component.id)
    issue_ids = context.connection.execute(query.order_by(_ON.issue_id)).scalars().all()
    changed = replace_part(context, "components", component, move_to, issue_ids)
    record(context, changed)
    touch_issues(context, changed)
    context.connection.execute(delete(tables.components).where(_c.site == context.site, _c.id == component.id))
    touch(context.connection, context.site)


def count_issues(context: Context, numbers: Sequence[int]) -> dict[int, int]:
    """How many issues have each of these components."""
    query = select(_ON.component_id, func.count()).where(_ON.site == context.site, _ON.component_id.in_(numbers))
    found = {row[0]: row[1] for row in context.connection.execute(query.group_by(_ON.component_id))}
    return {number: found.get(number, 0) for number in numbers}


def assignee_by_default(context: Context, component: Component) -> tuple[str, int | None]:
    """What kind of assignee new issues of a component really get, and who that is."""
    project = context.meta.projects[component.project_id]
    if component.assignee_type == "COMPONENT_LEAD" and component.lead_id is not None:
        return "COMPONENT_LEAD", component.lead_id
    if component.assignee_type == "PROJECT_LEAD":
        return "PROJECT_LEAD", project.lead_id
    if component.assignee_type == "UNASSIGNED":
        return "UNASSIGNED", None
    return "PROJECT_DEFAULT", project.lead_id if project.assignee_type == "PROJECT_LEAD" else None


def assignee_of_components(context: Context, project: Project, numbers: Sequence[int]) -> int | None:
    """Who gets a new issue with these components when nobody is named: the first component that has its own mind decides."""
    for component in components_of(context, project):
        if component.id in numbers and component.assignee_type != "PROJECT_DEFAULT":
            return assignee_by_default(context, component)[1]
    return project.lead_id if project.assignee_type == "PROJECT_LEAD" else None


def _check(component: Component, others: Sequence[Component]) -> None:
    errors: dict[str, str] = {}
    if not component.name.strip():
        errors["name"] = "The component name specified is invalid - cannot be an empty string."
    elif len(component.name) > LONGEST_NAME:
        errors["name"] = f"The component name must not exceed {LONGEST_NAME} characters."
    elif any(one.id != component.id and one.name.lower() == component.name.lower() for one in others):
        errors["name"] = f"A component with the name {component.name} already exists in this project."
    if len(component.description) > LONGEST_DESCRIPTION:
        errors["description"] = f"The description must not exceed {LONGEST_DESCRIPTION} characters."
    if component.assignee_type not in ASSIGNEE_TYPES:
        errors["assigneeType"] = f"The assignee type '{component.assignee_type[:40]}' is not valid."
    if errors:
        raise BadRequest(errors=errors)


def _row(component: Component) -> dict[str, Any]:
    return {field.name: getattr(component, field.name) for field in fields(component)}

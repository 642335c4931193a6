"""Properties of projects: JSON values that programs keep on them, unseen by people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import delete, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.jira.state.properties import check_property

_p = tables.project_properties.c


def property_keys(context: Context, project: Project) -> list[str]:
    """The keys of a project's properties, in order."""
    query = select(_p.key).where(_p.site == context.site, _p.project_id == project.id).order_by(_p.key)
    return list(context.connection.execute(query).scalars())


def properties_of(context: Context, project_ids: Collection[int], keys: Collection[str]) -> dict[int, dict[str, Any]]:
    """The named properties of projects, by key; in one statement, and in none without keys."""
    found: dict[int, dict[str, Any]] = {project_id: {} for project_id in project_ids}
    if keys:
        query = select(_p.project_id, _p.key, _p.value).where(_p.site == context.site, _p.key.in_(list(keys)))
        for project_id, key, value in context.connection.execute(query.where(_p.project_id.in_(list(found)))):
            found[project_id][key] = orjson.loads(value)
    return found


def find_property(context: Context, project: Project, key: str) -> Any:  # Any: whatever JSON was kept
    """A property's value. Raises NotFound."""
    query = select(_p.value).where(_p.site == context.site, _p.project_id == project.id, _p.key == key)
    found = context.connection.execute(query).scalar()
    if found is None:
        raise NotFound(f"The property with key '{key[:255]}' does not exist.")
    return orjson.loads(found)


def set_property(context: Context, project: Project, key: str, value: object) -> bool:
    """Keep a value; returns whether the property is new. Raises BadRequest for a long key or value, Forbidden."""
    require(context, "ADMINISTER_PROJECTS", project_id=project.id)
    text = check_property(key, value)
    removed = context.connection.execute(delete(tables.project_properties).where(*_of(context, project, key)))
    row = {"site": context.site, "project_id": project.id, "key": key, "value": text}
    context.connection.execute(insert(tables.project_properties), row)
    return removed.rowcount == 0


def delete_property(context: Context, project: Project, key: str) -> None:
    """Remove a property. Raises NotFound, and Forbidden for who does not administer the project."""
    require(context, "ADMINISTER_PROJECTS", project_id=project.id)
    find_property(context, project, key)
    context.connection.execute(delete(tables.project_properties).where(*_of(context, project, key)))


def _of(context: Context, project: Project, key: str) -> tuple[Any, ...]:  # Any: SQLAlchemy's conditions
    return (_p.site == context.site, _p.project_id == project.id, _p.key == key)

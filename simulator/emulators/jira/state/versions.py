"""Versions of projects: made, changed, put in order, released, merged, deleted. Issues that lose one tell so in their history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.meta import touch
from simulator.emulators.jira.state.parts import replace_part
from simulator.emulators.jira.state.parts_meta import Version
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

FIRST_ID = 10000
LONGEST_NAME = 255
LONGEST_DESCRIPTION = 16384
_v = tables.versions.c
_ON = tables.issue_versions.c


def versions_of(context: Context, project: Project) -> list[Version]:
    """The versions of a project, from the earliest."""
    own = (version for version in context.meta.versions.values() if version.project_id == project.id)
    return sorted(own, key=lambda version: (version.position, version.id))


def find_version(context: Context, number: str, *, administered: bool = False) -> Version:
    """A version by id; with `administered`, one of a project that the caller administers. Raises NotFound.

    Jira answers 404 to who may not change a version:
    https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/#api-rest-api-3-version-id-put
    """
    found = context.meta.versions.get(int(number) if number.isdecimal() and len(number) < 19 else 0)
    if found is None or (administered and not may(context, "ADMINISTER_PROJECTS", project_id=found.project_id)):
        raise NotFound(f"Could not find version for id '{number}'")
    return found


def create_version(context: Context, project: Project, values: dict[str, Any]) -> Version:
    """A new version, the latest of its project. Raises BadRequest, NotFound for who may not."""
    if not may(context, "ADMINISTER_PROJECTS", project_id=project.id):
        raise NotFound("You must have global or project administrator rights in order to modify versions.")
    own = versions_of(context, project)
    version = Version(
        id=next_value(context.connection, context.site, counter("version")) + FIRST_ID - 1,
        project_id=project.id,
        name=values.get("name", ""),
        description=values.get("description", ""),
        released=values.get("released", False),
        archived=values.get("archived", False),
        start_on=values.get("start_on"),
        release_on=values.get("release_on"),
        position=own[-1].position + 1 if own else 1,
    )
    _check(version, own)
    context.connection.execute(insert(tables.versions), {"site": context.site} | _row(version))
    touch(context.connection, context.site)
    context.tell("jira:version_created", version=version)
    return version


def edit_version(context: Context, version: Version, values: dict[str, Any]) -> Version:
    """Change a version; what is not given stays. Raises BadRequest."""
    changed = Version(**(_row(version) | values))
    _check(changed, versions_of(context, context.meta.projects[version.project_id]))
    _write(context, version.id, values)
    if changed.released != version.released:
        context.tell(f"jira:version_{'released' if changed.released else 'unreleased'}", version=changed)
    context.tell("jira:version_updated", version=changed)
    return changed


def move_version(
    context: Context, version: Version, *, after: Version | None = None, position: str | None = None
) -> Version:
    """Put a version after another one, or at a position: First, Last, Earlier, Later. Raises BadRequest."""
    own = versions_of(context, context.meta.projects[version.project_id])
    index = own.index(version)
    own.remove(version)
    if after is not None:
        if after not in own:
            raise BadRequest("The version to schedule after must be another one of the same project.")
        target = own.index(after) + 1
    else:
        places = {"First": 0, "Last": len(own), "Earlier": max(0, index - 1), "Later": min(len(own), index + 1)}
        if position not in places:
            raise BadRequest("The position must be one of First, Last, Earlier and Later.")
        target = places[position]
    own.insert(target, version)
    for place, one in enumerate(own, start=1):
        if one.position != place:
            _write(context, one.id, {"position": place})
    moved = Version(**(_row(version) | {"position": target + 1}))
    context.tell("jira:version_moved", version=moved)
    return moved


def delete_version(context: Context, version: Version, *, fix_to: Version | None, affected_to: Version | None) -> None:
    """Delete a version; its issues get the others in its place, or none. Raises BadRequest for one of another project."""
    targets = {"fixVersions": fix_to, "versions": affected_to}
    for target in targets.values():
        if target is not None and (target.project_id != version.project_id or target.id == version.id):
            raise BadRequest("The version to move issues to must be another one of the same project.")
    changed: dict[int, list[Change]] = {}
    for name, target in targets.items():
        replaced = replace_part(context, name, version, target, _issue_ids(context, version, name))
        for issue_id, items in replaced.items():
            changed.setdefault(issue_id, []).extend(items)
    record(context, changed)
    touch_issues(context, changed)
    context.connection.execute(delete(tables.versions).where(_v.site == context.site, _v.id == version.id))
    touch(context.connection, context.site)
    if fix_to is not None and affected_to is not None and fix_to.id == affected_to.id:
        context.tell("jira:version_merged", version=version, merged_to=fix_to)
    else:
        context.tell("jira:version_deleted", version=version)


def move_unfixed(context: Context, version: Version, target: Version) -> None:
    """Give the unresolved issues that a version shall fix another one instead. Raises BadRequest."""
    if target.project_id != version.project_id or target.id == version.id:
        raise BadRequest("The version to move unfixed issues to must be another one of the same project.")
    unfixed = _issue_ids(context, version, "fixVersions", unresolved=True)
    changed = replace_part(context, "fixVersions", version, target, unfixed)
    record(context, changed)
    touch_issues(context, changed)


def count_issues(context: Context, version: Version, field: str, *, unresolved: bool = False) -> int:
    """How many issues have a version in a field."""
    rows = _with_version(context, version, field, unresolved=unresolved)
    return int(context.connection.execute(rows.with_only_columns(func.count())).scalar_one())


def count_by_category(context: Context, numbers: Collection[int]) -> dict[int, dict[str, int]]:
    """How many issues these versions fix, by the category of their status; in one statement."""
    i = tables.issues.c
    on_issue = (i.site == _ON.site) & (i.id == _ON.issue_id)
    query = select(_ON.version_id, i.status_id, func.count()).join_from(tables.issue_versions, tables.issues, on_issue)
    query = query.where(_ON.site == context.site, _ON.version_id.in_(list(numbers)), _ON.field == "fixVersions")
    found = {number: dict.fromkeys(("new", "indeterminate", "done"), 0) for number in numbers}
    for version_id, status_id, count in context.connection.execute(query.group_by(_ON.version_id, i.status_id)):
        found[version_id][context.meta.statuses[status_id].category] += count
    return found


def _issue_ids(context: Context, version: Version, field: str, *, unresolved: bool = False) -> Sequence[int]:
    rows = _with_version(context, version, field, unresolved=unresolved)
    return context.connection.execute(rows.order_by(_ON.issue_id)).scalars().all()


def _with_version(context: Context, version: Version, field: str, *, unresolved: bool = False) -> Any:
    i = tables.issues.c
    query = select(_ON.issue_id).join_from(
        tables.issue_versions, tables.issues, (i.site == _ON.site) & (i.id == _ON.issue_id)
    )
    query = query.where(_ON.site == context.site, _ON.version_id == version.id, _ON.field == field)
    return query.where(i.resolution_id.is_(None)) if unresolved else query


def _check(version: Version, others: Sequence[Version]) -> None:
    errors: dict[str, str] = {}
    if not version.name.strip():
        errors["name"] = "You must specify a valid version name"
    elif len(version.name) > LONGEST_NAME:
        errors["name"] = f"The version name must not exceed {LONGEST_NAME} characters."
    elif any(one.id != version.id and one.name.lower() == version.name.lower() for one in others):
        errors["name"] = "A version with this name already exists in this project."
    if len(version.description) > LONGEST_DESCRIPTION:
        errors["description"] = f"The description must not exceed {LONGEST_DESCRIPTION} characters."
    if version.start_on and version.release_on and version.start_on > version.release_on:
        errors["releaseDate"] = "The start date must be earlier than the release date"
    if errors:
        raise BadRequest(errors=errors)


def _write(context: Context, version_id: int, values: dict[str, Any]) -> None:
    if values:
        of = (_v.site == context.site) & (_v.id == version_id)
        context.connection.execute(update(tables.versions).where(of).values(**values))
        touch(context.connection, context.site)


def _row(version: Version) -> dict[str, Any]:
    return {field.name: getattr(version, field.name) for field in fields(version)}


def overdue(version: Version, today: date) -> bool:
    """Whether a version should have been released before today."""
    return not version.released and version.release_on is not None and version.release_on < today

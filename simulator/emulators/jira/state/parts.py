"""Versions and components on issues: what requests name, resolved in the issue's project; set, with their history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, delete, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.state.changes import Change
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.meta import Meta
from simulator.emulators.jira.state.parts_meta import Component, Version

MOST = 500
"""So many values a field takes at most."""


class PartFault(ValueError):
    """A value that the field cannot take, in Jira's words."""


@dataclass(frozen=True, slots=True)
class Ref:
    """What a request calls a version or component: its id, or its name, or nothing that is known."""

    id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class _Field:
    kind: str  # as Jira's messages call it
    history: str  # as histories call the field


FIELDS: Mapping[str, _Field] = {
    "fixVersions": _Field("Version", "Fix Version"),
    "versions": _Field("Version", "Version"),
    "components": _Field("Component", "Component"),
}
"""The fields that hold them, by id."""

_v, _c = tables.issue_versions.c, tables.issue_components.c
_VERSIONS_OF = select(_v.issue_id, _v.field, _v.version_id).where(
    _v.site == bindparam("site"), _v.issue_id.in_(bindparam("ids", expanding=True))
)
_COMPONENTS_OF = select(_c.issue_id, _c.component_id).where(
    _c.site == bindparam("site"), _c.issue_id.in_(bindparam("ids", expanding=True))
)


def read_parts(_context: Context, value: object, _api: str) -> tuple[Ref, ...]:
    """What a list names: `[{"id": …}, {"name": …}]`. Raises PartFault for another shape."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise PartFault("data was not an array")
    if len(value) > MOST:
        raise PartFault(f"The field takes at most {MOST} values.")
    return tuple(_ref(item) for item in value)


def _ref(item: object) -> Ref:
    if not isinstance(item, dict):
        raise PartFault("expected Object")
    number, name = item.get("id"), item.get("name")
    return Ref(
        id=str(number) if isinstance(number, str | int) and not isinstance(number, bool) else None,
        name=name if isinstance(name, str) else None,
    )


def resolve(
    context: Context, project_id: int, values: Mapping[str, Any]
) -> tuple[dict[str, tuple[int, ...]], dict[str, str]]:
    """The ids that the fields' references mean in a project, and the faults by field."""
    found: dict[str, tuple[int, ...]] = {}
    faults: dict[str, str] = {}
    for name in FIELDS.keys() & values.keys():
        try:
            known = _known(context.meta, name, project_id)
            found[name] = tuple(dict.fromkeys(_find(known, ref, FIELDS[name]) for ref in values[name]))
        except PartFault as exc:
            faults[name] = str(exc)
    return found, faults


def _known(meta: Meta, field: str, project_id: int) -> Sequence[Version | Component]:
    things: Iterable[Version | Component] = (meta.components if field == "components" else meta.versions).values()
    return [thing for thing in things if thing.project_id == project_id]


def _find(known: Sequence[Version | Component], ref: Ref, field: _Field) -> int:
    if ref.id is not None:
        found = next((thing.id for thing in known if str(thing.id) == ref.id), None)
        if found is None:
            raise PartFault(f"{field.kind} with id '{ref.id[:40]}' does not exist for this project")
        return found
    if ref.name is None:
        raise PartFault(f"{field.kind} id or name must be specified")
    found = next((thing.id for thing in known if thing.name.lower() == ref.name.lower()), None)
    if found is None:
        kind = "Component" if field.kind == "Component" else "Version"
        raise PartFault(f"{kind} name '{ref.name[:255]}' is not valid")
    return found


def parts_after(
    context: Context, issue_id: int, name: str, operations: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """What a field holds after some verbs, as if it were set. Raises BadRequest for a verb that it does not know."""
    present: list[dict[str, Any]] = [{"id": str(number)} for number in parts_of(context, [issue_id])[issue_id][name]]
    names = _names(context.meta, name)
    for operation in operations:
        verb, value = next(iter(operation.items()))
        if verb == "set" and isinstance(value, list):
            present = value
        elif verb == "add":
            present = [*present, value]
        elif verb == "remove" and isinstance(value, dict):
            present = [item for item in present if not _same(item, value, names)]
        else:
            fault = "expected Object" if verb == "remove" else "data was not an array" if verb == "set" else None
            known = f"Field with id '{name}' and name '{name}' does not support operation '{verb[:40]}'"
            raise BadRequest(errors={name: fault or known})
    return present


def _same(item: object, wanted: dict[str, Any], names: Mapping[int, str]) -> bool:
    if not isinstance(item, dict):
        return False
    one, other = _ref(item), _ref(wanted)
    if one.id is not None and other.id is not None:
        return one.id == other.id
    own, asked = ((names.get(int(r.id)) if r.id and r.id.isdecimal() else r.name) or "" for r in (one, other))
    return own.lower() == asked.lower() != ""


def parts_of(context: Context, issue_ids: Iterable[int]) -> dict[int, dict[str, list[int]]]:
    """The ids of versions and components that issues have, by field; none are asked for where the site has none."""
    wanted = list(issue_ids)
    found: dict[int, dict[str, list[int]]] = {number: {name: [] for name in FIELDS} for number in wanted}
    keys = {"site": context.site, "ids": wanted}
    if context.meta.versions:
        for issue_id, name, version_id in context.connection.execute(_VERSIONS_OF, keys):
            if version_id in context.meta.versions:
                found[issue_id][name].append(version_id)
    if context.meta.components:
        for issue_id, component_id in context.connection.execute(_COMPONENTS_OF, keys):
            if component_id in context.meta.components:
                found[issue_id]["components"].append(component_id)
    for parts in found.values():
        parts["fixVersions"].sort(key=lambda n: context.meta.versions[n].position)
        parts["versions"].sort(key=lambda n: context.meta.versions[n].position)
        parts["components"].sort(key=lambda n: context.meta.components[n].name.lower())
    return found


def insert_parts(context: Context, made: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Give new issues what their values hold (ids by field)."""
    rows: dict[str, list[dict[str, Any]]] = {"versions": [], "components": []}
    for issue_id, values in made:
        for name in FIELDS.keys() & values.keys():
            rows["components" if name == "components" else "versions"] += _rows(context, issue_id, name, values[name])
    for kind, table in (("versions", tables.issue_versions), ("components", tables.issue_components)):
        if rows[kind]:
            context.connection.execute(insert(table), rows[kind])


def set_parts(context: Context, issue_id: int, values: Mapping[str, Any]) -> list[Change]:
    """Give an issue exactly these (ids by field); returns the history items, one for each that came or went."""
    asked = [name for name in FIELDS if name in values]
    if not asked:
        return []
    present, changes = parts_of(context, [issue_id])[issue_id], []
    for name in asked:
        gone = [number for number in present[name] if number not in values[name]]
        come = [number for number in values[name] if number not in present[name]]
        if gone:
            table, of = _rows_of(context, name)
            column = table.c.component_id if name == "components" else table.c.version_id
            context.connection.execute(delete(table).where(of, table.c.issue_id == issue_id, column.in_(gone)))
        insert_parts(context, [(issue_id, {name: come})])
        names = _names(context.meta, name)
        changes += [part_change(name, number, names[number], came=False) for number in gone]
        changes += [part_change(name, number, names[number], came=True) for number in come]
    return changes


def part_change(name: str, number: int, text: str, *, came: bool) -> Change:
    """The history item of one version or component that an issue got or lost."""
    if came:
        return Change(field=FIELDS[name].history, field_id=name, to_value=str(number), to_text=text)
    return Change(field=FIELDS[name].history, field_id=name, from_value=str(number), from_text=text)


def replace_part(
    context: Context, name: str, old: Version | Component, new: Version | Component | None, issue_ids: Sequence[int]
) -> dict[int, list[Change]]:
    """Take a version or component from issues and give them another one, if there is one; returns the history items."""
    present = parts_of(context, issue_ids)
    lacking = [number for number in issue_ids if new is not None and new.id not in present[number][name]]
    table, of = _rows_of(context, name)
    column = table.c.component_id if name == "components" else table.c.version_id
    context.connection.execute(delete(table).where(of, column == old.id, table.c.issue_id.in_(issue_ids)))
    changed = {number: [part_change(name, old.id, old.name, came=False)] for number in issue_ids}
    if new is not None:
        insert_parts(context, [(number, {name: [new.id]}) for number in lacking])
        for number in lacking:
            changed[number].append(part_change(name, new.id, new.name, came=True))
    return changed


def _names(meta: Meta, name: str) -> dict[int, str]:
    things: Iterable[Version | Component] = (meta.components if name == "components" else meta.versions).values()
    return {thing.id: thing.name for thing in things}


def _rows(context: Context, issue_id: int, name: str, numbers: Iterable[int]) -> list[dict[str, Any]]:
    common = {"site": context.site, "issue_id": issue_id}
    if name == "components":
        return [common | {"component_id": number} for number in numbers]
    return [common | {"field": name, "version_id": number} for number in numbers]


def _rows_of(context: Context, name: str) -> tuple[Table, ColumnElement[bool]]:
    if name == "components":
        return tables.issue_components, _c.site == context.site
    return tables.issue_versions, (_v.site == context.site) & (_v.field == name)

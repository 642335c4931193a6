"""fixVersion, affectedVersion and component in queries: their values, their functions, and that versions have an order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import false, or_

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import NoProject
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.tree import Function, Operand
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.parts_meta import Component, Version
from simulator.emulators.jira.state.search import rows
from simulator.emulators.jira.state.search.operands import Call, Wanted, arity, no_value, people_named, wanted
from simulator.emulators.jira.state.search.terms import EQUALITY, ORDERING, Condition, ManyTerm

_v = tables.issue_versions.c


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTerm(ManyTerm):
    """A field of versions; `<` and `>` compare their order within their project."""

    def condition(self, context: Context, operator: str, operand: Operand) -> Condition:
        if operator not in ORDERING:
            return ManyTerm.condition(self, context, operator, operand)
        asked = wanted(context, self.name, operand, resolve=self.resolve, functions=dict(self.functions))
        fitting = [
            one.id
            for number in asked.ids
            for one in context.meta.versions.values()
            if one.project_id == context.meta.versions[number].project_id
            and _fits(one.position, operator, context.meta.versions[number].position)
        ]
        return self.has(context, Wanted(ids=tuple(fitting)))


def _fits(own: int, operator: str, other: int) -> bool:
    return (own < other if "<" in operator else own > other) or ("=" in operator and own == other)


def _has_version(field: str) -> Callable[[Context, Wanted], Condition]:
    def condition(_context: Context, asked: Wanted) -> Condition:
        return rows.row_of(tables.issue_versions, _v.field == field, or_(false(), _v.version_id.in_(asked.ids)))

    return condition


def _version(context: Context, field: str, value: str) -> Sequence[int]:
    """Versions by name, in all projects, or by id."""
    return _named(list(context.meta.versions.values()), field, value)


def _component(context: Context, field: str, value: str) -> Sequence[int]:
    """Components by name, in all projects, or by id."""
    return _named(list(context.meta.components.values()), field, value)


def _named(things: Sequence[Version | Component], field: str, value: str) -> Sequence[int]:
    found = [one.id for one in things if one.name.lower() == value.lower()]
    found = found or [one.id for one in things if str(one.id) == value]
    if not found:
        raise no_value(field, value)
    return found


def _versions_of(context: Context, function: Function, *, released: bool) -> list[Version]:
    """The versions of the projects that the arguments name, of all without any; archived ones are none, as in Jira."""
    projects = {_project(context, function, name).id for name in function.arguments}
    found = [
        one
        for one in context.meta.versions.values()
        if one.released == released and not one.archived and (not projects or one.project_id in projects)
    ]
    return sorted(found, key=lambda one: one.position)


def _project(context: Context, function: Function, name: str) -> Project:
    try:
        return context.meta.project(name)
    except NoProject:
        found = next((p for p in context.meta.projects.values() if p.name.lower() == name.lower()), None)
        if found is None:
            raise JqlError(f"Could not resolve the project '{name}' provided to function '{function.name}'.") from None
        return found


def _all_versions(*, released: bool) -> Call:
    def call(context: Context, function: Function) -> Wanted:
        return Wanted(ids=tuple(one.id for one in _versions_of(context, function, released=released)))

    return call


def _one_version(*, released: bool, place: int) -> Call:
    """latestReleasedVersion() and earliestUnreleasedVersion(): one version of one project."""

    def call(context: Context, function: Function) -> Wanted:
        arity(function, 1)
        found = _versions_of(context, function, released=released)
        return Wanted(ids=(found[place].id,) if found else ())

    return call


def _led_by(context: Context, function: Function) -> Wanted:
    """componentsLeadByUser() and componentsLeadByUser(user)."""
    arity(function, 0, 1)
    names = function.arguments
    leads = people_named(context, function.name, names[0]) if names else [context.account.id]
    return Wanted(ids=tuple(one.id for one in context.meta.components.values() if one.lead_id in leads))


_FUNCTIONS: dict[str, Call] = {
    "releasedversions": _all_versions(released=True),
    "unreleasedversions": _all_versions(released=False),
    "latestreleasedversion": _one_version(released=True, place=-1),
    "earliestunreleasedversion": _one_version(released=False, place=0),
}


def _versions(name: str, field: str) -> VersionTerm:
    return VersionTerm(
        name=name,
        operators=EQUALITY + ORDERING,
        has=_has_version(field),
        has_any=rows.has_any(tables.issue_versions, limit=lambda _context: _v.field == field),
        resolve=_version,
        functions=_FUNCTIONS,
    )


FIX_VERSION = _versions("fixVersion", "fixVersions")
AFFECTED_VERSION = _versions("affectedVersion", "versions")
COMPONENT = ManyTerm(
    name="component",
    operators=EQUALITY,
    has=rows.has(tables.issue_components, tables.issue_components.c.component_id),
    has_any=rows.has_any(tables.issue_components),
    resolve=_component,
    functions={"componentsleadbyuser": _led_by},
)

"""What a site is configured with: statuses, issue types, workflows, projects. Read once, kept until its stamp changes.

A stamp is a fresh random string at each change, so a site that was deleted and made anew is never mistaken for the old one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.custom_types import spec_of
from simulator.emulators.jira.errors import NoProject
from simulator.emulators.jira.fields import BY_ID, FIELDS, FieldSpec
from simulator.emulators.jira.state.access import Access, load_access
from simulator.emulators.jira.state.configuration import (
    IssueType,
    LinkType,
    Priority,
    Project,
    Resolution,
    Status,
    Transition,
    Workflow,
)
from simulator.emulators.jira.state.parts_meta import Component, Version
from simulator.emulators.jira.state.workflow_rules import read_rules


@dataclass(frozen=True, kw_only=True)
class Meta:
    """The whole configuration of one site."""

    stamp: str
    statuses: dict[int, Status]
    issue_types: dict[int, IssueType]
    priorities: dict[int, Priority]
    resolutions: dict[int, Resolution]
    link_types: dict[int, LinkType]
    workflows: dict[int, Workflow]
    projects: dict[int, Project]
    versions: dict[int, Version]
    components: dict[int, Component]
    custom_fields: dict[str, FieldSpec]
    access: Access
    recycled: dict[int, Project] = field(default_factory=dict)  # projects in the recycle bin
    former_keys: dict[str, int] = field(default_factory=dict)  # keys that projects had before, still good
    hidden: frozenset[int] = frozenset()  # projects whose issues the caller may not see

    def seen_without(self, hidden: frozenset[int], unknown: frozenset[int]) -> Meta:
        """The configuration for somebody who may not browse some projects, and is not to know of those among them."""
        if not hidden:
            return self
        return replace(
            self,
            projects={number: one for number, one in self.projects.items() if number not in unknown},
            versions={number: one for number, one in self.versions.items() if one.project_id not in unknown},
            components={number: one for number, one in self.components.items() if one.project_id not in unknown},
            hidden=self.hidden | hidden,
        )

    def project(self, key_or_id: str | int) -> Project:
        """A project by key (any case), a former one too, or by id. Raises NoProject."""
        wanted = str(key_or_id)
        if wanted.isdecimal() and len(wanted) < 19 and (found := self.projects.get(int(wanted))):
            return found
        by_key = self._by_key.get(wanted.upper())
        if by_key is None:
            raise NoProject(wanted)
        return by_key

    def issue_key(self, wanted: str) -> str:
        """An issue's key in capitals; with a former key of its project, the one that it has now."""
        key, dash, number = wanted.upper().rpartition("-")
        found = self.projects.get(self.former_keys.get(key, 0))
        return f"{found.key if found else key}{dash}{number}"

    def names_a_project(self, key: str) -> bool:
        """Whether an issue's key begins with that of a project, as it is now or was before; the issue need not be there."""
        return key.upper().rpartition("-")[0] in self._by_key

    def fields(self) -> list[FieldSpec]:
        """Every field: those that each Jira has and those that the site added."""
        return [*FIELDS, *self.custom_fields.values()]

    def field(self, name: str) -> FieldSpec | None:
        """The field of that id."""
        return BY_ID.get(name) or self.custom_fields.get(name)

    def workflow_of(self, project_id: int, type_id: int | None = None) -> Workflow:
        """The workflow of a project's issues, or of those of one type."""
        project = self.projects[project_id]
        return self.workflows[project.workflow_ids.get(type_id or 0, project.workflow_id)]

    def types_of(self, project: Project) -> list[IssueType]:
        """The issue types of a project, in order."""
        return [kind for kind in self._types if kind.id in project.issue_type_ids]

    @cached_property
    def default_priority(self) -> Priority:
        """Medium, or the one in the middle."""
        ordered = sorted(self.priorities.values(), key=lambda p: p.position)
        return next((p for p in ordered if p.name == "Medium"), ordered[len(ordered) // 2])

    @cached_property
    def _types(self) -> list[IssueType]:
        return sorted(self.issue_types.values(), key=lambda kind: kind.position)

    @cached_property
    def _by_key(self) -> dict[str, Project]:
        former = {key: self.projects[n] for key, n in self.former_keys.items() if n in self.projects}
        return former | {project.key: project for project in self.projects.values()}


class MetaCache:
    """The newest known configuration of each site, one per app. Safe among threads: a slot is replaced, never changed."""

    def __init__(self) -> None:
        self._kept: dict[str, Meta] = {}

    def get(self, connection: Connection, site: str, stamp: str | None) -> Meta:
        """The configuration of that stamp, read anew when another one is kept."""
        kept = self._kept.get(site)
        if kept is None or kept.stamp != (stamp or ""):
            kept = load(connection, site, stamp or "")
            self._kept[site] = kept
        return kept


def touch(connection: Connection, site: str) -> str:
    """Note that the site's configuration changed, and return the new stamp. Called in the transaction of each change."""
    stamp = secrets.token_hex(16)
    connection.execute(update(tables.sites).where(tables.sites.c.site == site).values(stamp=stamp))
    return stamp


def load(connection: Connection, site: str, stamp: str) -> Meta:
    """Read a site's configuration."""

    def rows(table: Any) -> list[dict[str, Any]]:  # Any: SQLAlchemy tables and rows
        found = connection.execute(select(table).where(table.c.site == site).order_by(*table.primary_key.columns))
        return [{name: value for name, value in row.items() if name != "site"} for row in found.mappings()]

    transitions = [Transition(**(row | {"rules": read_rules(row["rules"])})) for row in rows(tables.transitions)]
    types = [(row["project_id"], row["issue_type_id"]) for row in rows(tables.project_issue_types)]
    schemes: dict[int, dict[int, int]] = {}
    for row in rows(tables.project_workflows):
        schemes.setdefault(row["project_id"], {})[row["issue_type_id"]] = row["workflow_id"]
    projects = {row["id"]: _project(row, types, schemes) for row in rows(tables.projects)}
    recycled = {number: project for number, project in projects.items() if project.deleted_at is not None}
    return Meta(
        stamp=stamp,
        statuses={row["id"]: Status(**row) for row in rows(tables.statuses)},
        issue_types={row["id"]: IssueType(**row) for row in rows(tables.issue_types)},
        priorities={row["id"]: Priority(**row) for row in rows(tables.priorities)},
        resolutions={row["id"]: Resolution(**row) for row in rows(tables.resolutions)},
        link_types={row["id"]: LinkType(**row) for row in rows(tables.link_types)},
        workflows={
            row["id"]: Workflow(**row, transitions=tuple(t for t in transitions if t.workflow_id == row["id"]))
            for row in rows(tables.workflows)
        },
        projects={number: project for number, project in projects.items() if number not in recycled},
        versions={row["id"]: Version(**row) for row in rows(tables.versions) if row["project_id"] not in recycled},
        components={r["id"]: Component(**r) for r in rows(tables.components) if r["project_id"] not in recycled},
        custom_fields={
            spec.id: spec
            for row in rows(tables.custom_fields)
            for spec in [spec_of(row["id"], row["name"], row["type"])]
        },
        access=load_access(connection, site),
        recycled=recycled,
        former_keys={row["key"]: row["project_id"] for row in rows(tables.former_keys)},
        hidden=frozenset(recycled),
    )


def _project(row: dict[str, Any], types: list[tuple[int, int]], schemes: dict[int, dict[int, int]]) -> Project:
    kept = {name: value for name, value in row.items() if name not in {"name_lower", "issue_counter"}}
    own = tuple(kind for project, kind in types if project == row["id"])
    return Project(**kept, issue_type_ids=own, workflow_ids=schemes.get(row["id"], {}))

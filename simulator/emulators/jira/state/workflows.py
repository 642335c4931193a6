"""Workflows that a project has instead of the simplified one: statuses, transitions with their rules, and who follows them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.fields import POINTS
from simulator.emulators.jira.state.meta import touch
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.jira.state.workflow_rules import Rules, kept_rules
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.seed_jira import (
    SeedBoard,
    SeedProjectParts,
    SeedStatus,
    SeedTransition,
    SeedWorkflow,
)

_CATEGORIES = {"To Do": "new", "In Progress": "indeterminate", "Done": "done"}
_FIELDS = {"due date": "duedate", "fix versions": "fixVersions", "story points": POINTS}
_FIRST_OWN_STATUS = 10100


def plant_work(connection: Connection, site: str, project_id: int, wanted: SeedProjectParts) -> None:
    """Give a new project the workflows and the board that a seed describes."""
    for workflow in wanted.workflows:
        workflow_id = _create_workflow(connection, site, workflow)
        _follow(connection, site, project_id, workflow_id, workflow.issue_types)
    names = {name.lower(): number for number, name in _statuses_of(connection, site, project_id).items()}
    _set_up_board(connection, site, project_id, wanted.board, names, changed=bool(wanted.workflows))
    touch(connection, site)


def _create_workflow(connection: Connection, site: str, wanted: SeedWorkflow) -> int:
    workflow_id = next_value(connection, site, counter("workflow"))
    status_ids = {status.name.lower(): _status_id(connection, site, status) for status in wanted.statuses}
    row = {"site": site, "id": workflow_id, "name": wanted.name}
    first = status_ids[wanted.statuses[0].name.lower()]
    connection.execute(insert(tables.workflows), row | {"initial_status_id": first})
    resolutions = {
        str(name): number
        for number, name in connection.execute(
            select(tables.resolutions.c.id, tables.resolutions.c.name).where(tables.resolutions.c.site == site)
        )
    }
    steps = [(step, start) for step in wanted.transitions for start in step.at or [""]]
    connection.execute(
        insert(tables.transitions),
        [
            {
                "site": site,
                "workflow_id": workflow_id,
                "id": 10 * place + 1,
                "name": step.name,
                "from_status_id": status_ids[start.lower()] if start else None,
                "to_status_id": status_ids[step.to.lower()],
                "resolution_id": resolutions.get(step.resolution or ""),
                "rules": kept_rules(_rules(step)),
            }
            for place, (step, start) in enumerate(steps, start=1)
        ],
    )
    return workflow_id


def _rules(step: SeedTransition) -> Rules:
    return Rules(
        only=tuple(step.only),
        roles=tuple(step.roles),
        screen=tuple(_FIELDS.get(name, name) for name in step.screen),
        require=tuple(_FIELDS.get(name, name) for name in step.require),
        assign=step.assign or "",
    )


def _status_id(connection: Connection, site: str, wanted: SeedStatus) -> int:
    s = tables.statuses.c
    known = connection.execute(select(s.id).where(s.site == site, func.lower(s.name) == wanted.name.lower())).scalar()
    if known is not None:
        return int(known)
    last, position = connection.execute(select(func.max(s.id), func.max(s.position)).where(s.site == site)).one()
    number = max(int(last) + 1, _FIRST_OWN_STATUS)
    row = {"site": site, "id": number, "name": wanted.name, "description": "", "position": position + 1}
    connection.execute(insert(tables.statuses), row | {"category": _CATEGORIES[wanted.category]})
    return number


def _follow(connection: Connection, site: str, project_id: int, workflow_id: int, kinds: Iterable[str]) -> None:
    """Let a project's issues of some types, or all that have no workflow of their own, follow a workflow."""
    p, t = tables.projects.c, tables.issue_types.c
    names = list(kinds)
    if names:
        found = connection.execute(select(t.id).where(t.site == site, t.name.in_(names))).scalars()
        rows = [{"site": site, "project_id": project_id, "issue_type_id": n, "workflow_id": workflow_id} for n in found]
        connection.execute(insert(tables.project_workflows), rows)
        return
    of = (p.site == site) & (p.id == project_id)
    old = connection.execute(select(p.workflow_id).where(of)).scalar_one()
    connection.execute(update(tables.projects).where(of).values(workflow_id=workflow_id))
    w = tables.workflows.c
    connection.execute(delete(tables.workflows).where(w.site == site, w.id == old))


def _statuses_of(connection: Connection, site: str, project_id: int) -> dict[int, str]:
    """The statuses of a project's workflows, in the order of their places in the site."""
    p, t, s, w = tables.projects.c, tables.transitions.c, tables.statuses.c, tables.workflows.c
    own = tables.project_workflows.c
    mine = (
        select(p.workflow_id)
        .where(p.site == site, p.id == project_id)
        .union(select(own.workflow_id).where(own.site == site, own.project_id == project_id))
    )
    ids = list(connection.execute(mine).scalars())
    used = select(t.to_status_id).where(t.site == site, t.workflow_id.in_(ids))
    used_too = select(t.from_status_id).where(t.site == site, t.workflow_id.in_(ids))
    first = select(w.initial_status_id).where(w.site == site, w.id.in_(ids))
    numbers = {n for n in connection.execute(used.union(used_too, first)).scalars() if n is not None}
    order = {"new": 0, "indeterminate": 1, "done": 2}
    rows = connection.execute(
        select(s.id, s.name, s.category, s.position).where(s.site == site, s.id.in_(numbers)).order_by(s.position)
    ).all()
    return {row.id: row.name for row in sorted(rows, key=lambda row: order[row.category])}


def _set_up_board(
    connection: Connection, site: str, project_id: int, wanted: SeedBoard, names: dict[str, int], *, changed: bool
) -> None:
    b = tables.boards.c
    of = (b.site == site) & (b.project_id == project_id)
    board_id = connection.execute(select(func.min(b.id)).where(of)).scalar_one()
    values: dict[str, object] = {"parallel_sprints": wanted.parallel_sprints}
    if wanted.columns:
        values["columns"] = json.dumps(
            [
                {"name": column.name, "statuses": [names[name.lower()] for name in column.statuses]}
                | {name: limit for name, limit in (("min", column.min), ("max", column.max)) if limit is not None}
                for column in wanted.columns
            ]
        )
    elif changed:
        shown = _statuses_of(connection, site, project_id)
        values["columns"] = json.dumps([{"name": name, "statuses": [number]} for number, name in shown.items()])
    connection.execute(update(tables.boards).where(of, b.id == board_id).values(**values))
    if wanted.quick_filters:
        last = next_value(connection, site, counter("quickfilter"), count=len(wanted.quick_filters))
        connection.execute(
            insert(tables.quick_filters),
            [
                {"site": site, "id": last - len(wanted.quick_filters) + place + 1, "board_id": board_id}
                | {"name": one.name, "jql": one.jql, "description": one.description, "position": place}
                for place, one in enumerate(wanted.quick_filters)
            ],
        )

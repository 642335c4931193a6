"""Boards as `/rest/greenhopper/1.0` calls them: rapid views. Undocumented upstream; shapes as scripts know them."""

from __future__ import annotations

from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.board_settings import may_configure
from simulator.emulators.jira.state.boards import Board


def view(session: Session, found: Board) -> Json:
    """A board in lists."""
    return {
        "id": found.id,
        "name": found.name,
        "canEdit": may_configure(session.context, found),
        "sprintSupportEnabled": found.kind == "scrum",
        "filter": {"id": found.filter_id, "query": found.jql, "isOrderedByRank": "rank" in found.jql.lower()},
    }


def edit_model(session: Session, found: Board) -> Json:
    """All that a board's settings show of its columns."""
    return {
        "id": found.id,
        "name": found.name,
        "canEdit": may_configure(session.context, found),
        "sprintSupportEnabled": found.kind == "scrum",
        "isKanPlanEnabled": bool(found.waiting),
        "rapidListConfig": list_config(session, found),
    }


def list_config(session: Session, found: Board) -> Json:
    """Columns with their statuses and limits, and the statuses that no column shows."""
    statuses = session.context.meta.statuses
    mapped = [
        {
            "id": place,
            "name": column["name"],
            "mappedStatuses": [shapes.status(session, statuses[n]) for n in column["statuses"] if n in statuses],
            "isKanPlanColumn": bool(column.get("backlog")),
            "min": str(column["min"]) if column.get("min") is not None else "",
            "max": str(column["max"]) if column.get("max") is not None else "",
        }
        for place, column in enumerate(found.columns, start=1)
    ]
    shown = {number for column in found.columns for number in column["statuses"]}
    project = session.context.meta.projects.get(found.project_id or 0)
    used = session.context.meta.workflows[project.workflow_id].status_ids() if project else list(statuses)
    left = [shapes.status(session, statuses[number]) for number in used if number not in shown]
    limits = any(column.get(name) is not None for column in found.columns for name in ("min", "max"))
    kind = "issueCount" if limits else "none"
    return {"mappedColumns": mapped, "unmappedStatuses": left, "currentStatisticsField": {"typeId": kind, "id": kind}}

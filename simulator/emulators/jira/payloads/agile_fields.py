"""Fields of an issue that only the agile API knows: its sprints parted by state, its epic, its flag."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.payloads.sprints import epic, sprint
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.bundle import Bundle
from simulator.emulators.jira.state.issues import Issue

Build = Callable[[Session, Bundle, Issue], Any]  # Any: each field has its own shape
"""What writes a field."""


def _open_sprint(session: Session, bundle: Bundle, issue: Issue) -> Json | None:
    return next((sprint(session, s) for s in bundle.sprints.get(issue.id, []) if s.state != "closed"), None)


def _closed_sprints(session: Session, bundle: Bundle, issue: Issue) -> list[Json] | None:
    return [sprint(session, s) for s in bundle.sprints.get(issue.id, []) if s.state == "closed"] or None


def _epic(session: Session, bundle: Bundle, issue: Issue) -> Json | None:
    parent = bundle.others.get(issue.parent_id or 0)
    is_epic = parent and session.context.meta.issue_types[parent.type_id].level == 1
    return epic(session, parent) if parent and is_epic else None


AGILE_BUILDERS: dict[str, Build] = {
    "sprint": _open_sprint,
    "closedSprints": _closed_sprints,
    "epic": _epic,
    "flagged": lambda _s, _b, issue: issue.flagged,
}
"""Fields that only the agile API knows."""

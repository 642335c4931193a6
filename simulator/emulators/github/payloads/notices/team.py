"""Event `team`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#team"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.notices.repositories import told_repository
from simulator.emulators.github.payloads.repositories import permissions
from simulator.emulators.github.payloads.teams import team_of_notice
from simulator.emulators.github.state.teams import Team
from simulator.emulators.github.state.work import Notice, OrganizationWork
from simulator.emulators.kit.urls import Urls


def subject(work: OrganizationWork, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The team, what changed about it, and the repository if it is about one."""
    team, repository = notice.detail["team"], notice.detail.get("repository")
    found: dict[str, Any] = {"team": team_of_notice(work.connection, team, urls)}
    if repository is not None:
        found["repository"] = told_repository(work, repository, urls)
    if "before" in notice.detail:
        found["changes"] = _changes(notice.detail["before"], team)
    if "permission_before" in notice.detail:
        had = permissions(notice.detail["permission_before"])
        of_three = {name: had[name] for name in ("admin", "pull", "push")}
        found["changes"] = {"repository": {"permissions": {"from": of_three}}}
    return found


def _changes(before: Team, team: Team) -> dict[str, Any]:
    names = ("name", "description", "privacy")
    return {
        name: {"from": getattr(before, name) or ""} for name in names if getattr(before, name) != getattr(team, name)
    }

"""Event `team_add`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#team_add"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.teams import team_of_notice
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The team that was given the repository."""
    return {"team": team_of_notice(work.connection, notice.detail["team"], urls)}

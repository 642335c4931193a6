"""Event `membership`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#membership"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.teams import team_of_notice
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.work import Notice, OrganizationWork
from simulator.emulators.kit.urls import Urls


def subject(work: OrganizationWork, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The team, and who came into it or left it."""
    return {
        "scope": "team",
        "member": simple_user(notice.detail["member"], urls),
        "team": team_of_notice(work.connection, notice.detail["team"], urls),
    }

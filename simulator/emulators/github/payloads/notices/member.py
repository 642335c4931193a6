"""Event `member`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#member"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.permissions import legacy
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(_work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The collaborator, and the permission that changed."""
    found: dict[str, Any] = {"member": simple_user(notice.detail["member"], urls)}
    if notice.action == "edited":
        found["changes"] = {"old_permission": {"from": legacy(notice.detail["before"])}}
    elif "permission" in notice.detail:
        found["changes"] = {"permission": {"to": legacy(notice.detail["permission"])}}
    return found

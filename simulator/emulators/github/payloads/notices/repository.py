"""Event `repository`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#repository"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.users import organization_entry, simple_user
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(_work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """What changed about it, when something did."""
    if "former_owner" in notice.detail:
        return {"changes": {"owner": {"from": _owners(notice, urls)}}}
    return {"changes": notice.detail["changes"]} if "changes" in notice.detail else {}


def _owners(notice: Notice, urls: Urls) -> dict[str, Any]:
    bodies = {"organization": organization_entry, "user": simple_user}
    return {kind: bodies[kind](account, urls) for kind, account in notice.detail["former_owner"].items()}

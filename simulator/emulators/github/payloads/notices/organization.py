"""Event `organization`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#organization"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.organizations import membership_payload
from simulator.emulators.github.state.work import Notice, OrganizationWork
from simulator.emulators.kit.urls import Urls


def subject(_work: OrganizationWork, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The membership as it is now, or was before it ended."""
    body = membership_payload(notice.detail["membership"], urls)
    return {"membership": {name: body[name] for name in ("url", "state", "role", "organization_url", "user")}}

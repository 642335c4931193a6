"""Event `release`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#release"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.releases import release_payload
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The release, and what an edit changed."""
    body: dict[str, Any] = {"release": release_payload(work, notice.detail["release"], urls)}
    return body | ({"changes": notice.detail["changes"]} if "changes" in notice.detail else {})

"""Event `star`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#star"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def subject(work: Work, notice: Notice, _urls: Urls) -> dict[str, Any]:
    """When the star was given, null when it was taken back."""
    return {"starred_at": stamp_seconds(work.at) if notice.action == "created" else None}

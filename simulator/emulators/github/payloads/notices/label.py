"""Event `label`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#label"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.notices.details import details
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The label as it is now, or was before it was deleted."""
    return details(work, notice, urls)

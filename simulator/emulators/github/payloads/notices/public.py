"""Event `public`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#public"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(_work: Work, _notice: Notice, _urls: Urls) -> dict[str, Any]:
    """Nothing beside the repository itself."""
    return {}

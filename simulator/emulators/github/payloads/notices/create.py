"""Event `create`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#create"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, _urls: Urls) -> dict[str, Any]:
    """The branch or tag by its short name."""
    _, kind, name = notice.detail["movement"].ref.split("/", 2)
    return {
        "ref": name,
        "ref_type": {"heads": "branch", "tags": "tag"}.get(kind, kind),
        "master_branch": work.repository.default_branch,
        "description": work.repository.description,
        "pusher_type": "user",
    }

"""Event `fork`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#fork"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.notices.repositories import told_repository
from simulator.emulators.github.state.repositories import by_id
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The new fork; the repository is the one that was forked."""
    made = by_id(work.connection, work.site, notice.detail["fork_id"])
    assert made is not None
    return {"forkee": told_repository(work, made, urls)}

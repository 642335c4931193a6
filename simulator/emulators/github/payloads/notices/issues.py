"""Event `issues`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.issues import issue_payload
from simulator.emulators.github.payloads.notices.details import details
from simulator.emulators.github.state.issues import issue_by_id
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The issue, and what changed about it."""
    return {"issue": issue_payload(work, issue_by_id(work, notice.issue_id), urls), **details(work, notice, urls)}

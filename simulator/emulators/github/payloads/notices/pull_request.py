"""Event `pull_request`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.notices.details import details
from simulator.emulators.github.payloads.pulls import pull_payload
from simulator.emulators.github.state.pull_rows import pull_by_id
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The pull request, and what changed about it."""
    body = pull_of(work, notice, urls)
    return {"number": body["number"], "pull_request": body, **details(work, notice, urls)}


def pull_of(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The pull request that a notice is about."""
    return pull_payload(work, pull_by_id(work, notice.issue_id), urls, new=notice.action == "opened")

"""Event `pull_request_review`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request_review"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.notices.details import details
from simulator.emulators.github.payloads.notices.pull_request import pull_of
from simulator.emulators.github.payloads.reviews import review_payload
from simulator.emulators.github.state.pull_rows import pull_by_id
from simulator.emulators.github.state.reviews import reviews_by_id
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The review, its state in lower case as only webhooks have it, and the pull request."""
    review_id = notice.detail["review_id"]
    review = reviews_by_id(work, [review_id])[review_id]
    body = review_payload(work, pull_by_id(work, notice.issue_id), review, urls)
    return {
        "review": body | {"state": body["state"].lower()},
        "pull_request": pull_of(work, notice, urls),
        **details(work, notice, urls),
    }

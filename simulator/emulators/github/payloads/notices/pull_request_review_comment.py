"""Event `pull_request_review_comment`: docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request_review_comment"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.notices.details import details
from simulator.emulators.github.payloads.notices.pull_request import pull_of
from simulator.emulators.github.payloads.reviews import review_comment_payload
from simulator.emulators.github.state.review_comments import comments_by_id
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The comment as it is, or was before it was deleted, and its pull request."""
    comment = notice.detail.get("deleted") or comments_by_id(work, [notice.detail["comment_id"]])[0]
    return {
        "comment": review_comment_payload(work, comment, urls),
        "pull_request": pull_of(work, notice, urls),
        **details(work, notice, urls),
    }

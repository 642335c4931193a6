"""Event `issue_comment`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.comments import comment_payload
from simulator.emulators.github.payloads.issues import issue_payload
from simulator.emulators.github.payloads.notices.details import details
from simulator.emulators.github.state.comments import comments_by_id
from simulator.emulators.github.state.issues import issue_by_id
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The comment as it is, or was before it was deleted, and its issue or pull request."""
    comment = notice.detail.get("deleted") or comments_by_id(work, [notice.detail["comment_id"]])[0]
    return {
        "issue": issue_payload(work, issue_by_id(work, notice.issue_id), urls),
        "comment": comment_payload(work, comment, urls),
        **details(work, notice, urls),
    }

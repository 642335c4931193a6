"""Event `commit_comment`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#commit_comment"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.commit_comments import commit_comment_payload
from simulator.emulators.github.state.commit_comments import find_comment
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The comment."""
    comment = find_comment(work, notice.detail["comment_id"])
    assert comment is not None
    return {"comment": commit_comment_payload(work, comment, urls)}

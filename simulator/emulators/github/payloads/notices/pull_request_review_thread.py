"""Event `pull_request_review_thread`: docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request_review_thread"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.pulls import pull_payloads
from simulator.emulators.github.payloads.reviews import review_comment_payloads
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.pull_rows import pull_by_id
from simulator.emulators.github.state.threads import Thread
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The thread with its comments, and its pull request in the short form."""
    thread: Thread = notice.detail["thread"]
    [pull] = pull_payloads(work, [pull_by_id(work, notice.issue_id)], urls)
    comments = review_comment_payloads(work, thread.comments, urls)
    return {
        "thread": {"node_id": node_id("PullRequestReviewThread", thread.id), "comments": comments},
        "pull_request": pull,
    }

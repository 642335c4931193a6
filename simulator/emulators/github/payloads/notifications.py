"""Notifications as GitHub writes them: threads with the issue or pull request they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.payloads.repositories import short_repository
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.notifications import Notification, latest_comments, threads_of
from simulator.emulators.github.state.repositories import Repository, by_ids
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def notification_payloads(
    connection: Connection, site: str, found: Sequence[Notification], urls: Urls
) -> list[dict[str, Any]]:
    """Notifications of one person."""
    homes = by_ids(connection, site, {each.repository_id for each in found})
    issues = threads_of(connection, site, found)
    latest = latest_comments(connection, site, list(issues))
    return [
        _notification(each, homes[each.repository_id], issues[each.issue_id], latest.get(each.issue_id), urls)
        for each in found
    ]


def _notification(
    found: Notification, home: Repository, issue: Issue, comment_id: int | None, urls: Urls
) -> dict[str, Any]:
    thread = urls.api(f"/notifications/threads/{found.id}")
    about = urls.api(f"{home.path}/{'pulls' if issue.is_pull else 'issues'}/{issue.number}")
    comment = urls.api(f"{home.path}/issues/comments/{comment_id}") if comment_id else about
    return {
        "id": str(found.id),
        "repository": short_repository(home, urls),
        "subject": {
            "title": issue.title,
            "url": about,
            "latest_comment_url": comment,
            "type": "PullRequest" if issue.is_pull else "Issue",
        },
        "reason": found.reason,
        "unread": found.unread,
        "updated_at": stamp_seconds(found.updated_at),
        "last_read_at": stamp_seconds(found.last_read_at),
        "url": thread,
        "subscription_url": f"{thread}/subscription",
    }

"""Worklogs and times as Jira writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.documents import shown
from simulator.emulators.jira.state.durations import pretty
from simulator.emulators.jira.state.time_tracking import Tracking
from simulator.emulators.jira.state.visibility import shown_visibility
from simulator.emulators.jira.state.worklogs import MOST_IN_ISSUE, Worklog
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import stamp_millis

_NAMES = {"original_s": "originalEstimate", "remaining_s": "remainingEstimate", "spent_s": "timeSpent"}


def worklog(session: Session, found: Worklog, people: Mapping[int, Account]) -> Json:
    """One worklog. Without a comment it has no such key."""
    shape: Json = {
        "self": session.rest(f"/issue/{found.issue_id}/worklog/{found.id}"),
        "author": shapes.user(session, people[found.author_id]),
        "updateAuthor": shapes.user(session, people[found.editor_id]),
        "created": stamp_millis(found.created_at),
        "updated": stamp_millis(found.updated_at),
        "started": stamp_millis(found.started_at),
        "timeSpent": pretty(found.seconds),
        "timeSpentSeconds": found.seconds,
        "id": str(found.id),
        "issueId": str(found.issue_id),
    }
    if found.comment is not None:
        shape["comment"] = shown(found.comment, api=session.api)
    if restricted := shown_visibility(session.context, found.visible_to, found.visible_id):
        shape["visibility"] = restricted
    return shape


def worklog_list(session: Session, listed: Sequence[Worklog], total: int, people: Mapping[int, Account]) -> Json:
    """The first worklogs of an issue, as its `worklog` field has them."""
    shown_logs = [worklog(session, one, people) for one in listed]
    return {"startAt": 0, "maxResults": MOST_IN_ISSUE, "total": total, "worklogs": shown_logs}


def time_tracking(tracking: Tracking) -> Json:
    """The times that an issue has, in words and in seconds."""
    found: Json = {}
    for name, key in _NAMES.items():
        seconds = getattr(tracking, name)
        if seconds is not None:
            found |= {key: pretty(seconds), f"{key}Seconds": seconds}
    return found


def progress(tracking: Tracking) -> Json:
    """How much of the work is done, in seconds; with a percentage where there is anything to do."""
    spent, total = tracking.spent_s or 0, tracking.total_s
    return {"progress": spent, "total": total} | ({"percent": spent * 100 // total} if total else {})


def work_ratio(tracking: Tracking) -> int:
    """Percent of the original estimate that were spent, -1 without an estimate."""
    return (tracking.spent_s or 0) * 100 // tracking.original_s if tracking.original_s else -1

"""Fields as a person reads them: texts as safe HTML, instants in words; every other field that was asked for is null."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from simulator.emulators.jira.jql.dates import zone_of
from simulator.emulators.jira.payloads import dates
from simulator.emulators.jira.payloads.attachments import attachment, size_in_words
from simulator.emulators.jira.payloads.comments import comment
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.payloads.worklogs import time_tracking, worklog, worklog_list
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.attachments import Attachment
from simulator.emulators.jira.state.bundle import Bundle
from simulator.emulators.jira.state.comments import Comment
from simulator.emulators.jira.state.documents import loaded
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.time_tracking import UNTRACKED
from simulator.emulators.jira.state.worklogs import Worklog
from simulator.emulators.jira.text.html import render


def rendered_fields(session: Session, bundle: Bundle, issue: Issue, fields: Collection[str]) -> Json:
    """What `expand=renderedFields` adds to an issue."""
    found: Json = dict.fromkeys(fields)
    instants = {
        "created": issue.created_at,
        "updated": issue.updated_at,
        "resolutiondate": issue.resolved_at,
        "statuscategorychangedate": issue.status_changed_at,
    }
    found |= {name: moment(session, at) for name, at in instants.items() if name in fields and at}
    texts = {"description": issue.description, "environment": issue.environment}
    found |= {name: html(kept) for name, kept in texts.items() if name in fields}
    if "duedate" in fields and issue.due_on:
        found["duedate"] = dates.day(issue.due_on)
    if "comment" in fields:
        found["comment"] = _comments(session, bundle, issue)
    if "timetracking" in fields:
        found["timetracking"] = time_tracking(bundle.times.get(issue.id, UNTRACKED))
    if "worklog" in fields:
        found["worklog"] = _worklogs(session, bundle, issue)
    if "attachment" in fields:
        found["attachment"] = [_attachment(session, bundle, one) for one in bundle.attachments.get(issue.id, [])]
    return found


def html(kept: str | None) -> str:
    """A kept document as safe HTML, "" for none."""
    doc = loaded(kept)
    return render(doc) if doc else ""


def moment(session: Session, at: datetime) -> str:
    """An instant in the caller's words and zone."""
    return dates.moment(at, now=session.context.now, zone=zone_of(session.context.account.time_zone))


def _comments(session: Session, bundle: Bundle, issue: Issue) -> Json:
    found = bundle.comments.get(issue.id, [])
    shown = [_comment(session, bundle, issue, one) for one in found]
    return {
        "comments": shown,
        "self": session.rest(f"/issue/{issue.id}/comment"),
        "maxResults": len(shown),
        "total": len(shown),
        "startAt": 0,
    }


def _comment(session: Session, bundle: Bundle, issue: Issue, one: Comment) -> Any:  # Any: a comment's shape
    return comment(session, issue, one, bundle.people) | {
        "body": html(one.body),
        "created": moment(session, one.created_at),
        "updated": moment(session, one.updated_at),
    }


def _worklogs(session: Session, bundle: Bundle, issue: Issue) -> Json:
    found, total = bundle.worklogs.get(issue.id, ([], 0))
    shown = [_worklog(session, bundle, one) for one in found]
    return worklog_list(session, [], total, bundle.people) | {"worklogs": shown}


def _worklog(session: Session, bundle: Bundle, one: Worklog) -> Json:
    return worklog(session, one, bundle.people) | {
        "comment": html(one.comment),
        "created": moment(session, one.created_at),
        "updated": moment(session, one.updated_at),
        "started": moment(session, one.started_at),
    }


def _attachment(session: Session, bundle: Bundle, one: Attachment) -> Json:
    shape = attachment(session, one, bundle.people)
    return shape | {"created": moment(session, one.created_at), "size": size_in_words(one.size)}

"""Reports as Jira's own boards read them from `/rest/greenhopper/1.0`. Undocumented upstream; shapes as scripts know them.

Estimates are numbers of story points; instants are milliseconds since 1970, or `Jul 28, 2022`-like texts beside ISO ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from json import dumps
from typing import Any
from urllib.parse import quote

from simulator.emulators.jira.fields import BY_ID, POINTS
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.boards import Board
from simulator.emulators.jira.state.burndown import Event, work_rates
from simulator.emulators.jira.state.flow import Move
from simulator.emulators.jira.state.issue_past import Past
from simulator.emulators.jira.state.sprint_report import Line, Report, total
from simulator.emulators.jira.state.sprints import Sprint, may_manage
from simulator.emulators.kit.accounts import Account

STATISTIC: Json = {
    "typeId": "field",
    "fieldId": POINTS,
    "id": f"field_{POINTS}",
    "name": BY_ID[POINTS].name,
    "isValid": True,
    "isEnabled": True,
    "renderer": "number",
}
"""What boards count: story points."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def millis(instant: datetime) -> int:
    """An instant as charts have it: whole milliseconds, cut as in the dates of sprints."""
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def estimate_sum(values: Iterable[float | None]) -> Json:
    """A sum of estimates."""
    value = total(values)
    return {"text": "null"} if value is None else {"value": float(value), "text": str(float(value))}


def short_sprint(sprint: Sprint) -> Json:
    """A sprint as lists have it."""
    return {
        "id": sprint.id,
        "sequence": sprint.position or sprint.id,
        "name": sprint.name,
        "state": sprint.state.upper(),
        "linkedPagesCount": 0,
        "goal": sprint.goal,
    }


def report_sprint(session: Session, board: Board, sprint: Sprint) -> Json:
    """A sprint as its report has it, with its dates as texts."""
    shape = short_sprint(sprint) | {"canUpdateSprint": may_manage(session.context, board), "remoteLinks": []}
    named = {
        "startDate": sprint.start_at,
        "endDate": sprint.end_at,
        "completeDate": sprint.completed_at,
        "activatedDate": sprint.activated_at,
    }
    for name, instant in named.items():
        shape[name] = f"{instant:%d/%b/%y} {instant:%I:%M %p}".replace(" 0", " ") if instant else "None"
        if instant:
            iso = f"iso{name[0].upper()}{name[1:]}"
            shape[iso] = instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
    left = (sprint.end_at - session.context.now).days if sprint.state == "active" and sprint.end_at else 0
    return shape | {"daysRemaining": max(0, left)}


def sprint_report(session: Session, board: Board, report: Report, people: Mapping[int, Account]) -> Json:
    """A whole sprint report."""
    parts: dict[str, tuple[str, Sequence[Line]]] = {
        "completedIssues": ("completedIssues", report.completed),
        "issuesNotCompletedInCurrentSprint": ("issuesNotCompleted", report.unfinished),
        "puntedIssues": ("puntedIssues", report.removed),
        "issuesCompletedInAnotherSprint": ("issuesCompletedInAnotherSprint", report.elsewhere),
    }
    done = set(board.columns[-1]["statuses"]) if board.columns else set()
    contents: Json = {
        name: [_line(session, line, people, done) for line in lines] for name, (_, lines) in parts.items()
    }
    for prefix, lines in parts.values():
        contents[f"{prefix}InitialEstimateSum"] = estimate_sum(line.initial for line in lines)
        contents[f"{prefix}EstimateSum"] = estimate_sum(line.current for line in lines)
    kept = [*report.completed, *report.unfinished, *report.elsewhere]
    contents["allIssuesEstimateSum"] = estimate_sum(line.current for line in kept)
    contents["issueKeysAddedDuringSprint"] = dict.fromkeys(report.added, True)
    shape = {"contents": contents, "sprint": report_sprint(session, board, report.sprint), "supportsPages": False}
    closer = people.get(report.sprint.closed_by or 0)
    return shape | ({"lastUserToClose": person_html(session, closer)} if closer else {})


def velocity(reports: Sequence[Report]) -> Json:
    """What sprints began with and what they completed, newest first."""
    entries = {}
    for report in reports:
        began, finished = report.committed.values(), [line.current for line in report.completed]
        entries[str(report.sprint.id)] = {
            "estimated": _velocity(began),
            "allConsideredIssueKeys": list(report.committed),
            "estimatedEntries": [{"issueKey": key, "estimate": points} for key, points in report.committed.items()],
            "completed": _velocity(finished),
            "completedEntries": [
                {"issueKey": line.past.issue.key, "estimate": line.current} for line in report.completed
            ],
        }
    return {"sprints": [short_sprint(report.sprint) for report in reports], "velocityStatEntries": entries}


def burndown(
    session: Session, sprint: Sprint, pasts: Sequence[Past], events: Sequence[Event], closer: Account | None
) -> Json:
    """A scope change burndown chart."""
    now = session.context.now
    start = sprint.activated_at or now
    end = sprint.end_at or now
    changes: dict[str, list[Json]] = {}
    for event in events:
        changes.setdefault(str(millis(event.at)), []).append(_change(event))
    zone = session.context.account.time_zone
    shape: Json = {
        "changes": changes,
        "startTime": millis(start),
        "activatedTime": millis(start),
        "endTime": millis(end),
        "now": millis(now),
        "statisticField": STATISTIC,
        "issueToParentKeys": {},
        "issueToSummary": {past.issue.key: past.issue.summary for past in pasts},
        "workRateData": {
            "timezone": zone,
            "rates": [
                {"start": millis(begin), "end": millis(until), "rate": rate}
                for begin, until, rate in work_rates(start, max(end, sprint.completed_at or now), zone)
            ],
        },
        "openCloseChanges": {},
    }
    if sprint.completed_at:
        shape["completeTime"] = millis(sprint.completed_at)
    if sprint.completed_at and closer:
        html = person_html(session, closer)
        close = [{"userDisplayNameHtml": html, "operation": "CLOSE"}]
        shape |= {"openCloseChanges": {str(millis(sprint.completed_at)): close}, "lastUserWhoClosedHtml": html}
    return shape


def person_html(session: Session, account: Account) -> str:
    """A link to a person, as these reports carry it. Names are escaped."""
    number = escape(account.jira_id, quote=True)
    known = escape(dumps({"accountId": account.jira_id}), quote=True)
    address = escape(session.urls.jira(f"/secure/ViewProfile.jspa?accountId={quote(account.jira_id)}"), quote=True)
    return (
        f'<a class="user-hover" rel="{number}" id="_{number}" data-user="{known}" href="{address}">'
        f"{escape(account.name)}</a>"
    )


def _line(session: Session, line: Line, people: Mapping[int, Account], done: set[int]) -> Json:
    issue, meta = line.past.issue, session.context.meta
    kind, priority, status = meta.issue_types[issue.type_id], meta.priorities[issue.priority_id], line.status_id
    shape: Json = {
        "id": issue.id,
        "key": issue.key,
        "hidden": False,
        "typeName": kind.name,
        "typeId": str(kind.id),
        "typeHierarchyLevel": kind.level,
        "summary": issue.summary,
        "typeUrl": shapes.issue_type(session, kind)["iconUrl"],
        "priorityUrl": shapes.priority(session, priority)["iconUrl"],
        "priorityName": priority.name,
        "done": status in done,
        "hasCustomUserAvatar": False,
        "flagged": issue.flagged,
        "currentEstimateStatistic": _statistic(line.current),
        "estimateStatisticRequired": line.current is None,
        "estimateStatistic": _statistic(line.initial),
        "statusId": str(status),
        "statusName": meta.statuses[status].name,
        "status": shapes.status(session, meta.statuses[status]),
        "fixVersions": [],
        "projectId": issue.project_id,
        "linkedPagesCount": 0,
    }
    assignee = people.get(issue.assignee_id or 0)
    if assignee:
        names = dict.fromkeys(("assignee", "assigneeKey", "assigneeAccountId"), assignee.jira_id)
        shape |= names | {"assigneeName": assignee.name}
    return shape


def _statistic(value: float | None) -> Json:
    return {"statFieldId": POINTS, "statFieldValue": {} if value is None else {"value": float(value)}}


def _velocity(values: Iterable[float | None]) -> Json:
    value = float(total(values) or 0)
    return {"value": value, "text": str(value)}


def _change(event: Event) -> Json:
    shape: Json = {"key": event.key}
    if event.estimate is not None:
        old, new = event.estimate
        shape["statC"] = {name: value for name, value in (("oldValue", old), ("newValue", new)) if value is not None}
    if event.added is not None:
        shape["added"] = event.added
    if event.status_id is not None:
        column: dict[str, Any] = {"notDone": not event.done}
        if event.done or event.was_done:
            column["done"] = bool(event.done)
        shape["column"] = column | {"newStatus": str(event.status_id)}
    return shape


def flow(session: Session, board: Board, moves: Sequence[Move]) -> Json:
    """A cumulative flow diagram."""
    changes: dict[str, list[Json]] = {}
    for move in moves:
        columns = (("columnFrom", move.column_from), ("columnTo", move.column_to))
        shape = {"key": move.key} | {name: place for name, place in columns if place is not None}
        changes.setdefault(str(millis(move.at)), []).append(shape | {"statusTo": str(move.status_id)})
    now = session.context.now
    return {
        "columns": [{"name": column["name"]} for column in board.columns],
        "columnChanges": changes,
        "firstChangeTime": millis(moves[0].at if moves else now),
        "now": millis(now),
    }

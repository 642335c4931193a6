"""Logging work, correcting and deleting it: the worklog, the issue's times, and the history that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, JiraError, NotFound
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.documents import TextFault, read_text, stored, words_of
from simulator.emulators.jira.state.durations import LONGEST_S, pretty, seconds_of
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.mentions import with_names
from simulator.emulators.jira.state.note_properties import keep_note_properties
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.jira.state.properties import read_properties
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.jira.state.time_tracking import UNTRACKED, save_tracking, tracking_of
from simulator.emulators.jira.state.visibility import read_visibility
from simulator.emulators.jira.state.worklogs import Worklog, find_worklog
from simulator.emulators.jira.text.adf import Node
from simulator.emulators.kit.database import next_value

MOST_WORKLOGS = 10_000
"""Worklogs of one issue: https://support.atlassian.com/jira-cloud-administration/docs/what-are-jira-cloud-limits/"""

_w = tables.worklogs.c
_LAST_DAY = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """What becomes of the remaining estimate: `how` is auto, leave, new or manual; the seconds are for the latter two."""

    how: str = "auto"
    seconds: int = 0

    def applied(self, remaining_s: int | None, more_s: int) -> int | None:
        """The remaining estimate when `more_s` of work came to what was spent (less than 0 when it went)."""
        match self.how:
            case "leave":
                return remaining_s
            case "new":
                return self.seconds
            case "manual":
                return max(0, (remaining_s or 0) - (self.seconds if more_s >= 0 else -self.seconds))
        return max(0, (remaining_s or 0) - more_s)


def read_adjustment(how: object, *, new: object = None, by: object = None, by_name: str | None = None) -> Adjustment:
    """What a request's `adjustEstimate` says; without `by_name` nobody can adjust by an amount. Raises BadRequest."""
    if how in (None, "", "auto"):
        return Adjustment()
    if how == "leave":
        return Adjustment(how="leave")
    if how == "new":
        return Adjustment(how="new", seconds=_amount(new, "newEstimate", "You must supply a valid new estimate."))
    if how == "manual" and by_name:
        words = "You must supply a valid amount of time to adjust the estimate by."
        return Adjustment(how="manual", seconds=_amount(by, by_name, words))
    raise BadRequest(errors={"adjustEstimate": f"'{how}' is not a valid way to adjust the estimate here."})


def log_work(context: Context, issue: Issue, given: Mapping[str, Any], adjustment: Adjustment, *, api: str) -> Worklog:
    """Log work of the caller. Raises BadRequest."""
    if not may(context, "WORK_ON_ISSUES", issue=issue):
        raise BadRequest("You do not have the permission to associate a worklog to this issue.")
    values = _values(context, issue, given, api=api)
    if "seconds" not in values:
        raise BadRequest(errors={"timeLogged": "You must indicate the time spent working."})
    _check_room(context, issue)
    worklog_id = next_value(context.connection, context.site, counter("worklog"))
    usual = {"comment": None, "comment_words": "", "started_at": context.now, "visible_to": None, "visible_id": None}
    row = usual | values | {"issue_id": issue.id, "author_id": context.account.id, "editor_id": context.account.id}
    row |= {"site": context.site, "id": worklog_id, "created_at": context.now, "updated_at": context.now}
    context.connection.execute(insert(tables.worklogs), row)
    keep_note_properties(context, "worklog", worklog_id, read_properties(given.get("properties")))
    note = Change(field="WorklogId", field_id="", to_value=str(worklog_id), to_text=str(worklog_id))
    _track(context, issue, values["seconds"], adjustment, [note])
    worklog = Worklog(**{name: row[name] for name in Worklog.__slots__})
    context.tell("worklog_created", issue.id, worklog=worklog)
    return worklog


def change_worklogs(context: Context, issue: Issue, operations: Sequence[tuple[str, object]], *, api: str) -> None:
    """Work logged, corrected and removed along with an edit or a transition. Raises BadRequest."""
    for verb, given in operations:
        if not isinstance(given, dict):
            raise BadRequest(errors={"worklog": "data was not an object"})
        try:
            _change_worklog(context, issue, verb, given, api=api)
        except NotFound as exc:
            raise BadRequest(errors={"worklog": str(exc)}) from exc


def _change_worklog(context: Context, issue: Issue, verb: str, given: dict[str, Any], *, api: str) -> None:
    by_name = {"add": "reduceBy", "remove": "increaseBy"}.get(verb)
    by = given.get(by_name) if by_name else None
    adjustment = read_adjustment(given.get("adjustEstimate"), new=given.get("newEstimate"), by=by, by_name=by_name)
    if verb == "add":
        log_work(context, issue, given, adjustment, api=api)
        return
    worklog = find_worklog(context, issue, str(given.get("id", "")))
    if verb == "edit":
        edit_worklog(context, issue, worklog, given, adjustment, api=api)
    else:
        delete_worklog(context, issue, worklog, adjustment)


def edit_worklog(
    context: Context,
    issue: Issue,
    worklog: Worklog,
    given: Mapping[str, Any],
    adjustment: Adjustment,
    *,
    api: str,
) -> Worklog:
    """Correct a worklog; what is not given stays. Raises BadRequest."""
    check_own(context, issue, worklog, "EDIT", "edit")
    values = _values(context, issue, given, api=api)
    values |= {"editor_id": context.account.id, "updated_at": context.now}
    of = (_w.site == context.site) & (_w.id == worklog.id)
    context.connection.execute(update(tables.worklogs).where(of).values(values))
    keep_note_properties(context, "worklog", worklog.id, read_properties(given.get("properties")))
    number = str(worklog.id)
    note = Change(field="WorklogId", field_id="", from_value=number, from_text=number, to_value=number, to_text=number)
    _track(context, issue, values.get("seconds", worklog.seconds) - worklog.seconds, adjustment, [note])
    found = find_worklog(context, issue, number)
    context.tell("worklog_updated", issue.id, worklog=found)
    return found


def delete_worklog(context: Context, issue: Issue, worklog: Worklog, adjustment: Adjustment) -> None:
    """Take a worklog away, and its time from what was spent. Raises BadRequest."""
    check_own(context, issue, worklog, "DELETE", "delete")
    context.connection.execute(delete(tables.worklogs).where(_w.site == context.site, _w.id == worklog.id))
    gone = {"site": context.site, "worklog_id": worklog.id, "deleted_at": context.now}
    context.connection.execute(insert(tables.worklog_deletions), gone)
    number, spent = str(worklog.id), pretty(worklog.seconds)
    notes = [
        Change(field="WorklogId", field_id="", from_value=number, from_text=number),
        Change(field="WorklogTimeSpent", field_id="", from_value=spent, from_text=spent),
    ]
    _track(context, issue, -worklog.seconds, adjustment, notes)
    context.tell("worklog_deleted", issue.id, worklog=worklog)


def _track(context: Context, issue: Issue, more_s: int, adjustment: Adjustment, notes: list[Change]) -> None:
    """Change what was spent and remains, and write one entry of it."""
    present = tracking_of(context, [issue.id]).get(issue.id)
    old = present or UNTRACKED
    wanted = replace(
        old, spent_s=max(0, (old.spent_s or 0) + more_s), remaining_s=adjustment.applied(old.remaining_s, more_s)
    )
    if not more_s and adjustment.how in {"auto", "manual"}:
        wanted = old
    record(context, {issue.id: [*notes, *save_tracking(context, issue.id, present, wanted)]})
    touch_issues(context, [issue.id])


def _values(context: Context, issue: Issue, given: Mapping[str, Any], *, api: str) -> dict[str, Any]:
    """The columns that a request sets. Raises BadRequest."""
    found: dict[str, Any] = {}
    if given.get("timeSpent") is not None or given.get("timeSpentSeconds") is not None:
        found["seconds"] = _seconds(given)
    if given.get("started") is not None:
        found["started_at"] = _instant(given["started"])
    if "comment" in given:
        doc = _document(context, given["comment"], api)
        found |= {"comment": stored(doc), "comment_words": words_of(doc)}
    if "visibility" in given:
        kind, number = read_visibility(context, issue.project_id, given["visibility"])
        found |= {"visible_to": kind, "visible_id": number}
    return found


def _seconds(given: Mapping[str, Any]) -> int:
    """The time spent in seconds, whole minutes, at least one. `timeSpent` counts where both are given."""
    text, number = given.get("timeSpent"), given.get("timeSpentSeconds")
    if isinstance(number, str) and number.isascii() and number.isdecimal() and len(number) < 12:
        number = int(number)
    found = None
    if isinstance(text, str):
        found = seconds_of(text)
    elif isinstance(number, int) and not isinstance(number, bool) and text is None:
        found = number // 60 * 60
    if found is None or not 0 < found <= LONGEST_S:
        raise BadRequest(errors={"timeLogged": "Invalid time duration entered."})
    return found


def _instant(value: object) -> datetime:
    """The instant of `2026-01-17T12:34:00.000+0000`."""
    try:
        found = datetime.strptime(str(value).replace("Z", "+0000"), "%Y-%m-%dT%H:%M:%S.%f%z").astimezone(UTC)
    except (ValueError, OverflowError):
        found = None
    if not isinstance(value, str) or found is None or found > _LAST_DAY:
        words = "You must specify a date in the form 'yyyy-MM-ddTHH:mm:ss.SSSZ'."
        raise BadRequest(errors={"started": words})
    return found


def _document(context: Context, value: object, api: str) -> Node | None:
    try:
        return with_names(context, read_text(value, api=api))
    except TextFault as exc:
        raise BadRequest(errors={"comment": str(exc)}) from exc


def _amount(value: object, name: str, words: str) -> int:
    found = seconds_of(value) if isinstance(value, str) else None
    if found is None:
        raise BadRequest(errors={name: words})
    return found


def check_own(context: Context, issue: Issue, worklog: Worklog, verb: str, word: str) -> None:
    """Raise BadRequest for who may not `word` a worklog; `verb` is that of the permissions."""
    own = worklog.author_id == context.account.id and may(context, f"{verb}_OWN_WORKLOGS", issue=issue)
    if not own and not may(context, f"{verb}_ALL_WORKLOGS", issue=issue):
        raise BadRequest(f"You do not have the permission to {word} the worklog with id: {worklog.id}.")


def _check_room(context: Context, issue: Issue) -> None:
    of = (_w.site == context.site) & (_w.issue_id == issue.id)
    present = context.connection.execute(select(func.count()).select_from(tables.worklogs).where(of)).scalar_one()
    if present >= MOST_WORKLOGS:
        raise JiraError(f"The issue has {MOST_WORKLOGS} worklogs, and no more can be added.", status=413)

"""What an editor of queries asks for: fields, functions and reserved words; values with what was typed in bold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from simulator.emulators.jira.jql.reserved import KEYWORDS, RESERVED
from simulator.emulators.jira.jql.tree import quote
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.state.search.operands import FUNCTION_NAMES, SINGLE_FUNCTIONS
from simulator.emulators.jira.state.search.suggestions import FieldOffer

_JIRA = "com.atlassian.jira"
_USER, _DATE, _NUMBER, _TEXT = f"{_JIRA}.user.ApplicationUser", "java.util.Date", "java.lang.Number", "java.lang.String"
_ISSUE, _VERSION = f"{_JIRA}.issue.Issue", f"{_JIRA}.project.version.Version"
_SPRINT = "com.atlassian.greenhopper.service.sprint.Sprint"
_FIELD_TYPES = {
    **dict.fromkeys(("assignee", "reporter", "creator", "watcher", "voter", "worklogauthor"), _USER),
    **dict.fromkeys(("created", "createddate", "updated", "updateddate", "resolved", "resolutiondate"), _DATE),
    **dict.fromkeys(("due", "duedate", "lastviewed", "statuscategorychangeddate", "worklogdate"), _DATE),
    **dict.fromkeys(("story points", "votes", "watchers", "hierarchylevel", "workratio"), _NUMBER),
    **dict.fromkeys(("key", "issuekey", "issue", "id", "workitemkey", "workitem"), _ISSUE),
    **dict.fromkeys(("parent", "epic link", "issuelink", "workitemlink"), _ISSUE),
    **dict.fromkeys(("fixversion", "affectedversion"), _VERSION),
    "sprint": _SPRINT,
    **dict.fromkeys(("project", "parentproject"), f"{_JIRA}.project.Project"),
    "component": f"{_JIRA}.bc.project.component.ProjectComponent",
    "status": f"{_JIRA}.issue.status.Status",
    "statuscategory": f"{_JIRA}.issue.status.category.StatusCategory",
    "priority": f"{_JIRA}.issue.priority.Priority",
    "resolution": f"{_JIRA}.issue.resolution.Resolution",
    **dict.fromkeys(("issuetype", "type", "worktype"), f"{_JIRA}.issue.issuetype.IssueType"),
    "labels": f"{_JIRA}.issue.label.Label",
}
_KINDS = {"user": _USER, "number": _NUMBER, "date": _DATE, "datetime": _DATE}
_FUNCTION_TYPES = (
    (r"(start|end)of|^now$", _DATE),
    (r"^currentuser|^membersof", _USER),
    (r"sprints$", _SPRINT),
    (r"issuetypes$", _FIELD_TYPES["issuetype"]),
    (r"version", _VERSION),
    (r"^components", _FIELD_TYPES["component"]),
    (r"^projects", _FIELD_TYPES["project"]),
)


def reference(fields: Sequence[FieldOffer]) -> Json:
    """Fields, functions and words, as `GET /jql/autocompletedata` gives them. Truth values are texts there."""
    return {
        "visibleFieldNames": [_field(one) for one in fields],
        "visibleFunctionNames": [_function(name) for name in sorted(FUNCTION_NAMES.values(), key=str.lower)],
        "jqlReservedWords": sorted({word.lower() for word in KEYWORDS} | RESERVED),
    }


def suggestions(values: Sequence[str], typed: str) -> Json:
    """Values; `displayName` is HTML."""
    return {"results": [{"value": value, "displayName": _marked(value, typed)} for value in values]}


def _field(one: FieldOffer) -> Json:
    shape: Json = {
        "value": quote(one.name),
        "displayName": f"{one.name} - {one.custom}" if one.custom else one.name,
        "orderable": _word(one.orderable),
        "searchable": "true",
        "operators": list(one.operators),
        "types": [_KINDS.get(one.kind, _TEXT) if one.kind else _FIELD_TYPES.get(one.name.lower(), _TEXT)],
    }
    return shape | ({"auto": "true"} if one.values else {}) | ({"cfid": one.custom} if one.custom else {})


def _function(name: str) -> Json:
    lower = name.lower()
    kind = next((kind for pattern, kind in _FUNCTION_TYPES if re.search(pattern, lower)), _ISSUE)
    shape: Json = {"value": f"{name}()", "displayName": f"{name}()", "types": [kind]}
    return shape if lower in SINGLE_FUNCTIONS else shape | {"isList": "true"}


def _marked(value: str, typed: str) -> str:
    at = value.lower().find(typed.lower()) if typed else -1
    if at < 0:
        return escape(value)
    end = at + len(typed)
    return f"{escape(value[:at])}<b>{escape(value[at:end])}</b>{escape(value[end:])}"


def _word(truth: bool) -> str:
    return "true" if truth else "false"

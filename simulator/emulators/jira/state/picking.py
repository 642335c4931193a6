"""Issues that somebody looks for while typing: by the beginning of a key or words of the summary."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, or_

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.search.query import compile_jql, find_page
from simulator.emulators.jira.state.search.terms import Condition
from simulator.emulators.jira.state.views import viewed

MOST_PICKED = 20
_i = tables.issues.c


@dataclass(frozen=True, slots=True)
class Picked:
    """Issues that fit: those that the caller looked at before, and all within the present search. Newest first."""

    viewed: list[Issue]
    current: list[Issue]


def pick_issues(context: Context, query: str, *, jql: str, but: str, project: str, subtasks: bool) -> Picked:
    """At most MOST_PICKED issues of either kind that fit, the present search being `jql`, without `but`. Raises JqlError."""
    extra = [_fits(query)]
    if but:
        extra.append(_i.key != but.upper())
    if project.isascii() and project.isdecimal() and len(project) < 19:
        extra.append(_i.project_id == int(project))
    if not subtasks:
        extra.append(_i.type_id.not_in([kind.id for kind in context.meta.issue_types.values() if kind.subtask]))
    everything, found = compile_jql(context, ""), compile_jql(context, jql)
    return Picked(
        viewed=find_page(context, everything, start=0, limit=MOST_PICKED, extra=[*extra, viewed(context)]),
        current=find_page(context, found, start=0, limit=MOST_PICKED, extra=extra),
    )


def _fits(query: str) -> Condition:
    words = [func.lower(_i.summary).contains(word.lower(), autoescape=True) for word in query.split()[:10]]
    if not words:
        return _i.id.is_not(None)
    number = [_i.number == int(query)] if query.isascii() and query.isdecimal() and len(query) < 19 else []
    return or_(_i.key.startswith(query.upper(), autoescape=True), and_(*words), *number)

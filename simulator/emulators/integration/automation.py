"""Rules that move issues by themselves: "when a pull request opens, move the issue to In Review". Off unless a site sets them.

A rule never sets off another: it moves issues, and only pull requests set rules off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simulator.emulators.jira.errors import JiraError
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.transitions import available, transition_issue
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.site_settings import read_setting, write_setting

OPENED, MERGED = "pull_request_opened", "pull_request_merged"
RULES = (OPENED, MERGED)
"""What sets a rule off; each may name the status that issues are moved to."""

_SETTING = "automation"


def rules_of(connection: Connection, site: str) -> dict[str, str]:
    """The rules of a site: what sets each off, and the status that it moves issues to."""
    return dict(read_setting(connection, site, _SETTING) or {})


def set_rules(connection: Connection, site: str, rules: Mapping[str, str | None]) -> None:
    """Set a site's rules, those that are None or missing are off."""
    kept = {name: status.strip() for name, status in rules.items() if status and status.strip()}
    write_setting(connection, site, _SETTING, kept or None)


def move(context: Context, issues: Iterable[Issue], rule: str) -> list[str]:
    """Move issues as a rule says, as whoever set it off; gives what could not be moved. Does nothing when the rule is off."""
    wanted = rules_of(context.connection, context.site).get(rule)
    if wanted is None:
        return []
    told: list[str] = []
    for issue in issues:
        savepoint = context.connection.begin_nested()
        noted = len(context.notices)
        try:
            _move(context, find_issue(context, issue.id, lock=True), wanted)
            savepoint.commit()
        except JiraError as exc:
            savepoint.rollback()
            del context.notices[noted:]
            told.append(f"{issue.key} is not moved to {wanted}: {str(exc)[:300]}")
    return told


def _move(context: Context, issue: Issue, wanted: str) -> None:
    statuses = context.meta.statuses
    if statuses[issue.status_id].name.lower() == wanted.lower():
        return
    for step in available(context, issue):
        if statuses[step.to_status_id].name.lower() == wanted.lower():
            transition_issue(context, issue, transition_id=step.id, fields={}, verbs={}, api="2")
            return
    raise JiraError("no transition leads there")

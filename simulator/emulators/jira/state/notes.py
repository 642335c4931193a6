"""Notes that somebody sends about an issue: who would get them."""

from __future__ import annotations

from typing import Any

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.people import person_by_account_id
from simulator.emulators.jira.state.votes import votes_of
from simulator.emulators.jira.state.watchers import watchers_of

_FLAGS = ("reporter", "assignee", "watchers", "voters")


def check_receivers(context: Context, issue: Issue, to: dict[str, Any]) -> None:
    """Whether a note has somebody to go to besides its sender. Raises BadRequest when it has nobody, or names nobody known."""
    if any(not isinstance(to.get(name, False), bool) for name in _FLAGS):
        raise BadRequest("The recipients of the notification are not valid.")
    users, groups = to.get("users") or [], to.get("groups") or to.get("groupIds") or []
    if not isinstance(users, list) or not isinstance(groups, list):
        raise BadRequest("The recipients of the notification are not valid.")
    people = {_person(context, one) for one in users}
    people |= {issue.reporter_id} if to.get("reporter") else set()
    people |= {issue.assignee_id} if to.get("assignee") and issue.assignee_id else set()
    people |= set(watchers_of(context, [issue.id])[issue.id]) if to.get("watchers") else set()
    people |= set(votes_of(context, [issue.id])[issue.id]) if to.get("voters") else set()
    if not people - {context.account.id} and not groups:
        raise BadRequest("No recipients were defined for notification.")


def _person(context: Context, given: object) -> int:
    account_id = given.get("accountId") if isinstance(given, dict) else None
    person = person_by_account_id(context, account_id) if isinstance(account_id, str) else None
    if person is None:
        raise BadRequest(errors={"users": f"The user with accountId '{account_id}' does not exist."})
    return person.id

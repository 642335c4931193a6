"""Who is assigned to issues and pull requests: at most ten, and only people with access to the repository."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, insert, select

from simulator.emulators.github.state import events
from simulator.emulators.github.state.issues import touch
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import issue_assignees, issues
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.prepared import Prepared

_OF_ISSUES = Prepared(
    select(issue_assignees.c.issue_id, issue_assignees.c.account_id)
    .where(
        issue_assignees.c.site == bindparam("site"),
        issue_assignees.c.issue_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(issue_assignees.c.account_id),
    names="ids",
)

MOST = 10
"""Assignees an issue may have: docs.github.com/en/rest/issues/assignees#add-assignees-to-an-issue"""


def assignees_of(place: Place, issue_ids: Iterable[int]) -> dict[int, list[int]]:
    """Account ids of the assignees of these issues, in order of their ids; issues without any are left out."""
    found: dict[int, list[int]] = {}
    for issue_id, account_id in _OF_ISSUES.all(place.connection, site=place.site, ids=issue_ids):
        found.setdefault(issue_id, []).append(account_id)
    return found


def assigned_to(place: Place, account: Account) -> list[tuple[int, bool]]:
    """Which issues of the repository somebody is assigned to, and whether each is a pull request."""
    query = (
        select(issues.c.id, issues.c.is_pull)
        .join_from(
            issue_assignees,
            issues,
            (issues.c.site == issue_assignees.c.site) & (issues.c.id == issue_assignees.c.issue_id),
        )
        .where(
            issue_assignees.c.site == place.site,
            issue_assignees.c.account_id == account.id,
            issues.c.repository_id == place.repository.id,
        )
        .order_by(issues.c.id)
    )
    return [(row.id, row.is_pull) for row in place.connection.execute(query)]


def assign(work: Work, issue_id: int, people: Iterable[Account], *, is_pull: bool) -> None:
    """Assign people who are not assigned yet, up to the limit; the rest is left out silently, as GitHub does."""
    wanted = list(people)
    present = assignees_of(work, [issue_id] if wanted else []).get(issue_id, [])
    for person in wanted:
        if person.id in present or len(present) >= MOST:
            continue
        present.append(person.id)
        row = {"site": work.site, "issue_id": issue_id, "account_id": person.id}
        work.connection.execute(insert(issue_assignees), row)
        _note(work, issue_id, "assigned", person, is_pull=is_pull)


def unassign(work: Work, issue_id: int, people: Iterable[Account], *, is_pull: bool) -> None:
    """Take assignments away; people who have none are passed over."""
    for person in people:
        gone = work.connection.execute(
            delete(issue_assignees).where(
                issue_assignees.c.site == work.site,
                issue_assignees.c.issue_id == issue_id,
                issue_assignees.c.account_id == person.id,
            )
        )
        if gone.rowcount:
            _note(work, issue_id, "unassigned", person, is_pull=is_pull)


def set_assignees(work: Work, issue_id: int, people: list[Account], *, is_pull: bool) -> None:
    """Make exactly these people the assignees."""
    kept = {person.id for person in people}
    present = assignees_of(work, [issue_id]).get(issue_id, [])
    known = load_people(work, present)
    gone = [account for each in present if each not in kept and (account := known.get(each))]
    unassign(work, issue_id, gone, is_pull=is_pull)
    assign(work, issue_id, people, is_pull=is_pull)


def _note(work: Work, issue_id: int, kind: str, person: Account, *, is_pull: bool) -> None:
    events.record(work, issue_id, kind, assignee_id=person.id, assigner_id=work.actor.id)
    touch(work, issue_id)
    work.tell("pull_request" if is_pull else "issues", kind, issue_id, assignee_id=person.id)

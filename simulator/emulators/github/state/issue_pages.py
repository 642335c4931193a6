"""Issues or pull requests of one repository as GraphQL asks for them: several states at once, any of some labels.

Source: https://docs.github.com/en/graphql/reference/input-objects#issuefilters
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from simulator.emulators.github.state.issues import COLUMNS, Issue
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import issue_assignees, issue_labels, issues, labels, milestones, pulls
from simulator.emulators.kit import accounts

OPEN = "OPEN"
CLOSED = "CLOSED"
MERGED = "MERGED"
ANYBODY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to list: pull requests or issues. `assignee` is a login or `*`, "" for nobody; `milestone` likewise by its number."""

    pulls: bool
    states: Sequence[str] = ()
    labels: Sequence[str] = ()
    head: str | None = None
    base: str | None = None
    assignee: str | None = None
    creator: str | None = None
    mentioned: str | None = None
    milestone: str | None = None
    milestone_id: int | None = None
    since: datetime | None = None
    sort: str = "created"
    rising: bool = True


_ORDER = {"created": issues.c.number, "updated": issues.c.updated_at, "comments": issues.c.comments}
_PULL = (pulls.c.site == issues.c.site) & (pulls.c.id == issues.c.id)


def count_issues(place: Place, wish: Wish) -> int:
    """How many there are."""
    query = select(func.count()).select_from(issues).where(*_conditions(place, wish))
    return place.connection.execute(query).scalar_one()


def page_of_issues(place: Place, wish: Wish, *, offset: int, limit: int) -> list[Issue]:
    """A page of them."""
    order = (_ORDER[wish.sort], issues.c.id)
    query = (
        select(*COLUMNS)
        .where(*_conditions(place, wish))
        .order_by(*(each.asc() if wish.rising else each.desc() for each in order))
        .offset(offset)
        .limit(limit)
    )
    return [Issue(**row) for row in place.connection.execute(query).mappings()]


def _conditions(place: Place, wish: Wish) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        issues.c.site == place.site,
        issues.c.repository_id == place.repository.id,
        issues.c.is_pull.is_(wish.pulls),
    ]
    if wish.states:
        found.append(or_(*(_state(state, wish.pulls) for state in wish.states)))
    if wish.labels:
        found.append(_labelled(place, wish.labels))
    if wish.head is not None:
        found.append(exists().where(_PULL, pulls.c.head_ref == wish.head))
    if wish.base is not None:
        found.append(exists().where(_PULL, pulls.c.base_ref == wish.base))
    if wish.since is not None:
        found.append(issues.c.updated_at >= wish.since)
    if wish.creator is not None:
        found.append(_is_account(place, issues.c.author_id, wish.creator))
    if wish.mentioned is not None:
        found.append(func.lower(issues.c.body).contains(f"@{wish.mentioned.lower()}", autoescape=True))
    return found + _of_people_and_goals(place, wish)


def _of_people_and_goals(place: Place, wish: Wish) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wish.assignee is not None:
        found.append(_assigned(place, wish.assignee))
    if wish.milestone is not None:
        found.append(_planned(place, wish.milestone))
    if wish.milestone_id is not None:
        found.append(issues.c.milestone_id == wish.milestone_id)
    return found


def _state(state: str, of_pulls: bool) -> ColumnElement[bool]:
    if state == OPEN:
        return issues.c.state == "open"
    closed = issues.c.state == "closed"
    if not of_pulls:
        return closed
    merged = exists().where(_PULL, pulls.c.merged_at.is_not(None))
    return closed & (merged if state == MERGED else ~merged)


def _labelled(place: Place, names: Sequence[str]) -> ColumnElement[bool]:
    return exists().where(
        issue_labels.c.site == issues.c.site,
        issue_labels.c.issue_id == issues.c.id,
        labels.c.site == issue_labels.c.site,
        labels.c.id == issue_labels.c.label_id,
        labels.c.repository_id == place.repository.id,
        labels.c.name_lower.in_([name.lower() for name in names]),
    )


def _assigned(place: Place, login: str) -> ColumnElement[bool]:
    of_issue = and_(issue_assignees.c.site == issues.c.site, issue_assignees.c.issue_id == issues.c.id)
    if login == ANYBODY:
        return exists().where(of_issue)
    if not login:
        return ~exists().where(of_issue)
    return exists().where(of_issue, _is_account(place, issue_assignees.c.account_id, login))


def _planned(place: Place, number: str) -> ColumnElement[bool]:
    if number == ANYBODY:
        return issues.c.milestone_id.is_not(None)
    if not number:
        return issues.c.milestone_id.is_(None)
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return false()
    return exists().where(
        milestones.c.site == issues.c.site,
        milestones.c.id == issues.c.milestone_id,
        milestones.c.repository_id == place.repository.id,
        milestones.c.number == int(number),
    )


def _is_account(place: Place, column: ColumnElement[int], login: str) -> ColumnElement[bool]:
    account = accounts.by_login(place.connection, place.site, login)
    return column == account.id if account else false()

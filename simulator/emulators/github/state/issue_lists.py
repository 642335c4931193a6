"""Pages of issues as `GET /repos/{owner}/{repo}/issues` asks for them: filters, order, and the total for the Link header."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, false, func, or_, select

from simulator.emulators.github.state import tallies
from simulator.emulators.github.state.issue_labels import has_label
from simulator.emulators.github.state.issues import COLUMNS, Issue, issue_of
from simulator.emulators.github.state.search.words import mentions
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import comments, issue_assignees, issues
from simulator.emulators.kit import accounts
from simulator.emulators.kit.prepared import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFilter:
    """What to list. `labels` must all be there; `assignee` is a login, `none` or `*`; `milestone` an id, `none` or `*`.

    `pulls` True lists pull requests only, False none of them. `typed` asks for issues of some type: there are no types here.
    """

    state: str = "open"
    pulls: bool | None = None
    labels: tuple[str, ...] = ()
    assignee: str | None = None
    creator: str | None = None
    mentioned: str | None = None
    milestone: int | str | None = None
    typed: bool = False
    since: datetime | None = None
    sort: str = "created"
    direction: str = "desc"


_ORDER = {"created": issues.c.created_at, "updated": issues.c.updated_at, "comments": issues.c.comments}


def list_issues(place: Place, wanted: IssueFilter, *, offset: int, limit: int) -> tuple[list[Issue], int]:
    """A page of issues and pull requests, and how many there are in all."""
    if wanted == IssueFilter(state=wanted.state, pulls=wanted.pulls, sort=wanted.sort, direction=wanted.direction):
        return _plain_page(place, wanted, offset=offset, limit=limit)
    conditions = [issues.c.repository_id == place.repository.id]
    conditions += filter_conditions(place.connection, place.site, wanted)
    total = place.connection.execute(select(func.count()).select_from(issues).where(*conditions)).scalar_one()
    query = select(*COLUMNS).where(*conditions).order_by(*_order_here(wanted)).offset(offset).limit(limit)
    return [issue_of(row) for row in place.connection.execute(query)], total


def _plain_page(place: Place, wanted: IssueFilter, *, offset: int, limit: int) -> tuple[list[Issue], int]:
    """The same where nothing is looked for: from the first to the last page of a long list in the same time."""
    keys = {"site": place.site, "repository": place.repository.id, "offset": offset, "most": limit}
    rows = _plain_query(wanted).all(place.connection, **keys)
    total = tallies.total(place.connection, place.site, place.repository.id, state=wanted.state, pulls=wanted.pulls)
    return [issue_of(row) for row in rows], total


@lru_cache(maxsize=128)
def _plain_query(wanted: IssueFilter) -> Prepared:
    query = select(*COLUMNS).where(
        issues.c.site == bindparam("site"), issues.c.repository_id == bindparam("repository")
    )
    if wanted.state != "all":
        query = query.where(issues.c.state == wanted.state)
    if wanted.pulls is not None:
        query = query.where(issues.c.is_pull.is_(wanted.pulls))
    return Prepared(query.order_by(*_order_here(wanted)).offset(bindparam("offset")).limit(bindparam("most")))


def _order_here(wanted: IssueFilter) -> list[ColumnElement[Any]]:
    """The order within a repository, where numbers are given in the order of creation, and are indexed."""
    if wanted.sort != "created":
        return filter_order(wanted)
    return [issues.c.number.asc() if wanted.direction == "asc" else issues.c.number.desc()]


def filter_order(wanted: IssueFilter) -> list[ColumnElement[Any]]:
    """The order that a filter asks for."""
    order = (_ORDER[wanted.sort], issues.c.id)
    return [each.asc() if wanted.direction == "asc" else each.desc() for each in order]


def filter_conditions(connection: Connection, site: str, wanted: IssueFilter) -> list[ColumnElement[bool]]:
    """The conditions of a filter on gh_issues, whatever their repositories."""
    found: list[ColumnElement[bool]] = [issues.c.site == site]
    if wanted.state != "all":
        found.append(issues.c.state == wanted.state)
    if wanted.pulls is not None:
        found.append(issues.c.is_pull.is_(wanted.pulls))
    if wanted.since is not None:
        found.append(issues.c.updated_at >= wanted.since)
    if wanted.creator:
        found.append(_is_account(connection, site, issues.c.author_id, wanted.creator))
    if wanted.mentioned:
        found.append(mentioned(wanted.mentioned))
    if wanted.milestone:
        found.append(_milestone(wanted.milestone))
    if wanted.assignee:
        found.append(_assignee(connection, site, wanted.assignee))
    if wanted.typed:
        found.append(false())
    return found + [has_label(name) for name in wanted.labels]


def mentioned(login: str) -> ColumnElement[bool]:
    """The condition that the description or a comment mentions somebody."""
    said = exists().where(comments.c.site == issues.c.site, comments.c.issue_id == issues.c.id)
    return or_(mentions(issues.c.body, login), said.where(mentions(comments.c.body, login)))


def _is_account(connection: Connection, site: str, column: ColumnElement[int], login: str) -> ColumnElement[bool]:
    account = accounts.by_login(connection, site, login)
    return column == account.id if account else false()


def _milestone(wanted: int | str) -> ColumnElement[bool]:
    if isinstance(wanted, int):
        return issues.c.milestone_id == wanted
    return issues.c.milestone_id.is_(None) if wanted == "none" else issues.c.milestone_id.is_not(None)


def _assignee(connection: Connection, site: str, wanted: str) -> ColumnElement[bool]:
    of_issue = and_(issue_assignees.c.site == issues.c.site, issue_assignees.c.issue_id == issues.c.id)
    if wanted == "*":
        return exists().where(of_issue)
    if wanted == "none":
        return ~exists().where(of_issue)
    return exists().where(of_issue, _is_account(connection, site, issue_assignees.c.account_id, wanted))

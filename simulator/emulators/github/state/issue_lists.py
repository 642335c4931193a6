"""Pages of issues as `GET /repos/{owner}/{repo}/issues` asks for them: filters, order, and the total for the Link header."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, select

from simulator.emulators.github.state.issues import COLUMNS, Issue
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import issue_assignees, issue_labels, issues, labels
from simulator.emulators.kit import accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFilter:
    """What to list. `labels` must all be there; `assignee` is a login, `none` or `*`; `milestone` likewise.

    `pulls` True lists pull requests only, False none of them.
    """

    state: str = "open"
    pulls: bool | None = None
    labels: tuple[str, ...] = ()
    assignee: str | None = None
    creator: str | None = None
    mentioned: str | None = None
    milestone: str | None = None
    since: datetime | None = None
    sort: str = "created"
    direction: str = "desc"


_ORDER = {"created": issues.c.created_at, "updated": issues.c.updated_at, "comments": issues.c.comments}


def list_issues(place: Place, wanted: IssueFilter, *, offset: int, limit: int) -> tuple[list[Issue], int]:
    """A page of issues and pull requests, and how many there are in all."""
    conditions = list(_conditions(place, wanted))
    total = place.connection.execute(select(func.count()).select_from(issues).where(*conditions)).scalar_one()
    order = (_ORDER[wanted.sort], issues.c.id)
    query = (
        select(*COLUMNS)
        .where(*conditions)
        .order_by(*(each.asc() if wanted.direction == "asc" else each.desc() for each in order))
        .offset(offset)
        .limit(limit)
    )
    return [Issue(**row) for row in place.connection.execute(query).mappings()], total


def _conditions(place: Place, wanted: IssueFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [issues.c.site == place.site, issues.c.repository_id == place.repository.id]
    if wanted.state != "all":
        found.append(issues.c.state == wanted.state)
    if wanted.pulls is not None:
        found.append(issues.c.is_pull.is_(wanted.pulls))
    if wanted.since is not None:
        found.append(issues.c.updated_at >= wanted.since)
    if wanted.creator:
        found.append(_is_account(place, issues.c.author_id, wanted.creator))
    if wanted.mentioned:
        found.append(func.lower(issues.c.body).contains(f"@{wanted.mentioned.lower()}", autoescape=True))
    if wanted.milestone:
        found.append(_milestone(wanted.milestone))
    if wanted.assignee:
        found.append(_assignee(place, wanted.assignee))
    return found + [_label(place, name) for name in wanted.labels]


def _is_account(place: Place, column: ColumnElement[int], login: str) -> ColumnElement[bool]:
    account = accounts.by_login(place.connection, place.site, login)
    return column == account.id if account else false()


def _milestone(wanted: str) -> ColumnElement[bool]:
    return issues.c.milestone_id.is_(None) if wanted == "none" else issues.c.milestone_id.is_not(None)


def _assignee(place: Place, wanted: str) -> ColumnElement[bool]:
    of_issue = and_(issue_assignees.c.site == issues.c.site, issue_assignees.c.issue_id == issues.c.id)
    if wanted == "*":
        return exists().where(of_issue)
    if wanted == "none":
        return ~exists().where(of_issue)
    return exists().where(of_issue, _is_account(place, issue_assignees.c.account_id, wanted))


def _label(place: Place, name: str) -> ColumnElement[bool]:
    return exists().where(
        issue_labels.c.site == issues.c.site,
        issue_labels.c.issue_id == issues.c.id,
        labels.c.site == issue_labels.c.site,
        labels.c.id == issue_labels.c.label_id,
        labels.c.repository_id == place.repository.id,
        labels.c.name_lower == name.lower(),
    )

"""What people are told of threads that concern them: one row for each person and each issue or pull request.

One statement for a thread that moved finds everybody concerned. It never tells people of their own doings. What somebody may
no longer see is left out when the list is read, not here.
Source: https://docs.github.com/en/rest/activity/notifications
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from simulator.emulators.github.state.issues import COLUMNS as ISSUE_COLUMNS
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.repositories import may_see
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.github.tables import (
    comments,
    issue_assignees,
    issues,
    notifications,
    repositories,
    review_requests,
    reviews,
    watchers,
)
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.prepared import Prepared
from simulator.emulators.kit.tables import Instant, accounts

REASONS = ("review_requested", "assign", "mention", "author", "comment", "subscribed")
"""Why somebody is told, the weightiest first: docs.github.com/en/rest/activity/notifications#about-notification-reasons"""

_PARTICIPATING = REASONS[:-1]
_PEOPLE = 1 << 22  # the id of a row is made of the thread's and the person's
_MOVES = {
    "issues": ("opened", "closed", "reopened", "assigned"),
    "pull_request": ("opened", "closed", "reopened", "assigned", "review_requested", "ready_for_review"),
    "issue_comment": ("created",),
    "pull_request_review": ("submitted",),
    "pull_request_review_comment": ("created",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A row of gh_notifications."""

    id: int
    account_id: int
    repository_id: int
    issue_id: int
    reason: str
    unread: bool
    updated_at: datetime
    last_read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationFilter:
    """What to list: read ones too (`everything`), only threads that one takes part in, updates within some time, one place."""

    everything: bool = False
    participating: bool = False
    since: datetime | None = None
    before: datetime | None = None
    repository_id: int | None = None


_COLUMNS = [notifications.c[name] for name in Notification.__slots__]
_SITE, _AT = bindparam("of_site", type_=String), bindparam("of_instant", type_=Instant)
_ISSUE, _ACTOR, _HERE, _COMMENT, _REVIEW = (
    bindparam(f"of_{name}", type_=BigInteger) for name in ("issue", "actor", "repository", "comment", "review")
)


def _people(column: ColumnElement[Any], reason: str, *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(column.label("account_id"), literal(REASONS.index(reason)).label("rank")).where(*conditions)


def _mentioned(text: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Select[Any]:
    rough = text.ilike("%@" + accounts.c.login_lower + "%")
    exact = text.regexp_match(r"(?i)(^|[^\w@/-])@" + accounts.c.login_lower + r"($|[^\w-])")
    person = and_(accounts.c.site == _SITE, accounts.c.kind == "user")
    return _people(accounts.c.id, "mention", *conditions, text.contains("@"), person, rough, exact)


_OF_ISSUE = and_(issues.c.site == _SITE, issues.c.id == _ISSUE)
_ASSIGNED = _people(
    issue_assignees.c.account_id, "assign", issue_assignees.c.site == _SITE, issue_assignees.c.issue_id == _ISSUE
)
_WATCHING = _people(
    watchers.c.account_id,
    "subscribed",
    watchers.c.site == _SITE,
    watchers.c.repository_id == _HERE,
    watchers.c.kind == "watch",
)
_NEW_THREAD = (_ASSIGNED, _WATCHING, _mentioned(issues.c.body, _OF_ISSUE))
_OLD_THREAD = (
    *_NEW_THREAD[:2],
    _people(issues.c.author_id, "author", _OF_ISSUE),
    _people(
        review_requests.c.account_id,
        "review_requested",
        review_requests.c.site == _SITE,
        review_requests.c.pull_id == _ISSUE,
    ),
    _people(comments.c.author_id, "comment", comments.c.site == _SITE, comments.c.issue_id == _ISSUE),
    _people(
        reviews.c.author_id,
        "comment",
        reviews.c.site == _SITE,
        reviews.c.pull_id == _ISSUE,
        reviews.c.state != "PENDING",
    ),
    _mentioned(comments.c.body, comments.c.site == _SITE, comments.c.id == _COMMENT),
    _mentioned(reviews.c.body, reviews.c.site == _SITE, reviews.c.id == _REVIEW),
    select(
        notifications.c.account_id,
        case({reason: rank for rank, reason in enumerate(REASONS)}, value=notifications.c.reason),
    ).where(notifications.c.site == _SITE, notifications.c.issue_id == _ISSUE),
)


def record(work: Work, notices: Sequence[Notice]) -> None:
    """Tell everybody concerned that threads moved, as far as these notices say so."""
    moved: dict[int, Notice] = {}
    for notice in notices:
        if notice.action in _MOVES.get(notice.event, ()):
            moved[notice.issue_id] = notice if notice.issue_id not in moved else _both(moved[notice.issue_id], notice)
    for issue_id, notice in moved.items():
        _tell(work, issue_id, notice)


def list_notifications(
    connection: Connection, account: Account, wanted: NotificationFilter, *, offset: int, limit: int
) -> tuple[list[Notification], int]:
    """A page of somebody's notifications, the latest first, and how many there are."""
    conditions = _conditions(account, wanted)
    total = connection.execute(select(func.count()).select_from(notifications).where(*conditions)).scalar_one()
    latest = (notifications.c.updated_at.desc(), notifications.c.id.desc())
    query = select(*_COLUMNS).where(*conditions).order_by(*latest).offset(offset).limit(limit)
    return [Notification(**row) for row in connection.execute(query).mappings()], total


def find_notification(connection: Connection, account: Account, notification_id: int) -> Notification | None:
    """One of somebody's notifications."""
    query = select(*_COLUMNS).where(_own(account), notifications.c.id == notification_id)
    row = connection.execute(query).mappings().first()
    return Notification(**row) if row else None


def threads_of(connection: Connection, site: str, found: Sequence[Notification]) -> dict[int, Issue]:
    """The issues and pull requests that notifications are about, by their ids."""
    query = select(*ISSUE_COLUMNS).where(issues.c.site == site, issues.c.id.in_({each.issue_id for each in found}))
    return {row["id"]: Issue(**row) for row in connection.execute(query).mappings()}


def latest_comments(connection: Connection, site: str, issue_ids: Sequence[int]) -> dict[int, int]:
    """The ids of the last comments of issues; those without any are left out."""
    query = (
        select(comments.c.issue_id, func.max(comments.c.id).label("last"))
        .where(comments.c.site == site, comments.c.issue_id.in_(issue_ids))
        .group_by(comments.c.issue_id)
    )
    return {row.issue_id: row.last for row in connection.execute(query)}


def mark_read(
    connection: Connection,
    account: Account,
    *,
    at: datetime,
    until: datetime | None = None,
    repository_id: int | None = None,
    notification_id: int | None = None,
) -> None:
    """Mark somebody's notifications as read: all, those of one repository, or one; updated no later than `until`."""
    conditions = [_own(account), notifications.c.unread.is_(True)]
    if until is not None:
        conditions.append(notifications.c.updated_at <= until)
    if repository_id is not None:
        conditions.append(notifications.c.repository_id == repository_id)
    if notification_id is not None:
        conditions.append(notifications.c.id == notification_id)
    connection.execute(update(notifications).where(*conditions).values(unread=False, last_read_at=at))


def _both(first: Notice, second: Notice) -> Notice:
    # of an issue that was opened and assigned at once, the opening tells all; of a review and its comments, the review
    return first if first.action in ("opened", "submitted") else second


def _tell(work: Work, issue_id: int, notice: Notice) -> None:
    is_new = notice.action == "opened"
    keys = {
        "of_site": work.site,
        "of_instant": work.at,
        "of_issue": issue_id,
        "of_actor": work.actor.id,
        "of_repository": work.repository.id,
    }
    if not is_new:
        keys |= {"of_comment": 0, "of_review": notice.detail.get("review_id", 0)}
        if notice.event == "issue_comment":
            keys["of_comment"] = notice.detail["comment_id"]
    _telling(work.connection.dialect.name, is_new).run(work.connection, **keys)


@cache
def _telling(dialect: str, is_new: bool) -> Prepared:
    people = union_all(*(_NEW_THREAD if is_new else _OLD_THREAD)).subquery("people")
    weight = func.min(people.c.rank)
    row = (
        select(
            _SITE,
            _ISSUE * _PEOPLE + people.c.account_id,
            people.c.account_id,
            _HERE,
            _ISSUE,
            case(dict(enumerate(REASONS)), value=weight),
            true(),
            _AT,
        )
        .where(people.c.account_id != _ACTOR)
        .group_by(people.c.account_id)
    )
    columns = ("site", "id", "account_id", "repository_id", "issue_id", "reason", "unread", "updated_at")
    made = (sqlite if dialect == "sqlite" else postgresql).insert(notifications).from_select(columns, row)
    news = {name: made.excluded[name] for name in ("reason", "unread", "updated_at")}
    return Prepared(made.on_conflict_do_update(index_elements=["site", "issue_id", "account_id"], set_=news))


def _own(account: Account) -> ColumnElement[bool]:
    visible = select(repositories.c.id).where(repositories.c.site == account.site, may_see(account))
    return and_(
        notifications.c.site == account.site,
        notifications.c.account_id == account.id,
        notifications.c.repository_id.in_(visible),
    )


def _conditions(account: Account, wanted: NotificationFilter) -> list[ColumnElement[bool]]:
    found = [_own(account)]
    if not wanted.everything:
        found.append(notifications.c.unread.is_(True))
    if wanted.participating:
        found.append(notifications.c.reason.in_(_PARTICIPATING))
    if wanted.since is not None:
        found.append(notifications.c.updated_at >= wanted.since)
    if wanted.before is not None:
        found.append(notifications.c.updated_at < wanted.before)
    if wanted.repository_id is not None:
        found.append(notifications.c.repository_id == wanted.repository_id)
    return found

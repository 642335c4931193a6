"""The public events of repositories and people: a row for each thing that happened, written where webhooks are told of it.

A row holds ids and words; what it shows is looked up when somebody asks. Refuses to write more than the rows themselves:
this runs with every change.
Source: https://docs.github.com/en/rest/using-the-rest-api/github-event-types
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from simulator.emulators.github.state.labels import Label
from simulator.emulators.github.state.watching import WATCH
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.github.tables import feed, repositories, watchers
from simulator.emulators.gitserver.refs import ZERO
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import inserting

MOST = 300
"""Events that can be had of one feed: docs.github.com/en/rest/activity/events#about-github-events"""

_ISSUES = ("opened", "closed", "reopened", "assigned", "unassigned", "labeled", "unlabeled")
_REVIEWS = {"submitted": "created", "edited": "updated", "dismissed": "dismissed"}
_IDS = ("comment_id", "review_id", "assignee_id", "fork_id")
_ROWS = ("member", "release")  # details that are rows: their ids are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEvent:
    """A row of gh_feed. `kind` is GitHub's, such as PushEvent."""

    id: int
    repository_id: int
    actor_id: int
    kind: str
    detail: Mapping[str, Any]
    created_at: datetime


_COLUMNS = [feed.c[name] for name in FeedEvent.__slots__]
_INSERT = inserting(feed)


def record(work: Work, notices: Sequence[Notice]) -> None:
    """Write down what these notices tell the public."""
    told = [entry for notice in notices if (entry := _entry(work, notice)) is not None]
    if not told:
        return
    last = next_value(work.connection, work.site, "gh_feed", count=len(told))
    common = {"site": work.site, "repository_id": work.repository.id, "actor_id": work.actor.id, "created_at": work.at}
    rows = [
        common | {"id": last - len(told) + number, "kind": kind, "detail": detail}
        for number, (kind, detail) in enumerate(told, 1)
    ]
    for row in rows:
        _INSERT.run(work.connection, **row)


def events_of_repository(
    connection: Connection, site: str, repository_id: int, *, offset: int, limit: int
) -> tuple[list[FeedEvent], int]:
    """A page of a repository's events, newest first, and how many can be had."""
    return _page(connection, [feed.c.site == site, feed.c.repository_id == repository_id], offset, limit)


def events_of(
    connection: Connection,
    site: str,
    *,
    places: ColumnElement[bool],
    actor_id: int | None = None,
    offset: int,
    limit: int,
) -> tuple[list[FeedEvent], int]:
    """A page of the events in repositories that meet a condition, all or those of one person, newest first."""
    inside = select(repositories.c.id).where(repositories.c.site == site, places)
    conditions = [feed.c.site == site, feed.c.repository_id.in_(inside)]
    if actor_id is not None:
        conditions.append(feed.c.actor_id == actor_id)
    return _page(connection, conditions, offset, limit)


def public_places(*, owner_id: int | None = None) -> ColumnElement[bool]:
    """The condition on gh_repositories that everybody may see them, all or those of one owner."""
    openly = repositories.c.private.is_(False)
    return openly if owner_id is None else openly & (repositories.c.owner_id == owner_id)


def watched_places(account: Account) -> ColumnElement[bool]:
    """The condition on gh_repositories that somebody watches them."""
    mine = (watchers.c.site == account.site, watchers.c.account_id == account.id, watchers.c.kind == WATCH)
    return repositories.c.id.in_(select(watchers.c.repository_id).where(*mine))


def _page(
    connection: Connection, conditions: list[ColumnElement[bool]], offset: int, limit: int
) -> tuple[list[FeedEvent], int]:
    newest = select(feed.c.id).where(*conditions).order_by(feed.c.id.desc()).limit(MOST)
    total = connection.execute(select(func.count()).select_from(newest.subquery())).scalar_one()
    query = select(*_COLUMNS).where(*conditions).order_by(feed.c.id.desc())
    rows = connection.execute(query.offset(offset).limit(max(0, min(limit, MOST - offset)))).mappings()
    return [FeedEvent(**row) for row in rows], total


def _entry(work: Work, notice: Notice) -> tuple[str, dict[str, Any]] | None:
    kind, action = _kind(notice)
    if kind is None:
        return None
    detail: dict[str, Any] = {name: notice.detail[name] for name in _IDS if name in notice.detail}
    detail |= {f"{name}_id": notice.detail[name].id for name in _ROWS if name in notice.detail}
    if "label" in notice.detail:
        label = notice.detail["label"]
        detail["label"] = {name: getattr(label, name) for name in Label.__slots__}
    if "movement" in notice.detail:
        moved = notice.detail["movement"]
        detail |= {"ref": moved.ref, "before": moved.before, "head": moved.after}
    if kind == "CreateEvent":
        detail |= {"master_branch": work.repository.default_branch, "description": work.repository.description}
    return kind, detail | {"action": action, "issue_id": notice.issue_id}


def _kind(notice: Notice) -> tuple[str | None, str | None]:
    action = notice.action or ""
    match notice.event:
        case "issues" if action in _ISSUES:
            return "IssuesEvent", action
        case "pull_request" if action in _ISSUES:
            return "PullRequestEvent", action
        case "issue_comment" if action == "created":
            return "IssueCommentEvent", action
        case "pull_request_review" if action in _REVIEWS:
            return "PullRequestReviewEvent", _REVIEWS[action]
        case "pull_request_review_comment" if action == "created":
            return "PullRequestReviewCommentEvent", action
        case "push":
            return ("PushEvent", None) if _is_plain_push(notice) else (None, None)
    return _OTHERS.get((notice.event, action), (None, None))


_OTHERS: Mapping[tuple[str, str], tuple[str, str | None]] = {
    ("commit_comment", "created"): ("CommitCommentEvent", "created"),
    ("create", ""): ("CreateEvent", None),
    ("delete", ""): ("DeleteEvent", None),
    ("fork", ""): ("ForkEvent", "forked"),
    ("member", "added"): ("MemberEvent", "added"),
    ("public", ""): ("PublicEvent", None),
    ("release", "published"): ("ReleaseEvent", "published"),
    ("repository", "created"): ("CreateEvent", None),
    ("watch", "started"): ("WatchEvent", "started"),
}


def _is_plain_push(notice: Notice) -> bool:
    # a branch that begins or ends is told of as created or deleted
    moved = notice.detail["movement"]
    return moved.ref.startswith("refs/heads/") and ZERO not in (moved.before, moved.after)

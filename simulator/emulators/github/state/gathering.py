"""Rows of many parents in one statement each, for replies that show lists within lists."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from simulator.emulators.github.state.checks import CheckRun
from simulator.emulators.github.state.comments import Comment
from simulator.emulators.github.state.review_comments import ReviewComment
from simulator.emulators.github.state.reviews import Review
from simulator.emulators.github.state.statuses import Status
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import (
    check_runs,
    comments,
    events,
    issues,
    reactions,
    review_comments,
    reviews,
    statuses,
    workflow_runs,
    workflows,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of each parent's list: the places from `start` on (counted from 0), `end` excluded; `last` keeps that many."""

    start: int = 0
    end: int | None = None
    last: int | None = None
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Reacted:
    """A row of gh_reactions as far as replies show it; `content` is REST's word."""

    id: int
    subject_id: int
    account_id: int
    content: str
    created_at: datetime


def reactions_to(place: Place, subject: str, subject_ids: Collection[int]) -> dict[int, list[Reacted]]:
    """The reactions to each thing of a kind (issue, comment, review, review_comment, release), oldest first."""
    query = select(*(reactions.c[name] for name in Reacted.__slots__)).where(
        reactions.c.site == place.site,
        reactions.c.subject == subject,
        reactions.c.subject_id.in_(subject_ids),
        reactions.c.repository_id == place.repository.id,
    )
    found: dict[int, list[Reacted]] = {}
    for row in place.connection.execute(query.order_by(reactions.c.id)).mappings():
        found.setdefault(row["subject_id"], []).append(Reacted(**row))
    return found


def comment_counts(place: Place, issue_ids: Collection[int]) -> dict[int, int]:
    """How many comments each issue has; issues without any are left out."""
    query = (
        select(comments.c.issue_id, func.count().label("comments"))
        .where(comments.c.site == place.site, comments.c.issue_id.in_(issue_ids))
        .group_by(comments.c.issue_id)
    )
    return {row.issue_id: row.comments for row in place.connection.execute(query)}


def comments_of(place: Place, issue_ids: Collection[int], part: Part) -> dict[int, list[Comment]]:
    """The comments in this part of each issue's conversation; issues without any are left out."""
    order = comments.c.updated_at.desc() if part.newest_first else comments.c.id.asc()
    row = func.row_number().over(partition_by=comments.c.issue_id, order_by=[order, comments.c.id.asc()])
    total = func.count().over(partition_by=comments.c.issue_id)
    numbered = (
        select(*(comments.c[name] for name in Comment.__slots__), row.label("place"), total.label("total"))
        .where(comments.c.site == place.site, comments.c.issue_id.in_(issue_ids))
        .subquery()
    )
    wanted = _within(numbered.c.place, numbered.c.total, part)
    query = select(*(numbered.c[name] for name in Comment.__slots__)).where(wanted)
    found: dict[int, list[Comment]] = {}
    for each in place.connection.execute(query.order_by(numbered.c.issue_id, numbered.c.place)).mappings():
        found.setdefault(each["issue_id"], []).append(Comment(**each))
    return found


def reviews_of(place: Place, pull_ids: Collection[int], *, viewer_id: int) -> dict[int, list[Review]]:
    """The reviews of each pull request, oldest first; of pending ones only the viewer's own."""
    query = select(*(reviews.c[name] for name in Review.__slots__)).where(
        reviews.c.site == place.site,
        reviews.c.pull_id.in_(pull_ids),
        (reviews.c.state != "PENDING") | (reviews.c.author_id == viewer_id),
    )
    found: dict[int, list[Review]] = {}
    for row in place.connection.execute(query.order_by(reviews.c.id)).mappings():
        found.setdefault(row["pull_id"], []).append(Review(**row))
    return found


def line_comments_of(place: Place, pull_ids: Collection[int], *, viewer_id: int) -> dict[int, list[ReviewComment]]:
    """The comments on lines of each pull request, oldest first; of pending ones only the viewer's own."""
    query = select(*(review_comments.c[name] for name in ReviewComment.__slots__)).where(
        review_comments.c.site == place.site,
        review_comments.c.pull_id.in_(pull_ids),
        ~review_comments.c.pending | (review_comments.c.author_id == viewer_id),
    )
    found: dict[int, list[ReviewComment]] = {}
    for row in place.connection.execute(query.order_by(review_comments.c.id)).mappings():
        found.setdefault(row["pull_id"], []).append(ReviewComment(**row))
    return found


def check_runs_of(place: Place, shas: Collection[str]) -> dict[str, list[CheckRun]]:
    """The check runs of each commit, newest first."""
    query = select(*(check_runs.c[name] for name in CheckRun.__slots__)).where(
        check_runs.c.site == place.site,
        check_runs.c.repository_id == place.repository.id,
        check_runs.c.head_sha.in_(shas),
    )
    found: dict[str, list[CheckRun]] = {}
    for row in place.connection.execute(query.order_by(check_runs.c.id.desc())).mappings():
        found.setdefault(row["head_sha"], []).append(CheckRun(**row))
    return found


def statuses_of(place: Place, shas: Collection[str]) -> dict[str, list[Status]]:
    """The last status of each context of each commit, in order of the contexts' first appearance."""
    of_commits = (
        statuses.c.site == place.site,
        statuses.c.repository_id == place.repository.id,
        statuses.c.sha.in_(shas),
    )
    first, last = func.min(statuses.c.id).label("first"), func.max(statuses.c.id).label("last")
    spans = select(first, last).where(*of_commits).group_by(statuses.c.sha, statuses.c.context).subquery()
    query = (
        select(*(statuses.c[name] for name in Status.__slots__))
        .join_from(statuses, spans, statuses.c.id == spans.c.last)
        .where(statuses.c.site == place.site)
        .order_by(spans.c.first)
    )
    found: dict[str, list[Status]] = {}
    for row in place.connection.execute(query).mappings():
        found.setdefault(row["sha"], []).append(Status(**row))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteRun:
    """The run of a workflow that a check suite reports."""

    id: int
    number: int
    event: str
    suite_id: int
    created_at: datetime
    updated_at: datetime
    workflow_id: int
    workflow_name: str
    workflow_path: str
    workflow_state: str
    workflow_created_at: datetime
    workflow_updated_at: datetime


def runs_of_suites(place: Place, suite_ids: Collection[int]) -> dict[int, SuiteRun]:
    """The run of a workflow that each check suite reports; suites of other checks are left out."""
    of_run = [workflow_runs.c[name] for name in ("id", "number", "event", "suite_id", "created_at", "updated_at")]
    of_workflow = [
        workflows.c[name].label(f"workflow_{name}")
        for name in ("id", "name", "path", "state", "created_at", "updated_at")
    ]
    query = (
        select(*of_run, *of_workflow)
        .join_from(
            workflow_runs,
            workflows,
            (workflows.c.site == workflow_runs.c.site) & (workflows.c.id == workflow_runs.c.workflow_id),
        )
        .where(
            workflow_runs.c.site == place.site,
            workflow_runs.c.repository_id == place.repository.id,
            workflow_runs.c.suite_id.in_(suite_ids),
        )
        .order_by(workflow_runs.c.id)
    )
    return {row["suite_id"]: SuiteRun(**row) for row in place.connection.execute(query).mappings()}


def participants_of(place: Place, issue_ids: Collection[int]) -> dict[int, list[int]]:
    """Account ids of whoever wrote or did something in each conversation, the author first."""
    opened = select(
        issues.c.id.label("issue_id"), issues.c.author_id.label("account_id"), (issues.c.id * 0).label("at")
    )
    did = select(events.c.issue_id, events.c.actor_id, events.c.id)
    both = opened.where(issues.c.site == place.site, issues.c.id.in_(issue_ids)).union_all(
        did.where(
            events.c.site == place.site,
            events.c.issue_id.in_(issue_ids),
            events.c.kind.in_(("commented", "reviewed")),
            events.c.actor_id.is_not(None),
        )
    )
    said = both.subquery()
    query = (
        select(said.c.issue_id, said.c.account_id)
        .group_by(said.c.issue_id, said.c.account_id)
        .order_by(said.c.issue_id, func.min(said.c.at))
    )
    found: dict[int, list[int]] = {}
    for issue_id, account_id in place.connection.execute(query):
        found.setdefault(issue_id, []).append(account_id)
    return found


def _within(place: ColumnElement[Any], total: ColumnElement[Any], part: Part) -> ColumnElement[bool]:
    wanted = place > part.start
    if part.end is not None:
        wanted &= place <= part.end
    if part.last is not None:
        end = total if part.end is None else case((total < part.end, total), else_=part.end)
        wanted &= place > end - part.last
    return wanted

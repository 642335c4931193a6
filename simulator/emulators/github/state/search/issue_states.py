"""Qualifiers of an issue search about what an issue or pull request is and in which state: `is:`, `no:`, `review:` and such.

Source: https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from simulator.emulators.github.state import mentions
from simulator.emulators.github.state.search.ground import Ground
from simulator.emulators.github.state.search.required_reviews import branches_that_ask
from simulator.emulators.github.tables import (
    issue_assignees,
    issue_labels,
    issues,
    pulls,
    repositories,
    reviews,
    sub_issues,
)

Condition = ColumnElement[bool]

_MOST_LINKING = 10_000  # pull requests whose descriptions are read for `linked:`

_PULL = and_(pulls.c.site == issues.c.site, pulls.c.id == issues.c.id)
_LABELED = exists().where(issue_labels.c.site == issues.c.site, issue_labels.c.issue_id == issues.c.id)
_ASSIGNED = exists().where(issue_assignees.c.site == issues.c.site, issue_assignees.c.issue_id == issues.c.id)
_HAS_PARENT = exists().where(sub_issues.c.site == issues.c.site, sub_issues.c.child_id == issues.c.id)
_HAS_CHILDREN = exists().where(sub_issues.c.site == issues.c.site, sub_issues.c.parent_id == issues.c.id)


def of_pull(*conditions: Condition) -> Condition:
    """The condition that an issue is a pull request whose own row meets some more."""
    return exists().where(_PULL, *conditions)


_IS: Mapping[str, Condition] = {
    "issue": issues.c.is_pull.is_(False),
    "pr": issues.c.is_pull.is_(True),
    "pull-request": issues.c.is_pull.is_(True),
    "open": issues.c.state == "open",
    "closed": issues.c.state == "closed",
    "merged": of_pull(pulls.c.merged_at.is_not(None)),
    "unmerged": of_pull(pulls.c.merged_at.is_(None)),
    "draft": of_pull(pulls.c.draft.is_(True)),
    "locked": issues.c.locked.is_(True),
    "unlocked": issues.c.locked.is_(False),
    "public": repositories.c.private.is_(False),
    "private": repositories.c.private.is_(True),
    "archived": repositories.c.archived.is_(True),
}
_THERE: Mapping[str, Condition] = {
    "label": _LABELED,
    "labels": _LABELED,
    "milestone": issues.c.milestone_id.is_not(None),
    "assignee": _ASSIGNED,
    "parent-issue": _HAS_PARENT,
    "sub-issue": _HAS_CHILDREN,
    "sub-issues": _HAS_CHILDREN,
    "project": false(),  # there are no projects here
    "type": false(),
}
_REASONS = {"completed": "completed", "not planned": "not_planned", "not_planned": "not_planned"}
_REASONS |= {"duplicate": "duplicate", "reopened": "reopened"}


def is_(_ground: Ground, word: str) -> Condition:
    """`is:open`, `is:pr`, `is:merged` …; an unknown word finds nothing."""
    return _IS.get(word.lower(), false())


def state(_ground: Ground, word: str) -> Condition:
    """`state:open` and `state:closed`."""
    return _IS[word.lower()] if word.lower() in ("open", "closed") else false()


def type_(_ground: Ground, word: str) -> Condition:
    """`type:issue` and `type:pr`."""
    return _IS[word.lower()] if word.lower() in ("issue", "pr", "pull-request") else false()


def without(_ground: Ground, word: str) -> Condition:
    """`no:label`, `no:milestone` …: those that lack something."""
    return ~_THERE[word.lower()] if word.lower() in _THERE else false()


def having(_ground: Ground, word: str) -> Condition:
    """`has:label` and the like: those that have something."""
    return _THERE.get(word.lower(), false())


def reason(_ground: Ground, word: str) -> Condition:
    """Why an issue was closed."""
    return func.coalesce(issues.c.state_reason, "") == _REASONS.get(word.lower(), "-")


def draft(_ground: Ground, word: str) -> Condition:
    """`draft:true`, `draft:false`: pull requests only."""
    return of_pull(pulls.c.draft.is_(word.lower() == "true"))


def archived(_ground: Ground, word: str) -> Condition:
    """`archived:true`, `archived:false`."""
    return repositories.c.archived.is_(word.lower() == "true")


def review(ground: Ground, word: str) -> Condition:
    """`review:none`, `required`, `approved`, `changes_requested`: what reviewers say of a pull request."""
    submitted = and_(reviews.c.site == issues.c.site, reviews.c.pull_id == issues.c.id, reviews.c.state != "PENDING")
    match word.lower():
        case "none":
            return issues.c.is_pull & ~exists().where(submitted)
        case "required":
            return _lacks_approval(ground)
        case "approved":
            return exists().where(_last_word("APPROVED")) & ~exists().where(_last_word("CHANGES_REQUESTED"))
        case "changes_requested" | "changes-requested":
            return exists().where(_last_word("CHANGES_REQUESTED"))
    return false()


def linked(ground: Ground, word: str) -> Condition:
    """`linked:pr`: issues that a pull request promises to close; `linked:issue`: pull requests that promise it."""
    closing, promised = _links(ground)
    match word.lower():
        case "pr" | "pull-request":
            return ~issues.c.is_pull & tuple_(issues.c.repository_id, issues.c.number).in_(promised)
        case "issue":
            return issues.c.id.in_(closing)
    return false()


def _last_word(opinion: str) -> Condition:
    # somebody's last review that approves, asks for changes, or did before it was dismissed
    later = aliased(reviews)
    opinions = ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")
    newer = exists().where(
        later.c.site == reviews.c.site,
        later.c.pull_id == reviews.c.pull_id,
        later.c.author_id == reviews.c.author_id,
        later.c.state.in_(opinions),
        later.c.id > reviews.c.id,
    )
    return and_(reviews.c.site == issues.c.site, reviews.c.pull_id == issues.c.id, reviews.c.state == opinion, ~newer)


def _lacks_approval(ground: Ground) -> Condition:
    approvals = select(func.count()).select_from(reviews).where(_last_word("APPROVED")).scalar_subquery()
    refused = exists().where(_last_word("CHANGES_REQUESTED"))
    found = [
        of_pull(tuple_(pulls.c.repository_id, pulls.c.base_ref).in_(branches)) & (refused | (approvals < wanted))
        for wanted, branches in branches_that_ask(ground).items()
    ]
    return or_(false(), *found)


def _links(ground: Ground) -> tuple[set[int], set[tuple[int, int]]]:
    query = (
        select(issues.c.id, issues.c.repository_id, issues.c.body, repositories.c.full_name_lower)
        .join_from(
            issues, repositories, (repositories.c.site == issues.c.site) & (repositories.c.id == issues.c.repository_id)
        )
        .where(ground.visible(), issues.c.is_pull, issues.c.body.contains("#"))
        .order_by(issues.c.id.desc())
        .limit(_MOST_LINKING)
    )
    closing: set[int] = set()
    promised: set[tuple[int, int]] = set()
    for row in ground.connection.execute(query):
        numbers = mentions.closed_by(row.body, full_name=row.full_name_lower)
        if numbers:
            closing.add(row.id)
            promised |= {(row.repository_id, number) for number in numbers}
    return closing, promised

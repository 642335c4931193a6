"""What each qualifier and each word means in a search for issues and pull requests.

Source: https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true

from simulator.emulators.github.state.issue_labels import has_label
from simulator.emulators.github.state.search import issue_people, issue_states
from simulator.emulators.github.state.search.conditions import SCOPES
from simulator.emulators.github.state.search.ground import Ground
from simulator.emulators.github.state.search.query import All, Qualifier, Text, leaves
from simulator.emulators.github.state.search.ranges import Range, instants, numbers
from simulator.emulators.github.state.search.words import has_words
from simulator.emulators.github.tables import (
    comments,
    issues,
    milestones,
    pulls,
    reactions,
    repositories,
    sub_issues,
)

Condition = ColumnElement[bool]
Term = Callable[[Ground, str], Condition]

FIELDS = ("title", "body", "comments")
_SHA = re.compile(r"[0-9a-f]{7,40}\Z")
_PARENT = re.compile(r"(?P<full_name>[\w.-]+/[\w.-]+)#(?P<number>\d{1,9})\Z")

REACTIONS = (
    select(func.count())
    .select_from(reactions)
    .where(reactions.c.site == issues.c.site, reactions.c.subject == "issue", reactions.c.subject_id == issues.c.id)
    .scalar_subquery()
)
"""How many reactions an issue has."""


class IssueTerms:
    """The meaning of one query's leaves. `in:` says where words are looked for, in the whole query."""

    def __init__(self, ground: Ground, query: All) -> None:
        self._ground = ground
        self._fields = _fields(query)

    def __call__(self, leaf: Text | Qualifier) -> Condition:
        """The condition on gh_issues joined with gh_repositories. Raises SearchRefused."""
        if isinstance(leaf, Text):
            return self._text(leaf.words)
        if leaf.name in SCOPES:
            return or_(*(self._ground.place(leaf.name, value) for value in leaf.values)) if leaf.values else false()
        if leaf.name == "in":
            return true()
        term = _TERMS.get(leaf.name)
        if term is None:  # as on GitHub, what is no qualifier is text
            return self._text(leaf.raw)
        return or_(false(), *(term(self._ground, value) for value in leaf.values))

    def _text(self, words: str) -> Condition:
        found = [_in_field(field, words) for field in self._fields]
        if _SHA.match(words.lower()):
            found.append(issue_states.of_pull(_has_sha(words.lower())))
        return or_(*found)


def _fields(query: All) -> Sequence[str]:
    asked = [
        value for leaf in leaves(query) if isinstance(leaf, Qualifier) and leaf.name == "in" for value in leaf.values
    ]
    return [field for field in FIELDS if field in asked] or FIELDS


def _in_field(field: str, words: str) -> Condition:
    if field == "comments":
        of_issue = (comments.c.site == issues.c.site) & (comments.c.issue_id == issues.c.id)
        return exists().where(of_issue, has_words(comments.c.body, words))
    return has_words(issues.c.title if field == "title" else func.coalesce(issues.c.body, ""), words)


def _has_sha(prefix: str) -> Condition:
    return pulls.c.head_sha.startswith(prefix) | func.coalesce(pulls.c.merge_commit_sha, "").startswith(prefix)


def _within(column: ColumnElement[Any], found: Range[datetime] | Range[int]) -> Condition:
    conditions: list[Condition] = [column.is_not(None)]
    if found.low is not None:
        conditions.append(column >= found.low)
    if found.high is not None:
        conditions.append(column < found.high)
    return and_(*conditions)


def _when(column: ColumnElement[Any]) -> Term:
    return lambda _ground, value: _within(column, instants(value))


def _how_many(count: ColumnElement[Any]) -> Term:
    return lambda _ground, value: _within(count, numbers(value))


def _label(_ground: Ground, name: str) -> Condition:
    return has_label(name)


def _milestone(_ground: Ground, title: str) -> Condition:
    if title == "*":
        return issues.c.milestone_id.is_not(None)
    if title.lower() == "none":
        return issues.c.milestone_id.is_(None)
    return exists().where(
        milestones.c.site == issues.c.site,
        milestones.c.id == issues.c.milestone_id,
        func.lower(milestones.c.title) == title.lower(),
    )


def _head(_ground: Ground, prefix: str) -> Condition:
    return issue_states.of_pull(pulls.c.head_ref.startswith(prefix, autoescape=True))


def _base(_ground: Ground, prefix: str) -> Condition:
    return issue_states.of_pull(pulls.c.base_ref.startswith(prefix, autoescape=True))


def _merged(_ground: Ground, value: str) -> Condition:
    return issue_states.of_pull(_within(pulls.c.merged_at, instants(value)))


def _sha(_ground: Ground, prefix: str) -> Condition:
    return issue_states.of_pull(_has_sha(prefix.lower())) if _SHA.match(prefix.lower()) else false()


def _parent(ground: Ground, value: str) -> Condition:
    found = _PARENT.match(value)
    if found is None:
        return false()
    parent = issues.alias()
    return exists().where(
        sub_issues.c.site == issues.c.site,
        sub_issues.c.child_id == issues.c.id,
        parent.c.site == sub_issues.c.site,
        parent.c.id == sub_issues.c.parent_id,
        parent.c.number == int(found["number"]),
        parent.c.repository_id.in_(
            select(repositories.c.id).where(
                ground.visible(), repositories.c.full_name_lower == found["full_name"].lower()
            )
        ),
    )


_TERMS: Mapping[str, Term] = {
    "archived": issue_states.archived,
    "assignee": issue_people.assignee,
    "author": issue_people.author,
    "base": _base,
    "closed": _when(issues.c.closed_at),
    "commenter": issue_people.commenter,
    "comments": _how_many(issues.c.comments),
    "created": _when(issues.c.created_at),
    "draft": issue_states.draft,
    "has": issue_states.having,
    "head": _head,
    "interactions": _how_many(issues.c.comments + REACTIONS),
    "involves": issue_people.involves,
    "is": issue_states.is_,
    "label": _label,
    "linked": issue_states.linked,
    "mentions": issue_people.mentioning,
    "merged": _merged,
    "milestone": _milestone,
    "no": issue_states.without,
    "parent-issue": _parent,
    "project": lambda _ground, _value: false(),  # there are no projects here
    "reactions": _how_many(REACTIONS),
    "reason": issue_states.reason,
    "review": issue_states.review,
    "review-requested": issue_people.asked_for_review,
    "reviewed-by": issue_people.reviewed_by,
    "sha": _sha,
    "state": issue_states.state,
    "team-review-requested": issue_people.team_asked,
    "type": issue_states.type_,
    "updated": _when(issues.c.updated_at),
    "user-review-requested": issue_people.asked_by_name,
}

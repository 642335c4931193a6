"""Conditions on pull requests and issues that the story names: opened, approved, merged, answered, in a status."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from simulator.model.history import Issue, PullRequest, Review
from simulator.scenario.conditions.condition import Condition, Match
from simulator.scenario.conditions.joined import all_of, unanimous
from simulator.scenario.part import IssueId, PullId, StatusName
from simulator.scenario.view import View


def listed(value: Any) -> Any:
    """One text as a list of it, where a list may stand."""
    return [value] if isinstance(value, str) else value


Pulls = Annotated[tuple[PullId, ...], BeforeValidator(listed, json_schema_input_type=str | list[str])]
Issues = Annotated[tuple[IssueId, ...], BeforeValidator(listed, json_schema_input_type=str | list[str])]


class NamedThings(Condition):
    """What holds of pull requests and issues by their names; a list means each of them."""

    opened: Pulls = ()
    """The pull request is open or was."""
    approved: Pulls = ()
    """The last word of its reviewers is an approval."""
    changes_requested: Pulls = ()
    """The last word of a reviewer is a request for changes, and nothing was pushed since."""
    reviewed: Pulls = ()
    """Somebody else has reviewed it."""
    updated: Pulls = ()
    """Something was pushed since the persona (in an event: any human) reviewed it last."""
    merged: Pulls = ()
    created: Issues = ()
    """The issue exists."""
    answered: Issues = ()
    """Somebody has commented on the issue since the persona (in an event: any human) did."""
    status: dict[IssueId, StatusName] = Field(default_factory=dict)
    """The issue is in this status."""

    def named(self, view: View) -> Match | None:
        """What meets all of these keys, None while something does not; `about` holds what there is only one of."""
        found = [*_pulls(self, view), *_issues(self, view)]
        since = all_of(instant for instant, _ in found)
        return None if since is None else Match(since=since, about=unanimous(about for _, about in found))


Found = tuple[datetime | None, Mapping[str, str]]


def _pulls(condition: NamedThings, view: View) -> Iterator[Found]:
    for key, since in _PULL_KEYS.items():
        for name in getattr(condition, key):
            pull = view.pull(name)
            yield (since(pull, view), {"pull": str(pull.number)}) if pull else (None, {})


def _issues(condition: NamedThings, view: View) -> Iterator[Found]:
    for name in condition.created:
        yield _of(view.issue(name), lambda issue: issue.created_at)
    for name in condition.answered:
        yield _of(view.issue(name), lambda issue: _answered(issue, view))
    for name, status in condition.status.items():
        yield _of(view.issue(name), partial(in_status, status=status))


def _of(issue: Issue | None, since: Callable[[Issue], datetime | None]) -> Found:
    return (since(issue), {"issue": str(issue.key)}) if issue else (None, {})


def in_status(issue: Issue, status: str) -> datetime | None:
    """Since when an issue is in a status, None when it is in another one."""
    since = None
    for at, state in issue.states():
        if state.status != status:
            since = None
        elif since is None:
            since = at
    return since


def approved_since(pull: PullRequest) -> datetime | None:
    """Since when the last words of a pull request's reviewers are approvals."""
    words = _last_words(pull)
    return max(word.at for word in words) if words and all(word.state == "APPROVED" for word in words) else None


def objected_since(pull: PullRequest) -> datetime | None:
    """Since when somebody waits for changes; None when nobody does, or something was pushed since."""
    asked = max((word.at for word in _last_words(pull) if word.state == "CHANGES_REQUESTED"), default=None)
    return asked if asked and pushed_at(pull) <= asked else None


def reviewed_since(pull: PullRequest) -> datetime | None:
    """When somebody else reviewed it first."""
    return min((review.at for review in pull.reviews if review.author != pull.author), default=None)


def pushed_at(pull: PullRequest) -> datetime:
    """When something was pushed to it last."""
    return pull.heads[-1].at if pull.heads else pull.opened_at


def is_mine(view: View, seat: object) -> bool:
    """Whether something is by the person whose view it is: the persona, in an event any human."""
    return seat == view.me if view.me else view.is_human(seat)  # type: ignore[arg-type]  # seats are texts


def _last_words(pull: PullRequest) -> list[Review]:
    deciding = (r for r in pull.reviews if r.state in ("APPROVED", "CHANGES_REQUESTED") and r.dismissed_at is None)
    return list({review.author: review for review in deciding if review.author != pull.author}.values())


def _updated(pull: PullRequest, view: View) -> datetime | None:
    mine = max((review.at for review in pull.reviews if is_mine(view, review.author)), default=None)
    return pushed_at(pull) if mine and pushed_at(pull) > mine else None


def _answered(issue: Issue, view: View) -> datetime | None:
    mine = [place for place, comment in enumerate(issue.comments) if is_mine(view, comment.author)]
    replies = issue.comments[mine[-1] + 1 :] if mine else ()
    return replies[0].at if replies else None


_PULL_KEYS: Mapping[str, Callable[[PullRequest, View], datetime | None]] = MappingProxyType(
    {
        "opened": lambda pull, _: pull.opened_at,
        "approved": lambda pull, _: approved_since(pull),
        "changes_requested": lambda pull, _: objected_since(pull),
        "reviewed": lambda pull, _: reviewed_since(pull),
        "updated": _updated,
        "merged": lambda pull, _: pull.merged_at,
    }
)

"""Which issues another one waits for, by its links as Jira words them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.history.tracker import IssueState
from simulator.model.keys import IssueKey

_BLOCKED = "is blocked by "


def blockers(state: IssueState, history: History) -> Iterator[Issue]:
    """The issues that it is blocked by, done or not; what is not in the history is left out."""
    for link in sorted(state.links):
        if link.lower().startswith(_BLOCKED):
            issue = history.issues.get(IssueKey(link[len(_BLOCKED) :].strip()))
            if issue is not None:
                yield issue


def open_blockers(state: IssueState, at: datetime, history: History) -> tuple[Issue, ...]:
    """Those that were not done at an instant."""
    return tuple(issue for issue in blockers(state, history) if _is_open(issue, at))


def may_wait(state: IssueState, at: datetime, history: History) -> bool:
    """Whether it was blocked at an instant, or may have been: of other projects' issues nothing is known."""
    links = sum(link.lower().startswith(_BLOCKED) for link in state.links)
    known = list(blockers(state, history))
    return len(known) < links or any(_is_open(issue, at) for issue in known)


def _is_open(issue: Issue, at: datetime) -> bool:
    gone = issue.deleted_at is not None and issue.deleted_at <= at
    return not gone and issue.at(at).category is not StatusCategory.DONE

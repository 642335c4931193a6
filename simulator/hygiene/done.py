"""What was still open of an issue at an instant: its pull requests, its check boxes, its sub-tasks.

Refuses to say what that is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.hygiene.checks_state import checks_at
from simulator.hygiene.criteria import open_boxes
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue, PullRequest

_SUB_TASKS = frozenset({"sub-task", "subtask"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A loose end: what was open in words, how to close it, and whether it is code."""

    what: str
    to_do: str
    is_code: bool


def loose_ends(issue: Issue, instant: datetime, history: History) -> tuple[Loose, ...]:
    """Everything that was open of an issue at an instant, code first."""
    return (*_code(issue, instant, history), *_boxes(issue, instant), *_sub_tasks(issue, instant, history))


def _code(issue: Issue, instant: datetime, history: History) -> Iterator[Loose]:
    for pull in _pulls_of(issue, instant, history):
        if pull.merged_at is None or pull.merged_at > instant:
            if pull.closed_at is None or pull.closed_at > instant:
                yield Loose(what=f"#{pull.number} was not merged", to_do=f"#{pull.number} is merged", is_code=True)
        elif red := _red(pull, pull.merged_at, instant, history):
            what = f"#{pull.number} had been merged while {red}"
            yield Loose(what=what, to_do=f"{history.default_branch} is green", is_code=True)


def _pulls_of(issue: Issue, instant: datetime, history: History) -> Sequence[PullRequest]:
    """Those that there were by then. Where there was none the first one counts: code came after the word done."""
    known = history.pulls_of.get(issue.key, ())
    return [pull for pull in known if pull.opened_at <= instant] or known[:1]


def _red(pull: PullRequest, merged_at: datetime, instant: datetime, history: History) -> str:
    """What was red when it was merged, empty when nothing was, or when the default branch was green again by then."""
    head = pull.head_at(merged_at)
    state = checks_at(history, head.sha, merged_at) if head else None
    if state is None or not state.is_known or state.is_green:
        return ""
    return "" if _is_green_again(merged_at, instant, history) else state.problem()


def _is_green_again(since: datetime, instant: datetime, history: History) -> bool:
    for landing in history.landings:
        if since <= landing.at <= instant:
            state = checks_at(history, landing.sha, instant)
            if state.good and state.is_green:
                return True
    return False


def _boxes(issue: Issue, instant: datetime) -> Iterator[Loose]:
    count = open_boxes(issue.at(instant).description)
    if count:
        boxes = "1 check box was" if count == 1 else f"{count} check boxes were"
        yield Loose(what=f"{boxes} not ticked", to_do="every check box is ticked", is_code=False)


def _sub_tasks(issue: Issue, instant: datetime, history: History) -> Iterator[Loose]:
    for child in history.children_of.get(issue.key, ()):
        is_there = child.created_at <= instant and (child.deleted_at is None or child.deleted_at > instant)
        if child.type.lower() in _SUB_TASKS and is_there and child.at(instant).category is not StatusCategory.DONE:
            yield Loose(what=f"sub-task {child.key} was open", to_do=f"sub-task {child.key} is done", is_code=False)

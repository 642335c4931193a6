"""Whether an issue is one of code, whether its work was begun, and whether its code landed. Refuses to say what that is worth."""

from __future__ import annotations

from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue

_TYPES_OF_CODE = frozenset({"Story", "Bug"})
_WITHOUT_CODE = frozenset({"no-code", "spike", "research"})


def label_without_code(labels: frozenset[str]) -> str | None:
    """The label by which an issue says that it needs no code."""
    return min(labels & _WITHOUT_CODE, default=None)


def landed_with(issue: Issue, history: History) -> str | None:
    """What landed for an issue and changes something: `#7`, or a commit's short name; None when nothing did."""
    for name in history.landed_for.get(issue.key, ()):
        pull = history.pulls.get(int(name[1:])) if name.startswith("#") else None
        if pull is None or pull.lines != 0:
            return name
    return None


def is_begun(issue: Issue, history: History) -> bool:
    """Whether work on an issue was seen: code that names it, or for one that needs none a step beyond to do."""
    if issue.key in history.work_starts:
        return True
    moved = any(move.after.category is not StatusCategory.TO_DO for move in issue.moves())
    return moved and not is_of_code(issue, history)


def is_of_code(issue: Issue, history: History) -> bool:
    """Whether an issue is one that code is written for."""
    return issue.type in _TYPES_OF_CODE or issue.key in history.work_starts

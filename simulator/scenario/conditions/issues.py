"""Condition `issue`: there is an issue of this kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field
from typing_extensions import override

from simulator.model.agile import StatusCategory
from simulator.model.history import Issue
from simulator.model.history.tracker import IssueState
from simulator.model.keys import IssueKey
from simulator.scenario.conditions.condition import Condition, Match
from simulator.scenario.conditions.joined import all_of
from simulator.scenario.conditions.named import Issues, listed
from simulator.scenario.conditions.whose import Seats, held_since
from simulator.scenario.part import SprintId, StatusName
from simulator.scenario.values import LengthText
from simulator.scenario.view import View

Statuses = Annotated[tuple[StatusName, ...], BeforeValidator(listed, json_schema_input_type=str | list[str])]
IssueType = Literal["Story", "Task", "Bug", "Epic", "Sub-task"]


class IssueCondition(Condition):
    """An issue of which everything that is given holds; `for` asks that it has been so for some working time."""

    id: Issues = ()
    """One of these."""
    type: IssueType | None = None
    status: Statuses = ()
    """It is in one of these statuses."""
    assignee: Seats = ()
    """It is assigned to one of these people."""
    unassigned: bool | None = None
    flagged: bool | None = None
    """It carries the board's flag."""
    blocked: bool | None = None
    """An unfinished issue blocks it, or it is flagged."""
    in_sprint: bool | None = None
    """It is in a sprint that has started and is not closed."""
    sprint: SprintId | None = None
    """It is in this sprint."""
    points_missing: bool | None = None
    """It has no estimate."""
    label: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    without_code: bool | None = None
    """No branch, commit or pull request names it."""
    for_: LengthText | None = Field(default=None, alias="for")
    """For so much working time."""

    @override
    def matches(self, view: View) -> Iterator[Match]:
        keys = [key for key in map(view.key, self.id) if key]
        known = view.history.issues
        for issue in [known[key] for key in keys if key in known] if self.id else known.values():
            since = None if issue.deleted_at else all_of(self._instants(issue, view))
            if since is not None:
                yield Match(since=view.later(since, self.for_) if self.for_ else since, about=_about(issue))

    def _instants(self, issue: Issue, view: View) -> Iterator[datetime | None]:
        yield issue.created_at if self.type in (None, issue.type) else None
        states = list(issue.states())
        if self.status:
            yield held_since(states, lambda state: state.status in self.status)
        if self.assignee:
            yield held_since(states, lambda state: state.assignee in self.assignee)
        if self.unassigned is not None:
            yield held_since(states, lambda state: (state.assignee is None) is self.unassigned)
        if self.points_missing is not None:
            yield held_since(states, lambda state: (state.points is None) is self.points_missing)
        if self.label is not None:
            yield held_since(states, lambda state: self.label in state.labels)
        yield from self._by_sprint(states, view)
        yield from self._by_others(issue, view)

    def _by_sprint(self, states: list[tuple[datetime, IssueState]], view: View) -> Iterator[datetime | None]:
        if self.sprint is not None:
            number = view.bindings.get(f"sprint:{self.sprint}", "")
            wanted = {int(number)} if number.isdecimal() else set()
            yield held_since(states, lambda state: bool(wanted & state.sprints))
        if self.in_sprint is not None:
            going = {s.id: s.started_at for s in view.history.sprints.values() if s.started_at and not s.closed_at}
            ended = {s.id: s.closed_at for s in view.history.sprints.values() if s.closed_at}
            since = held_since(states, lambda state: bool(going.keys() & state.sprints) is self.in_sprint)
            turned = [going[n] if n in going else ended[n] for n in states[-1][1].sprints if n in going or n in ended]
            yield max([since, *turned]) if since else None

    def _by_others(self, issue: Issue, view: View) -> Iterator[datetime | None]:
        if self.flagged is not None:
            yield _when(flagged_since(issue), self.flagged, issue)
        if self.blocked is not None:
            yield _when(blocked_since(issue, view), self.blocked, issue)
        if self.without_code is not None:
            start = view.history.work_starts.get(issue.key)
            yield _when(start.at if start else None, not self.without_code, issue)


def flagged_since(issue: Issue) -> datetime | None:
    """Since when an issue carries the board's flag."""
    return held_since(
        ((change.at, change.after) for change in issue.changes if change.field == "flagged"),
        lambda flag: bool(flag.strip()),
    )


def blocked_since(issue: Issue, view: View) -> datetime | None:
    """Since when an issue is flagged, or is blocked by an issue that is not done; None when nothing is in its way."""
    flagged, blockers = flagged_since(issue), _blockers(issue, view)
    return min([*blockers.values(), *([flagged] if flagged else [])], default=None)


def _blockers(issue: Issue, view: View) -> dict[str, datetime]:
    """The issues that block one and are not done, with when that was said; by the changelog of its links."""
    found: dict[str, datetime] = {}
    for change in issue.changes:
        if change.field in ("link", "issuelinks"):
            for key in _blocking(change.before, view):
                found.pop(key, None)
            found |= dict.fromkeys(_blocking(change.after, view), change.at)
    done = [key for key in found if view.history.issues[IssueKey(key)].state.category is StatusCategory.DONE]
    return {key: at for key, at in found.items() if key not in done and key != issue.key}


def _blocking(words: str, view: View) -> tuple[IssueKey, ...]:
    return view.history.keys_in(words) if "blocked by" in words.lower() else ()


def _when(since: datetime | None, wanted: bool, issue: Issue) -> datetime | None:
    if wanted:
        return since
    return issue.created_at if since is None else None


def _about(issue: Issue) -> dict[str, str]:
    assignee = issue.state.assignee
    return {"issue": str(issue.key), **({"assignee": str(assignee)} if assignee else {})}

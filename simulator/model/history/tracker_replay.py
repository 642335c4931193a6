"""Facts of the tracker to issues and sprints: changelog items applied one after another.

Refuses to look at code. Facts come sorted; a change of an issue whose creation was never seen is left out.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from simulator.model.agile import StatusCategory
from simulator.model.facts import Fact, FactKind
from simulator.model.history.pulls import Comment
from simulator.model.history.tracker import Change, Issue, IssueState, SprintRecord
from simulator.model.keys import IssueKey, SeatId
from simulator.model.people import Roster

_CATEGORIES = {category.value: category for category in StatusCategory}
_FIELDS = tuple(field.name for field in dataclasses.fields(IssueState))
_POINTS = frozenset({"story points", "story point estimate", "customfield_10016"})
_DIGITS = re.compile(r"\d+", re.ASCII)
_PARENTS = ("issueparentassociation", "parent", "epic link")
_NAMES = {"customfield_10020": "sprint", "duedate": "due"} | dict.fromkeys(_POINTS, "points")
_NAMES |= dict.fromkeys(_PARENTS, "parent")
_LINK_FIELDS = frozenset({"link", "issuelinks"})
_OF_THIS = "this issue "  # Jira's history says `This issue is blocked by PAY-3`


class IssueReplay:
    """Collects an issue's facts, then freezes it."""

    def __init__(self, fact: Fact, roster: Roster) -> None:
        self._roster = roster
        self._created = fact
        self._initial = _initial_state(fact.detail, roster)
        self._state = self._initial
        self._changes: list[Change] = []
        self._comments: list[Comment] = []
        self._deleted_at: datetime | None = None

    def add(self, fact: Fact) -> None:
        """Take in one more fact about this issue."""
        if fact.kind is FactKind.ISSUE_CHANGED:
            self._change(fact)
        elif fact.kind is FactKind.ISSUE_COMMENTED:
            body = str(fact.detail.get("body") or "")
            self._comments.append(Comment(author=fact.actor, at=fact.at, body=body, url=fact.url))
        elif fact.kind is FactKind.ISSUE_DELETED:
            self._deleted_at = fact.at

    def _change(self, fact: Fact) -> None:
        detail = fact.detail
        written = str(detail.get("field") or "").lower()
        field = _NAMES.get(written, written)
        new = _new_values(field, detail, self._roster) or _new_links(field, detail, self._state.links)
        if new:
            before = self._state
            self._state = IssueState(**{name: new[name] if name in new else getattr(before, name) for name in _FIELDS})
        self._changes.append(
            Change(
                at=fact.at,
                recorded_at=fact.recorded_at,
                actor=fact.actor,
                field=field,
                before=_readable(detail, "from"),
                after=_readable(detail, "to"),
                state=self._state,
                url=fact.url,
            )
        )

    def freeze(self) -> Issue:
        """The issue, whole."""
        detail = self._created.detail
        return Issue(
            key=IssueKey(str(detail.get("key") or self._created.subject_name)),
            ref=detail.get("ref"),
            type=str(detail.get("type") or ""),
            url=self._created.url,
            reporter=_seat(self._roster, detail.get("reporter")) or self._created.actor,
            created_at=self._created.at,
            initial=self._initial,
            changes=tuple(self._changes),
            comments=tuple(self._comments),
            deleted_at=self._deleted_at,
        )


class TrackerReplay:
    """Takes in facts of the tracker in order; what came of them before is made again only where it changes."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._replays: dict[str, IssueReplay] = {}
        self._sprint_facts: list[Fact] = []
        self._stale: dict[str, None] = {}
        self._frozen: dict[str, Issue] = {}
        self._issues: dict[IssueKey, Issue] = {}
        self._sprints: dict[int, SprintRecord] | None = {}
        self._told: dict[int, SprintRecord] = {}

    def add(self, fact: Fact) -> None:
        """Take in one more fact, later than those before it."""
        self._sprints = None  # who is in a sprint hangs on every issue
        if fact.kind.startswith("sprint_"):
            self._sprint_facts.append(fact)
        elif fact.kind is FactKind.ISSUE_CREATED:
            self._replays.setdefault(fact.subject, IssueReplay(fact, self._roster))
            self._stale[fact.subject] = None
        elif fact.subject in self._replays:
            self._replays[fact.subject].add(fact)
            self._stale[fact.subject] = None

    def issues(self) -> Mapping[IssueKey, Issue]:
        """All issues by key, as they stand."""
        if self._stale:
            self._frozen |= {subject: self._replays[subject].freeze() for subject in self._stale}
            self._issues = {issue.key: issue for issue in (self._frozen[subject] for subject in self._replays)}
            self._stale.clear()
        return self._issues

    def sprints(self) -> Mapping[int, SprintRecord]:
        """All sprints by id, with their scope at the start and its changes since."""
        if self._sprints is None:
            sprints = replay_sprints(self._sprint_facts, self.issues())
            if sprints != self._told or list(sprints) != list(self._told):
                self._told = sprints
            self._sprints = self._told  # the very same ones where nothing is different
        return self._sprints


def replay_sprints(facts: Iterable[Fact], issues: Mapping[IssueKey, Issue]) -> dict[int, SprintRecord]:
    """All sprints by id, with their scope at the start and its changes since."""
    seen: dict[int, dict[str, Any]] = {}  # Any: the fields of SprintRecord
    for fact in facts:
        number = _sprint_id(fact)
        if number is None:
            continue
        record = seen.setdefault(number, {"id": number, "name": "", "goal": "", "started_at": None, "closed_at": None})
        record |= {"name": str(fact.detail["name"])} if fact.detail.get("name") else {}
        record |= {"url": fact.url} if fact.url else {}
        if fact.actor is not None and record["started_at"] is None and fact.kind is not FactKind.SPRINT_CLOSED:
            record["by"] = tuple(dict.fromkeys([*record.get("by", ()), fact.actor]))
        if "goal" in fact.detail:
            record["goal"] = str(fact.detail["goal"] or "")
            record["goals"] = (*record.get("goals", ()), (fact.at, record["goal"]))
        if fact.kind is FactKind.SPRINT_STARTED:
            record["started_at"] = record["started_at"] or fact.at
        elif fact.kind is FactKind.SPRINT_CLOSED:
            record |= {"closed_at": fact.at, "closed_recorded_at": fact.recorded_at}
    return {number: _sprint(number, record, issues) for number, record in seen.items()}


def _sprint(number: int, record: Mapping[str, Any], issues: Mapping[IssueKey, Issue]) -> SprintRecord:
    start: datetime | None = record["started_at"]
    if start is None:
        committed = {key for key, issue in issues.items() if number in issue.state.sprints}
    else:
        committed = {
            k for k, issue in issues.items() if issue.created_at <= start and number in issue.at(start).sprints
        }
    bare = SprintRecord(**record, committed=frozenset(committed), added=frozenset(), removed=frozenset())
    added: set[IssueKey] = set()
    removed: set[IssueKey] = set()
    for key, issue in issues.items():
        for is_in in _crossings(issue, bare, was_in=key in committed):
            (added if is_in else removed).add(key)
    return dataclasses.replace(bare, added=frozenset(added), removed=frozenset(removed))


def _crossings(issue: Issue, sprint: SprintRecord, *, was_in: bool) -> Iterator[bool]:
    """Each time the issue came into the sprint (True) or left it (False) while the sprint ran; its closing does not count."""
    start = sprint.started_at
    stamped = [(change.at, change.recorded_at, change.state) for change in issue.changes]
    for at, recorded_at, state in [(issue.created_at, issue.created_at, issue.initial), *stamped]:
        if start is None or at <= start or sprint.has_ended_by(at, recorded_at):
            continue
        is_in = sprint.id in state.sprints
        if is_in != was_in and (is_in or not sprint.is_closing(at, recorded_at)):
            yield is_in
        was_in = is_in


def _sprint_id(fact: Fact) -> int | None:
    named = fact.detail.get("id", fact.subject_name)
    try:
        return int(named)
    except (TypeError, ValueError):
        return None


def _initial_state(detail: Mapping[str, Any], roster: Roster) -> IssueState:
    return IssueState(
        summary=str(detail.get("summary") or ""),
        description=str(detail.get("description") or ""),
        status=str(detail.get("status") or "To Do"),
        category=_category(detail.get("category")) or StatusCategory.TO_DO,
        assignee=_seat(roster, detail.get("assignee")),
        points=_number(detail.get("points")),
        priority=str(detail.get("priority") or ""),
        labels=frozenset(map(str, detail.get("labels") or ())),
        sprints=frozenset(map(int, detail.get("sprints") or ())),
        resolution=str(detail.get("resolution") or ""),
        parent=str(detail.get("parent") or ""),
        environment=str(detail.get("environment") or ""),
        due=str(detail.get("due") or ""),
    )


_Reader = Callable[[Mapping[str, Any], Roster], dict[str, Any]]  # Any: values of IssueState's fields

_READERS: dict[str, _Reader] = {
    "status": lambda d, _: (
        {"status": _readable(d, "to")} | ({"category": c} if (c := _category(d.get("category"))) else {})
    ),
    "assignee": lambda d, roster: {"assignee": _seat(roster, d.get("to")) or _seat(roster, d.get("to_text"))},
    "points": lambda d, _: {"points": _number(_readable(d, "to"))},
    "sprint": lambda d, _: {"sprints": frozenset(map(int, _DIGITS.findall(str(d.get("to") or ""))))},
    "labels": lambda d, _: {"labels": frozenset(_readable(d, "to").split())},
    "summary": lambda d, _: {"summary": _readable(d, "to")},
    "description": lambda d, _: {"description": _readable(d, "to")},
    "priority": lambda d, _: {"priority": _readable(d, "to")},
    "resolution": lambda d, _: {"resolution": _readable(d, "to")},
    "flagged": lambda d, _: {"flagged": bool(_readable(d, "to").strip())},
    "parent": lambda d, _: {"parent": _readable(d, "to")},
    "environment": lambda d, _: {"environment": _readable(d, "to")},
    "due": lambda d, _: {"due": str(d.get("to") or "")},
}


def _new_values(field: str, detail: Mapping[str, Any], roster: Roster) -> dict[str, Any]:
    reader = _READERS.get(field)
    return reader(detail, roster) if reader else {}


def _new_links(field: str, detail: Mapping[str, Any], links: frozenset[str]) -> dict[str, Any]:
    if field not in _LINK_FIELDS:
        return {}
    gone, come = (_link(_readable(detail, end)) for end in ("from", "to"))
    return {"links": (links - {gone} | {come}) - {""}}


def _link(words: str) -> str:
    return words[len(_OF_THIS) :] if words.lower().startswith(_OF_THIS) else words


def _readable(detail: Mapping[str, Any], end: str) -> str:
    text = detail.get(f"{end}_text")
    return str(text if text is not None else detail.get(end) or "")


def _category(key: object) -> StatusCategory | None:
    return _CATEGORIES.get(key) if isinstance(key, str) else None


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _seat(roster: Roster, account: object) -> SeatId | None:
    """Seat of a login, an e-mail address or, as changelogs write it, a display name."""
    if not account:
        return None
    text = str(account)
    return roster.seat_of(text) or next((person.seat for person in roster if person.name == text), None)

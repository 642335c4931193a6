"""A run's facts, taken in one after another: the next history costs what has changed since the last one.

Refuses to judge. Which histories were asked for before makes no difference to what is told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from simulator.model.facts import NO_DEEDS, Fact, FactKind
from simulator.model.history.checks import CheckRun, check_of
from simulator.model.history.code_replay import CodeReplay, CodeSide
from simulator.model.history.in_the_run import RunReplay
from simulator.model.history.reading import item_finder
from simulator.model.history.surroundings import Surroundings, with_fact
from simulator.model.history.tracker_replay import TrackerReplay
from simulator.model.keys import IssueKey, SeatId
from simulator.model.people import Roster

_TOGETHER = (  # kinds that undo one another: of equal stamps, the service's own numbering tells which came first
    (FactKind.BRANCH_CREATED, FactKind.PUSHED, FactKind.BRANCH_DELETED),
    (
        FactKind.PULL_REQUEST_READY,
        FactKind.PULL_REQUEST_DRAFTED,
        FactKind.PULL_REQUEST_CLOSED,
        FactKind.PULL_REQUEST_REOPENED,
    ),
)
_ORDER = {kind: rank for rank, kind in enumerate(FactKind)}
_ORDER |= {kind: _ORDER[kinds[-1]] for kinds in _TOGETHER for kind in kinds}
_TRACKER = frozenset(kind for kind in FactKind if kind.value.startswith(("issue_", "sprint_")))


class FactBook:
    """The facts of a run, each once and in order, and what they add up to."""

    def __init__(self, roster: Roster, *, project: str, default_branch: str, seed_shas: Collection[str] = ()) -> None:
        self._frame = (roster, project, default_branch, seed_shas)
        self._given: Sequence[Fact] = ()
        self._begin()

    def read(self, facts: Sequence[Fact], *, now: datetime) -> dict[str, Any]:  # Any: the fields of History
        """The parts of a history that facts up to `now` make. Facts that go on where the last ones ended cost little."""
        new = self._following(facts, now)
        if new is None:
            self._begin()
            new = [fact for fact in facts if fact.at <= now]
        self._given = facts if len(new) + self._taken == len(facts) else ()
        self._taken += len(new)
        for fact in sorted({fact.source_id: fact for fact in new}.values(), key=_place):
            self._add(fact)
        return self._parts()

    def _begin(self) -> None:
        roster, _, default_branch, seed_shas = self._frame
        self._taken = 0
        self._ids: set[str] = set()
        self._last: tuple[Any, ...] | None = None  # Any: a place in the order
        self._tracker = TrackerReplay(roster)
        self._code = CodeReplay(roster, default_branch, seed_shas)
        self._run = RunReplay()
        self._checks: list[CheckRun] = []
        self._checks_told: tuple[CheckRun, ...] = ()
        self._surroundings = Surroundings()
        self._deeds: dict[SeatId, datetime] = {}
        self._missed: set[IssueKey] = set()
        self._known_keys: frozenset[IssueKey] = frozenset()

    def _following(self, facts: Sequence[Fact], now: datetime) -> Sequence[Fact] | None:
        """The facts that were not given before; None when they do not simply come after those that were."""
        before = self._given
        if not before or len(facts) < len(before) or facts[0] is not before[0]:
            return None
        if facts[len(before) - 1] is not before[-1] or (self._last and self._last[0] > now):
            return None
        new = facts[len(before) :]
        is_later = all(fact.at <= now and (self._last is None or _place(fact) > self._last) for fact in new)
        return new if is_later and self._ids.isdisjoint(fact.source_id for fact in new) else None

    def _add(self, fact: Fact) -> None:
        self._ids.add(fact.source_id)
        self._last = _place(fact)
        if fact.actor is not None and fact.kind not in NO_DEEDS:
            self._deeds[fact.actor] = fact.at
        if fact.kind in _TRACKER:
            self._tracker.add(fact)
            return
        self._code.add(fact)
        self._run.add(fact)
        self._surroundings = with_fact(self._surroundings, fact)
        if fact.kind is FactKind.CHECK_COMPLETED:
            self._checks.append(check_of(fact))

    def _parts(self) -> dict[str, Any]:
        issues = self._tracker.issues()
        if len(self._checks_told) != len(self._checks):
            self._checks_told = tuple(self._checks)
        return {
            **_of_code(self._side()),
            "issues": issues,
            "sprints": self._tracker.sprints(),
            "run": self._run.whole(),
            "checks": self._checks_told,
            "surroundings": self._surroundings,
            "last_deeds": dict(self._deeds),
        }

    def _side(self) -> CodeSide:
        issues = self._tracker.issues()
        new_keys = issues.keys() - self._known_keys
        keys_changed = not self._missed.isdisjoint(new_keys)
        if keys_changed:
            self._missed.clear()
        self._known_keys |= new_keys
        item_of = item_finder(project=self._frame[1], issues=issues.keys(), missed=self._missed)
        return self._code.side(item_of, keys_changed=keys_changed)


def _of_code(side: CodeSide) -> dict[str, Any]:
    return {
        "commits": side.commits,
        "pulls": side.pulls,
        "branches": side.branches,
        "landings": side.landings,
        "direct_pushes": side.direct_pushes,
    }


def _place(fact: Fact) -> tuple[datetime, datetime, int, int, int, str]:
    # Of equal stamps, what must come first by its kind does; of equal kinds, the lower number in its source id does. Of two
    # heads of a pull request in one second the one with more commits is the later push.
    commits = len(fact.detail.get("commits") or ()) if fact.kind is FactKind.PULL_REQUEST_HEAD else 0
    return fact.at, fact.recorded_at, _ORDER[fact.kind], commits, len(fact.source_id), fact.source_id

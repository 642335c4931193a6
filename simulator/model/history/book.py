"""A run's facts, taken in one after another: the next history costs what has changed since the last one.

Refuses to judge. Which histories were asked for before makes no difference to what is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from simulator.model.facts import NO_DEEDS, Fact, FactKind
from simulator.model.history.checks import CheckRun, check_of
from simulator.model.history.code_replay import CodeReplay, CodeSide
from simulator.model.history.in_the_run import OF_THE_RUN, RunReplay
from simulator.model.history.reading import item_finder
from simulator.model.history.surroundings import SEEN_AROUND, Surroundings, with_fact
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
_CHECKED = FactKind.CHECK_COMPLETED
_HEAD = FactKind.PULL_REQUEST_HEAD
_ORDER = {kind: rank for rank, kind in enumerate(FactKind)}
_ORDER |= {kind: _ORDER[kinds[-1]] for kinds in _TOGETHER for kind in kinds}
_SPRINTS = frozenset(kind for kind in FactKind if kind.value.startswith("sprint_"))
_FIRST = frozenset({FactKind.ISSUE_CREATED, FactKind.PULL_REQUEST_OPENED})
_LANES = {
    FactKind.ISSUE_CREATED: "issues",
    FactKind.PULL_REQUEST_OPENED: "pull requests",
    **dict.fromkeys(_TOGETHER[0], "branches"),
    **dict.fromkeys(_SPRINTS, "sprints"),
    FactKind.COMMITTED: "commits",
    FactKind.LANDED: "landings",
    FactKind.CHECK_COMPLETED: "checks",
    **dict.fromkeys(OF_THE_RUN, "the run"),
    **dict.fromkeys(SEEN_AROUND, "around"),
}
"""Kinds whose order matters among all of them; that of the others, and of what begins something, among those of a subject."""
_Place = tuple[datetime, datetime, int, int, int, str]
_TRACKER = frozenset(kind for kind in FactKind if kind.value.startswith(("issue_", "sprint_")))


class FactBook:
    """The facts of a run, each once and in order, and what they add up to.

    Order matters in each of some lanes alone: among the facts of one issue, among all commits. A fact that comes late, but is the
    latest of its lanes, is taken in like any other; after one that is not, all are taken in anew.
    """

    _latest: datetime | None

    def __init__(
        self,
        roster: Roster,
        *,
        project: str,
        default_branch: str,
        seed_shas: Collection[str] = (),
        names: Mapping[str, IssueKey] = MappingProxyType({}),
    ) -> None:
        self._frame = (roster, project, default_branch, seed_shas)
        self._names = names
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
        placed = [(_place(fact), fact) for fact in {fact.source_id: fact for fact in new}.values()]
        placed.sort(key=itemgetter(0))
        for place, fact in placed:
            self._add(fact, place)
        if placed:
            self._latest = max(placed[-1][1].at, self._latest or placed[-1][1].at)
        return self._parts()

    def _begin(self) -> None:
        roster, _, default_branch, seed_shas = self._frame
        self._taken = 0
        self._ids: set[str] = set()
        self._latest = None
        self._lanes: dict[str, _Place] = {}  # lane → the place of its latest fact
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
        if facts[len(before) - 1] is not before[-1] or (self._latest and self._latest > now):
            return None
        new = facts[len(before) :]
        is_later = all(fact.at <= now and self._is_latest(fact) for fact in new)
        return new if is_later and self._ids.isdisjoint(fact.source_id for fact in new) else None

    def _is_latest(self, fact: Fact) -> bool:
        """Whether nothing that it must be told before is known."""
        place = _place(fact)
        return all(
            lane not in self._lanes or place > self._lanes[lane] for lane in (fact.subject, _LANES.get(fact.kind, ""))
        )

    def _add(self, fact: Fact, place: _Place) -> None:
        kind = fact.kind
        self._ids.add(fact.source_id)
        lane = _LANES.get(kind)
        if lane is not None:
            self._lanes[lane] = place
        if lane is None or kind in _FIRST:
            self._lanes[fact.subject] = place
        if fact.actor is not None and kind not in NO_DEEDS:
            known = self._deeds.get(fact.actor)
            if known is None or fact.at > known:
                self._deeds[fact.actor] = fact.at
        if kind in _TRACKER:
            self._tracker.add(fact)
            return
        self._code.add(fact)
        if kind in OF_THE_RUN:
            self._run.add(fact)
        elif kind in SEEN_AROUND:
            self._surroundings = with_fact(self._surroundings, fact)
        elif kind is _CHECKED:
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
        item_of = item_finder(project=self._frame[1], issues=issues.keys(), missed=self._missed, names=self._names)
        return self._code.side(item_of, keys_changed=keys_changed)


def _of_code(side: CodeSide) -> dict[str, Any]:
    return {
        "commits": side.commits,
        "pulls": side.pulls,
        "branches": side.branches,
        "landings": side.landings,
        "direct_pushes": side.direct_pushes,
    }


def _place(fact: Fact) -> _Place:
    # Of equal stamps, what must come first by its kind does; of equal kinds, the lower number in its source id does. Of two
    # heads of a pull request in one second the one with more commits is the later push.
    commits = len(fact.detail.get("commits") or ()) if fact.kind is _HEAD else 0
    return fact.at, fact.recorded_at, _ORDER[fact.kind], commits, len(fact.source_id), fact.source_id

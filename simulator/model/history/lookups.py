"""What is looked up in a history: its things by what they have to do with one another, each index made once when first asked for.

Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property

from simulator.model.history import deeds
from simulator.model.history.activity import code_activity
from simulator.model.history.code import Commit, Landing
from simulator.model.history.code_lookups import CodeLookups
from simulator.model.history.deeds import Ended
from simulator.model.history.links import (
    Trace,
    Traces,
    WorkStart,
    trace_of_branch,
    trace_of_commit,
    trace_of_pull,
    work_start,
)
from simulator.model.history.pieces import grouped
from simulator.model.history.pulls import PullRequest
from simulator.model.history.speech import Said, everything_said
from simulator.model.history.team_work import Work, work_on_issue, work_on_pull
from simulator.model.history.tracker_lookups import TrackerLookups
from simulator.model.keys import IssueKey

_KEYS = "keys of issues"
_MADE_OF = {
    "activity_of": ("commits", "pulls", _KEYS),
    "board_steps": ("issues",),
    "children_of": ("issues",),
    "in_hand": ("issues",),
    "held_by": ("issues",),
    "records_resolutions": ("issues",),
    "waiting_on": ("issues",),
    "commitments": ("sprints",),
    "span_of": ("sprints",),
    "sprints_with": ("sprints",),
    "open_on": ("pulls",),
    "requests_on": ("pulls",),
    "checks_of": ("checks",),
    "commit_activity": ("commits", _KEYS),
    "ended": ("issues", "pulls"),
    "home_of": ("pulls",),
    "landed": ("landings",),
    "landed_for": ("landings", "pulls", _KEYS),
    "landing_places": ("landings",),
    "landings_of": ("landings",),
    "last_commands": ("commits",),
    "mapped_addresses": ("pulls",),
    "meetings": ("run",),
    "merged_changes": ("pulls",),
    "merged_for": ("pulls", _KEYS),
    "pulls_at": ("pulls",),
    "pulls_of": ("pulls", _KEYS),
    "pushes_of": ("branches",),
    "smart_commands": ("commits",),
    "sprint_spans": ("sprints",),
    "template_boxes": ("pulls",),
    "traces_of_code": ("branches", "commits", _KEYS),
    "unmerged_of": ("branches", "pulls"),
    "team_work": ("issues", "pulls"),
    "work_starts": ("branches", "commits", "pulls", _KEYS),
}
"""Lookups that hang on these things alone."""


class Lookups(CodeLookups, TrackerLookups):
    """The part of a history that finds one thing by another."""

    default_branch: str

    def take_over(self, before: Lookups) -> None:
        """Spare the work on what the history before has looked up already, where the very same things are in both."""
        known, mine = vars(before), vars(self)
        same = {name for name in mine if known.get(name) is mine[name]}
        if before.issues.keys() == self.issues.keys():
            same.add(_KEYS)
        if "pieces" in known:
            mine["pieces"] = known["pieces"]
        for name, parts in _MADE_OF.items():
            if name in known and same.issuperset(parts):
                mine.setdefault(name, known[name])

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Everything that people said, wherever they said it, oldest first."""
        return everything_said(self.issues.values(), self.pulls.values(), self.run)

    @cached_property
    def work_starts(self) -> Mapping[IssueKey, WorkStart]:
        """Issue → when its first code was made, and whose its code is."""
        of_pulls = self.pieces.of("traces of pulls", self.pulls.values(), lambda pull: self._named(trace_of_pull(pull)))
        traces = {key: list(some) for key, some in self.traces_of_code.items()}
        for key, some in grouped(of_pulls, among=self.issues).items():
            traces.setdefault(key, []).extend(some)
        return self.pieces.by_key("work starts", traces, work_start)

    @cached_property
    def traces_of_code(self) -> Traces:
        """Issue → the branches and commits that name it."""

        def of_commit(commit: Commit) -> Iterator[tuple[IssueKey, Trace]]:
            return self._named(trace_of_commit(commit) if commit.branch != self.default_branch else None)

        of_branches = self.pieces.of(
            "traces of branches", self.branches.values(), lambda branch: self._named(trace_of_branch(branch))
        )
        of_commits = self.pieces.of("traces of commits", self.commits.values(), of_commit)
        return grouped([*of_branches, *of_commits], among=self.issues)

    def _named(self, trace: Trace | None) -> Iterator[tuple[IssueKey, Trace]]:
        """A trace by the keys that its text names."""
        if trace is not None:
            yield from ((key, trace) for key in self.keys_like_ours(trace.text))

    @cached_property
    def activity_of(self) -> Mapping[IssueKey, tuple[datetime, ...]]:
        """Issue → when something happened to its code, in order; issues without code are left out."""
        of_commits, of_pulls = self.commit_activity, self.pulls_of
        parts = {
            key: (of_commits.get(key, ()), of_pulls.get(key, ())) for key in dict.fromkeys([*of_commits, *of_pulls])
        }
        return self.pieces.by_key("activity", parts, lambda part: code_activity(*part))

    @cached_property
    def ended(self) -> tuple[Ended, ...]:
        """Everything that was merged or is done."""
        merged = self.pieces.of("merged", self.pulls.values(), lambda pull: deeds.merged(pull, self.issues))
        return (*merged, *self.pieces.of("done", self.issues.values(), deeds.done))

    @cached_property
    def team_work(self) -> tuple[Work, ...]:
        """What each person did, pull requests before issues."""
        on_pulls = self.pieces.of("work on pulls", self.pulls.values(), work_on_pull)
        return (*on_pulls, *self.pieces.of("work on issues", self.issues.values(), work_on_issue))

    @cached_property
    def landed_for(self) -> Mapping[IssueKey, tuple[str, ...]]:
        """Issue → what landed for it: `#7` for merged pull requests that name it anywhere, short names of other commits."""
        found: dict[IssueKey, dict[str, None]] = {}
        merged = self.pieces.of("landed by pulls", self.pulls.values(), self._keys_of_merged)
        landed = self.pieces.of("landed", self.landings, self._keys_of_landed)
        for key, name in (*merged, *landed):
            if key in self.issues:
                found.setdefault(key, {})[name] = None
        return {key: tuple(named) for key, named in found.items()}

    def _keys_of_merged(self, pull: PullRequest) -> Iterator[tuple[IssueKey, str]]:
        if pull.merged_at is not None:
            text = " ".join([pull.head, pull.title, pull.body, *(commit.message for commit in pull.commits)])
            yield from ((key, f"#{pull.number}") for key in self.keys_like_ours(text))

    def _keys_of_landed(self, landing: Landing) -> Iterator[tuple[IssueKey, str]]:
        named = [f"#{number}" for number in landing.pulls] or [landing.sha[:7]]
        yield from ((key, name) for key in self.keys_like_ours(landing.message) for name in named)

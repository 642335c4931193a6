"""Conditions `branch`, `commit` and `check`: there is a branch, a commit, a check run of this kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.history import Branch, CheckRun, Commit
from simulator.scenario.conditions.condition import Condition, Match
from simulator.scenario.conditions.joined import all_of
from simulator.scenario.conditions.whose import Paths, Seats, fits, is_one_of
from simulator.scenario.expressions import finds
from simulator.scenario.part import PullId
from simulator.scenario.people import PathPattern, PatternText
from simulator.scenario.values import LengthText
from simulator.scenario.view import View

Count = Annotated[int, Field(ge=1, le=1_000)]


class BranchCondition(Condition):
    """A branch besides the default one that exists and of which everything that is given holds."""

    of: Seats = ()
    """Who made it; left out: a human."""
    named: PathPattern | None = None
    """Its name fits this shell pattern, such as `feature/*`."""
    names_issue: bool | None = None
    not_merged: bool | None = None
    """No pull request of it was merged."""
    without_pull: bool | None = None
    """No pull request was opened for it."""
    older_than: LengthText | None = None
    """Working time since its first commit or its making."""
    behind: Count | None = None
    """So many commits came to the default branch since it began, or since it took them in last."""

    @override
    def matches(self, view: View) -> Iterator[Match]:
        for branch in view.history.branches.values():
            since = None if branch.deleted_at else all_of(self._instants(branch, view))
            if since is not None:
                yield Match(since=since, about=_about_branch(branch, view))

    def _instants(self, branch: Branch, view: View) -> Iterator[datetime | None]:
        made, history = branch.created_at, view.history
        yield made if is_one_of(self.of, branch.author, view) else None
        if self.named is not None:
            yield made if fits(branch.name, (self.named,)) else None
        if self.names_issue is not None:
            yield made if bool(history.keys_in(branch.name)) is self.names_issue else None
        merged = [at for number in branch.pulls if (at := history.pulls[number].merged_at)]
        if self.not_merged is not None:
            yield made if not merged and self.not_merged else min(merged, default=None) if not self.not_merged else None
        if self.without_pull is not None:
            opened = min((history.pulls[number].opened_at for number in branch.pulls), default=None)
            yield opened if not self.without_pull else made if opened is None else None
        if self.older_than is not None:
            yield view.later(branch.started_at, self.older_than)
        if self.behind is not None:
            yield _behind_since(branch, self.behind, view)


class CommitCondition(Condition):
    """A commit on a branch besides the default one of which everything that is given holds."""

    of: Seats = ()
    """Who wrote it; left out: a human."""
    message: PatternText | None = None
    """Regular expression, searched in its message."""
    touches: Paths = ()
    """It changes a file of one of these patterns."""
    larger_than: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    """Changed lines written by hand."""

    @override
    def matches(self, view: View) -> Iterator[Match]:
        for commit in view.history.commits.values():
            if commit.branch != view.history.default_branch and self._fits(commit, view):
                about = {"branch": commit.branch, **({"person": commit.author} if commit.author else {})}
                yield Match(since=commit.at, about=about)

    def _fits(self, commit: Commit, view: View) -> bool:
        return (
            is_one_of(self.of, commit.author, view)
            and (self.larger_than is None or commit.lines > self.larger_than)
            and (not self.touches or any(fits(file.path, self.touches) for file in commit.files))
            and (self.message is None or finds(self.message, commit.message[:5_000]))
        )


class CheckCondition(Condition):
    """A check that failed, or passed, where it was run last."""

    name: PathPattern = "*"
    """Shell pattern of its name."""
    failed: Count | None = None
    """So many runs of it failed there, one after the other and the last one too."""
    passed: bool | None = None
    """Its last run there passed."""
    on: Literal["pull_request", "default_branch", "anywhere"] = "anywhere"
    pull: PullId | None = None
    """On this pull request."""

    @override
    def matches(self, view: View) -> Iterator[Match]:
        found: dict[tuple[tuple[tuple[str, str], ...], str], list[CheckRun]] = {}
        for check in view.history.checks:
            if fits(check.name, (self.name,)):
                for about in self._places(check, view):
                    found.setdefault((tuple(sorted(about.items())), check.name), []).append(check)
        for (place, _), runs in found.items():
            since = self._since(runs)
            if since is not None:
                yield Match(since=since, about=dict(place))

    def _places(self, check: CheckRun, view: View) -> Iterator[dict[str, str]]:
        history = view.history
        only = view.pull(self.pull) if self.pull else None
        if self.on != "default_branch":
            for pull in history.pulls_at.get(check.sha, ()):
                if self.pull is None or (only is not None and pull.number == only.number):
                    yield {"pull": str(pull.number), "branch": pull.head}
        if self.on != "pull_request" and self.pull is None and check.sha in history.landed:
            yield {"branch": history.default_branch}

    def _since(self, runs: list[CheckRun]) -> datetime | None:
        if self.passed is not None:
            return runs[-1].at if runs[-1].passed is self.passed else None
        wanted, row = self.failed or 1, 0
        since = None
        for run in runs:
            row = row + 1 if run.failed else 0
            since = (since or run.at) if row >= wanted else None
        return since


def _behind_since(branch: Branch, count: int, view: View) -> datetime | None:
    """When the n-th commit came to the default branch that this branch has not taken in."""
    taken_in = max([branch.started_at, *(commit.at for commit in branch.commits if commit.parents > 1)])
    missing = sorted(landing.at for landing in view.history.landings if landing.at > taken_in)
    return missing[count - 1] if len(missing) >= count else None


def _about_branch(branch: Branch, view: View) -> dict[str, str]:
    about = {"branch": branch.name, **({"person": branch.author} if branch.author else {})}
    keys = view.history.keys_in(branch.name)
    return {**about, "issue": keys[0]} if len(keys) == 1 else about

"""Condition `pull_request`: there is a pull request of this kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.history import PullRequest
from simulator.scenario.conditions.condition import Condition, Match
from simulator.scenario.conditions.files import asks_for_tests, meets_of, paths_of
from simulator.scenario.conditions.joined import all_of
from simulator.scenario.conditions.named import approved_since, objected_since, reviewed_since
from simulator.scenario.conditions.whose import Paths, Seats, fits, held_since, is_one_of
from simulator.scenario.part import PullId
from simulator.scenario.values import LengthText
from simulator.scenario.view import View

_FEWEST_LETTERS = 20


class PullCondition(Condition):
    """A pull request of which everything that is given holds."""

    of: Seats = ()
    """Who opened it; left out: a human."""
    named: PullId | None = None
    """This one."""
    state: Literal["open", "merged", "closed", "any"] = "open"
    draft: bool | None = None
    larger_than: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    """Changed lines written by hand."""
    commits_over: Annotated[int, Field(ge=0, le=10_000)] | None = None
    touches: Paths = ()
    """It changes a file of one of these patterns."""
    also_touched_by: Seats = ()
    """One of these people changed one of its files elsewhere, in work that is open or was merged since."""
    without_tests: bool | None = None
    """It changes production code, and no test."""
    without_description: bool | None = None
    names_issue: bool | None = None
    """Its branch, title or description names an issue of the project."""
    reviewed: bool | None = None
    """Somebody else has reviewed it."""
    approved: bool | None = None
    """The last word of its reviewers is an approval."""
    changes_requested: bool | None = None
    """Somebody waits for changes, and nothing was pushed since."""
    conflicts: bool | None = None
    """The service said of its last head that it cannot be merged."""
    open_for: LengthText | None = None
    """It has been open for so much working time."""
    unreviewed_for: LengthText | None = None
    """It has waited for its first review for so much working time."""

    @override
    def matches(self, view: View) -> Iterator[Match]:
        only = view.pull(self.named) if self.named else None
        if self.named and only is None:
            return
        for pull in [only] if only else view.history.pulls.values():
            since = all_of(self._instants(pull, view))
            if since is not None:
                yield Match(since=since, about=_about(pull, view))

    def _instants(self, pull: PullRequest, view: View) -> Iterator[datetime | None]:
        yield pull.opened_at if self.named or is_one_of(self.of, pull.author, view) else None
        yield self._in_state(pull)
        if self.draft is not None:
            yield max(pull.opened_at, pull.ready_at or pull.opened_at) if pull.draft is self.draft else None
        yield from self._by_content(pull, view)
        yield from self._by_words(pull, view)
        yield from self._by_reviews(pull)
        yield from self._by_age(pull, view)

    def _in_state(self, pull: PullRequest) -> datetime | None:
        match self.state:
            case "open":
                return None if pull.merged_at or pull.closed_at else pull.opened_at
            case "merged":
                return pull.merged_at
            case "closed":
                return pull.closed_at
        return pull.opened_at

    def _by_content(self, pull: PullRequest, view: View) -> Iterator[datetime | None]:
        heads = [(head.at, head) for head in pull.heads]
        if self.larger_than is not None:
            yield held_since(heads, lambda head: head.lines > (self.larger_than or 0))
        if self.commits_over is not None:
            yield held_since(heads, lambda head: len(head.commits) > (self.commits_over or 0))
        if self.touches:
            yield held_since(heads, lambda head: any(fits(path, self.touches) for path in paths_of(head)))
        if self.without_tests is not None:
            yield held_since(heads, lambda head: asks_for_tests(paths_of(head)) is self.without_tests)
        if self.conflicts is not None:
            yield held_since(pull.mergeable, self._is_stuck)
        if self.also_touched_by:
            yield meets_of(pull, self.also_touched_by, view)

    def _is_stuck(self, mergeable: bool | None) -> bool:
        return (mergeable is False) is self.conflicts

    def _by_words(self, pull: PullRequest, view: View) -> Iterator[datetime | None]:
        if self.without_description is not None:
            yield held_since(pull.bodies, lambda body: _is_empty(body) is self.without_description)
        if self.names_issue is not None:
            words = sorted([*pull.titles, *pull.bodies], key=lambda one: one[0])
            named = bool(view.history.keys_in(f"{pull.head} {pull.title} {pull.body}"))
            yield words[-1][0] if named is self.names_issue else None

    def _by_reviews(self, pull: PullRequest) -> Iterator[datetime | None]:
        asked = (
            (self.reviewed, reviewed_since),
            (self.approved, approved_since),
            (self.changes_requested, objected_since),
        )
        for wanted, since in asked:
            if wanted is not None:
                found = since(pull)
                yield found if wanted else (pull.opened_at if found is None else None)

    def _by_age(self, pull: PullRequest, view: View) -> Iterator[datetime | None]:
        if self.open_for is not None:
            end = pull.merged_at or pull.closed_at
            grown = view.later(pull.opened_at, self.open_for)
            yield grown if end is None or grown <= end else None
        if self.unreviewed_for is not None:
            waits = pull.ready_at if not pull.draft and reviewed_since(pull) is None else None
            yield view.later(waits, self.unreviewed_for) if waits else None


def _about(pull: PullRequest, view: View) -> dict[str, str]:
    about = {"pull": str(pull.number), "branch": pull.head}
    if pull.author is not None:
        about["person"] = pull.author
    keys = view.history.keys_in(f"{pull.head} {pull.title}")
    if len(keys) == 1:
        about["issue"] = keys[0]
    return about


def _is_empty(body: str) -> bool:
    return sum(letter.isalnum() for letter in body) < _FEWEST_LETTERS

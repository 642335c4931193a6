"""What statuses and check runs say of commits, one by one and together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.views.base import InRepository
from simulator.emulators.github.graphql.views.check_runs import CheckRunView, CheckSuiteView, required_by
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.checks import CheckRun, latest
from simulator.emulators.github.state.statuses import Status

if TYPE_CHECKING:
    from simulator.emulators.github.graphql.views.commits import CommitView

_FAILED = {"ERROR", "FAILURE", "CANCELLED", "TIMED_OUT", "ACTION_REQUIRED", "STARTUP_FAILURE", "STALE"}


class StatusContextView(InRepository):
    """The last status of one context."""

    typename = "StatusContext"

    def __init__(self, commit: CommitView, row: Status) -> None:
        super().__init__(commit.reader, commit.home)
        self.commit = commit
        self.row = row
        self.context = row.context
        self.state = row.state.upper()
        self.description = row.description
        self.target_url = row.target_url
        self.created_at: datetime = row.created_at

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.home.id, self.row.id)

    @property
    def creator(self) -> Any:
        """Who reported it."""
        account = self.reader.accounts.get(self.row.creator_id)
        return self.show("User", account) if account else None

    def avatar_url(self, size: int | None = None) -> str:
        """The picture of whoever reported it."""
        return self.reader.urls.html(f"/avatars/u/{self.row.creator_id}?v=4&s={size or 40}")

    def is_required(self, pull_request_id: str | None = None, pull_request_number: int | None = None) -> bool:
        """Whether a pull request cannot be merged without it."""
        return self.context in required_by(self, pull_request_id, pull_request_number)


class ContextConnection(Connection):
    """Statuses and check runs, counted by what they say."""

    def _all(self, kind: type) -> list[Any]:
        return [node for node in self._fetch(0, self.total_count) if isinstance(node, kind)]

    @property
    def check_run_count(self) -> int:
        """How many are check runs."""
        return len(self._all(CheckRunView))

    @property
    def status_context_count(self) -> int:
        """How many are statuses."""
        return len(self._all(StatusContextView))

    @property
    def check_run_counts_by_state(self) -> list[StateCount]:
        """Check runs by conclusion, or by status as long as there is none."""
        return _counted(run.conclusion or run.status for run in self._all(CheckRunView))

    @property
    def status_context_counts_by_state(self) -> list[StateCount]:
        """Statuses by state."""
        return _counted(context.state for context in self._all(StatusContextView))


class StateCount:
    """How many say the same."""

    def __init__(self, state: str, count: int) -> None:
        self.state = state
        self.count = count


class StatusView(InRepository):
    """The statuses of a commit."""

    typename = "Status"

    def __init__(self, commit: CommitView, rows: Sequence[Status]) -> None:
        super().__init__(commit.reader, commit.home)
        self.commit = commit
        self.contexts = [StatusContextView(commit, row) for row in rows]

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.home.id, self.commit.oid)

    @property
    def state(self) -> str:
        """What they say together."""
        return _together([context.state for context in self.contexts])

    def context(self, name: str) -> StatusContextView | None:
        """One of them by its name."""
        return next((each for each in self.contexts if each.context == name), None)

    def combined_contexts(self, window: Window) -> Connection:
        """Statuses and check runs together."""
        return ContextConnection.of(window, [*_runs(self.commit), *self.contexts])


class RollupView(InRepository):
    """All that statuses and check runs say of a commit."""

    typename = "StatusCheckRollup"

    def __init__(self, commit: CommitView, found: Sequence[Any]) -> None:
        super().__init__(commit.reader, commit.home)
        self.commit = commit
        self._found = found

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.home.id, self.commit.oid)

    @cached_property
    def state(self) -> str:
        """What they say together."""
        words = []
        for each in self._found:
            is_run = isinstance(each, CheckRunView)
            words.append((each.conclusion or "PENDING") if is_run else each.state)
        return _together(words)

    def contexts(self, window: Window) -> Connection:
        """Statuses and check runs one by one."""
        return ContextConnection.of(window, self._found)


def status_of(commit: CommitView) -> StatusView | None:
    """The statuses of a commit, None when it has none."""
    rows = _statuses(commit)
    return StatusView(commit, rows) if rows else None


def rollup_of(commit: CommitView) -> RollupView | None:
    """Statuses and check runs of a commit, None when it has none."""
    found = [*_runs(commit), *(StatusContextView(commit, row) for row in _statuses(commit))]
    return RollupView(commit, found) if found else None


def suite_connection(commit: CommitView, window: Window, *, filter_by: Mapping[str, Any] | None) -> Connection:
    """The check suites of a commit."""
    rows: dict[int, list[CheckRun]] = {}
    for row in commit.around.check_runs.get(commit.oid) or ():
        rows.setdefault(row.suite_id, []).append(row)
    name = (filter_by or {}).get("check_name")
    suites = [
        CheckSuiteView(commit, suite_id, runs)
        for suite_id, runs in sorted(rows.items())
        if name is None or any(run.name == name for run in runs)
    ]
    return Connection.of(window, suites)


def _runs(commit: CommitView) -> list[CheckRunView]:
    rows = commit.around.check_runs.get(commit.oid) or []
    commit.around.suite_runs.expect(row.suite_id for row in rows)
    return [CheckRunView(commit, row) for row in reversed(latest(rows))]


def _statuses(commit: CommitView) -> list[Status]:
    rows = commit.around.statuses.get(commit.oid) or []
    commit.reader.accounts.expect(row.creator_id for row in rows)
    return rows


def _together(words: Sequence[str]) -> str:
    if _FAILED & set(words):
        return "FAILURE"
    if "PENDING" in words or "EXPECTED" in words:
        return "PENDING"
    return "SUCCESS"


def _counted(words: Iterable[str]) -> list[StateCount]:
    return [StateCount(state, count) for state, count in sorted(Counter(words).items())]

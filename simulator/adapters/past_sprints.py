"""The board of a project and the sprints on it that a range touches, each at its own dates.

Jira Cloud does not keep when a sprint was started: its start date is set when it is. Words and dates are told as they are today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from simulator.adapters.jira_accounts import JiraAccounts, Json
from simulator.adapters.observe_sprints import SprintObserver
from simulator.adapters.past_reader import READER, Asking
from simulator.adapters.seen import instant
from simulator.errors import AdapterError, NotFound
from simulator.model.facts import Observation

_A_MINUTE = timedelta(minutes=1)


class PastSprints:
    """Reads a board. `missing` says in whole sentences what was left out."""

    def __init__(self, accounts: JiraAccounts, asking: Asking) -> None:
        self._accounts = accounts
        self._asking = asking
        self._observer = SprintObserver(accounts)
        self.missing: list[str] = []

    def board(self, asked: int | None) -> int | None:
        """The board that was asked for, else the project's first one with sprints, else its first; None when it has none.

        Raises NotFound when the project has no board of the number that was asked for, or another AdapterError.
        """
        project = self._accounts.services.project
        try:
            boards = self._asking.keep_trying(self._boards)
        except AdapterError as refused:
            if refused.retryable or asked is not None:
                raise
            self.missing.append(f"Jira did not tell the boards of {project}, and so neither sprints ({refused.what})")
            return None
        if asked is not None:
            if asked not in [int(board["id"]) for board in boards]:
                raise _no_board(asked, project, boards, self._accounts.services.jira_url)
            return asked
        if not boards:
            self.missing.append(f"the project {project} has no board: its sprints and its columns are not known")
            return None
        first = next((board for board in boards if board.get("type") == "scrum"), boards[0])
        if len(boards) > 1:
            others = ", ".join(f"{board['id']} ({board['name']})" for board in boards if board is not first)
            self.missing.append(
                f"of several boards {first['id']} ({first['name']}) was read; --board takes another: {others}"
            )
        return int(first["id"])

    def sprints(self, board: int, *, since: datetime, until: datetime) -> tuple[list[int], list[Observation]] | None:
        """The ids of the sprints that the range touches, and what happened to them; None when it is no board for sprints."""
        try:
            listed = self._asking.keep_trying(lambda: self._listed(board))
        except AdapterError as refused:
            if refused.retryable or " 400 " not in refused.what:
                raise
            self.missing.append(f"the board {board} has no sprints: it is a Kanban board")
            return None
        touched = [sprint for sprint in listed if _touches(sprint, since, until)]
        seen = [one for sprint in touched for one in self._observer.told(sprint, dates(sprint), board=board)]
        return [int(sprint["id"]) for sprint in touched], seen

    def _boards(self) -> list[Json]:
        with self._accounts.asking("looking for the board"):
            client = self._accounts.client(READER)
            return [board.raw for board in client.boards(projectKeyOrID=self._accounts.services.project, maxResults=0)]

    def _listed(self, board: int) -> list[Json]:
        with self._accounts.asking("listing the sprints"):
            return [sprint.raw for sprint in self._accounts.client(READER).sprints(board, maxResults=0)]


def dates(sprint: Mapping[str, Json]) -> dict[str, datetime]:
    """When a sprint was created, started, closed, as far as it got; what Jira does not keep is taken from what it does."""
    known = {
        "created": sprint.get("createdDate"),
        "started": sprint.get("activatedDate") or sprint.get("startDate"),
        "closed": sprint.get("completeDate") or sprint.get("endDate"),
    }
    found = {step: instant(stamp) for step, stamp in known.items() if stamp}
    if "started" in found:
        found.setdefault("created", found["started"] - _A_MINUTE)
        found["started"] = max(found["started"], found["created"])
    return {step: found[step] for step in _steps(sprint) if step in found}


def _steps(sprint: Mapping[str, Json]) -> Iterator[str]:
    yield "created"
    if sprint["state"] in ("active", "closed"):
        yield "started"
    if sprint["state"] == "closed":
        yield "closed"


def _touches(sprint: Mapping[str, Json], since: datetime, until: datetime) -> bool:
    """Whether a sprint ran in the range or was being planned in it."""
    known = dates(sprint)
    return known.get("created", since) < until and known.get("closed", until) >= since


def _no_board(asked: int, project: str, boards: list[Json], url: str) -> NotFound:
    there = ", ".join(f"{board['id']} ({board['name']})" for board in boards[:8])
    return NotFound(
        f"the project {project} has no board {asked}",
        service="Jira",
        where=url,
        to_do=f"--board takes one of: {there}" if there else "the project has no board: leave --board out",
    )

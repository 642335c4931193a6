"""Which sprints there are on the project's board, and which were started and closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from simulator.adapters.jira_accounts import JiraAccounts, Json
from simulator.adapters.seen import ISSUE_PRECISION_S, instant, turn_of
from simulator.errors import NotFound
from simulator.model.facts import FactKind, Observation

# Jira Cloud says when a sprint was created and completed, not when it was started: `startDate` is a plan. `activatedDate` is
# Jira Data Center's. What is not said happened when it was seen.
_STAMPS = {"created": "createdDate", "started": "activatedDate", "closed": "completeDate"}
_STATES = {"future": ("created",), "active": ("created", "started"), "closed": ("created", "started", "closed")}
_WORDS = ("name", "goal", "startDate", "endDate")
_NOT_ENDED = frozenset({"future", "active"})
_DELETED = "deleted"
_KINDS = {
    "created": FactKind.SPRINT_CREATED,
    "started": FactKind.SPRINT_STARTED,
    "closed": FactKind.SPRINT_CLOSED,
}


class SprintObserver:
    """Looks at sprints as the admin seat."""

    def __init__(self, accounts: JiraAccounts) -> None:
        self._accounts = accounts
        self._board: int | None = None
        self._names: dict[str, str] = {}

    @property
    def board(self) -> int | None:
        """The board that was found at the last look, None before one was."""
        return self._board

    def observe(self, cursor: Mapping[str, str], *, now: datetime) -> tuple[list[Observation], dict[str, str]]:
        """What happened to sprints since the cursor (sprint id → state), and the cursor after it."""
        seen: list[Observation] = []
        states: dict[str, str] = {}
        board = self._board
        sprints = list(self._sprints())
        if cursor and board is not None and self._board is None:
            return [self._gone(board, now)], dict(cursor)
        for sprint in sprints:
            self._names[str(sprint["id"])] = sprint["name"]
            states[str(sprint["id"])] = sprint["state"]
            told = _STATES.get(cursor.get(str(sprint["id"]), ""), ())
            steps = [step for step in _STATES[sprint["state"]] if step not in told]
            seen += [self._seen(sprint, step, now) for step in steps]
            words = f"{sprint['id']}:words"
            turn = turn_of(cursor.get(words, ""), [sprint.get(name) or "" for name in _WORDS])
            states |= {words: turn} if turn else {}
            if told and not steps and turn and words in cursor:
                seen.append(self._seen(sprint, f"changed:{turn}", now))
        lost = [number for number, state in cursor.items() if state in _NOT_ENDED and number not in states]
        if self._board is not None and lost:
            seen += [self._deleted(number, now) for number in lost]
            states |= dict.fromkeys(lost, _DELETED)
        return seen, {**cursor, **states}

    def told(self, sprint: Json, dates: Mapping[str, datetime], *, board: int) -> list[Observation]:
        """What happened to a sprint (created, started, closed), looking back: `dates` has when each of these was."""
        self._board = board
        return [replace(self._seen(sprint, step, at), recorded_at=at) for step, at in dates.items()]

    def _sprints(self) -> Iterator[Json]:
        admin = self._accounts.client(self._accounts.services.admin)
        try:
            if self._board is None:
                with self._accounts.asking("looking for the board"):
                    project = admin.project(self._accounts.services.project)  # 404 where the list of boards says 400
                    boards = admin.boards(projectKeyOrID=project.key)
                self._board = int(boards[0].id) if boards else None
            if self._board is not None:
                with self._accounts.asking("listing the sprints"):
                    yield from (sprint.raw for sprint in admin.sprints(self._board, maxResults=0))
        except NotFound:  # neither board nor project yet
            self._board = None

    def _gone(self, board: int, now: datetime) -> Observation:
        text = (
            "The board is gone, and the sprints that nobody had closed with it. The issues are in the backlog; the story goes "
            "on. An administrator can make a new board for the project."
        )
        return self._sighted("board_gone", text, f"jira:board:{board}:gone", now=now)

    def _deleted(self, number: str, now: datetime) -> Observation:
        which = f"The sprint “{self._names[number]}”" if number in self._names else "A sprint"
        text = (
            f"{which} was deleted on the board, and its issues are in the backlog. The story goes on with the calendar as it "
            "was. To see the work again, create a sprint on the board, put issues in and start it."
        )
        return self._sighted("sprint_deleted", text, f"jira:sprint:{number}:deleted", now=now)

    def _sighted(self, what: str, text: str, source_id: str, *, now: datetime) -> Observation:
        """Something odd; who did it is not told by Jira."""
        return Observation(
            source_id=source_id,
            kind=FactKind.SIGHTED,
            subject=source_id.removeprefix("jira:").rpartition(":")[0],
            account=None,
            url=f"{self._accounts.services.jira_url.rstrip('/')}/browse/{self._accounts.services.project}",
            recorded_at=now,
            precision_s=ISSUE_PRECISION_S,
            detail={"what": what, "text": text},
        )

    def _seen(self, sprint: Json, step: str, now: datetime) -> Observation:
        stamp = sprint.get(_STAMPS.get(step, ""))
        return Observation(
            source_id=f"jira:sprint:{sprint['id']}:{step}",
            kind=_KINDS.get(step, FactKind.SPRINT_CHANGED),
            subject=f"sprint:{sprint['id']}",
            account=None,
            url=f"{self._accounts.services.jira_url.rstrip('/')}/jira/software/c/projects/"
            f"{self._accounts.services.project}/boards/{self._board}",
            recorded_at=instant(stamp) if stamp else now,
            precision_s=ISSUE_PRECISION_S,
            detail=_detail(sprint, step),
        )


def _detail(sprint: Json, step: str) -> dict[str, Any]:
    detail: dict[str, Any] = {"id": sprint["id"], "name": sprint["name"]}
    if step != "closed":
        detail |= {"goal": sprint.get("goal") or "", "start": sprint.get("startDate"), "end": sprint.get("endDate")}
    if step == "created":
        detail["state"] = "future"
    return detail

"""Frozen views of what happened on the tracker: issues with their fields at any instant, sprints with their scope.

Refuses to know facts; `tracker_replay` makes these of them. All instants are simulated.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from datetime import datetime, timedelta

from simulator.model.agile import StatusCategory
from simulator.model.history.code import Dated
from simulator.model.history.pulls import Comment
from simulator.model.keys import IssueKey, SeatId
from simulator.model.record import record

CLOSING = timedelta(minutes=5)
"""Services stamp the moves of unfinished issues a moment before the close itself; at a fast pace that is simulated minutes."""
PAUSED = timedelta(seconds=5)
"""So much more wall time than simulated time between two things means that the clock stood still between them."""


@record
class IssueState:
    """An issue's fields at one instant. `points` None means not estimated.

    `links` are in Jira's words, such as `is blocked by PAY-3`; `due` is an ISO date; what is not set is empty.
    """

    summary: str
    description: str
    status: str
    category: StatusCategory
    assignee: SeatId | None
    points: float | None
    priority: str
    labels: frozenset[str]
    sprints: frozenset[int]
    flagged: bool = False
    resolution: str = ""
    parent: str = ""
    links: frozenset[str] = frozenset()
    environment: str = ""
    due: str = ""


@record
class Change:
    """One changelog item: field in lower case, values as people read them, and the state that it led to.

    `recorded_at` is wall time: in a pause it alone tells what came first.
    """

    at: datetime
    recorded_at: datetime
    actor: SeatId | None
    field: str
    before: str
    after: str
    state: IssueState
    url: str


@record
class Move:
    """An issue's way from one status to another."""

    at: datetime
    actor: SeatId | None
    before: IssueState
    after: IssueState


@record
class Issue:
    """An issue, as created and as changed since."""

    key: IssueKey
    ref: str | None
    type: str
    url: str
    reporter: SeatId | None
    created_at: datetime
    initial: IssueState
    changes: tuple[Change, ...]
    comments: tuple[Comment, ...]
    deleted_at: datetime | None
    _moves: tuple[Move, ...] = field(init=False, repr=False, compare=False)
    _states: tuple[tuple[datetime, IssueState], ...] = field(init=False, repr=False, compare=False)
    _people: tuple[SeatId, ...] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        before, moves = self.initial, []
        for change in self.changes:
            if change.field == "status":
                moves.append(Move(at=change.at, actor=change.actor, before=before, after=change.state))
            before = change.state
        states = [(self.created_at, self.initial), *[(change.at, change.state) for change in self.changes]]
        object.__setattr__(self, "_moves", tuple(moves))
        object.__setattr__(self, "_states", tuple(states))
        object.__setattr__(self, "_people", None)

    @property
    def state(self) -> IssueState:
        """The fields as they stand."""
        return self.changes[-1].state if self.changes else self.initial

    def at(self, instant: datetime) -> IssueState:
        """The fields as they stood at an instant; before its creation, as created."""
        index = bisect_right(self.changes, instant, key=lambda change: change.at)
        return self.changes[index - 1].state if index else self.initial

    def states(self) -> Sequence[tuple[datetime, IssueState]]:
        """Every state with the instant from which it held, oldest first."""
        return self._states

    def before_close_of(self, sprint: SprintSpan) -> IssueState:
        """The fields as they stood when a sprint was closed, before the closing moved what was left; else as they are."""
        state = self.initial
        for change in self.changes:
            if sprint.has_ended_by(change.at, change.recorded_at):
                break
            if change.field != "sprint" or not sprint.is_closing(change.at, change.recorded_at):
                state = change.state
        return state

    def moves(self) -> Sequence[Move]:
        """Its changes of status, oldest first."""
        return self._moves

    def spans(self, holds: Callable[[IssueState], bool]) -> Iterator[tuple[datetime, datetime | None]]:
        """From when to when something held of its fields, oldest first; to None where it still does."""
        since: datetime | None = None
        for at, state in self.states():
            if holds(state) and since is None:
                since = at
            elif not holds(state) and since is not None:
                yield since, at
                since = None
        if since is not None:
            yield since, None

    def people(self) -> tuple[SeatId, ...]:
        """Seats that were assigned to it or moved it, the present assignee first, then the latest."""
        if self._people is None:
            assigned = [state.assignee for _, state in self._states]
            movers = [move.actor for move in self._moves]
            seats = dict.fromkeys([*reversed(assigned), *reversed(movers)])
            object.__setattr__(self, "_people", tuple(seat for seat in seats if seat is not None))
        return self._people or ()

    def entered(self, sprint: int) -> datetime | None:
        """When it first belonged to a sprint, None if never."""
        return next((at for at, state in self.states() if sprint in state.sprints), None)


@record
class SprintSpan:
    """When a sprint was started and closed: what most rules ask of one, while its scope may change at any time."""

    id: int
    name: str
    started_at: datetime | None
    closed_at: datetime | None
    closed_recorded_at: datetime | None = None
    """When it was closed by the service's clock (wall)."""
    url: str = ""

    def has_ended_by(self, at: datetime, recorded_at: datetime) -> bool:
        """Whether something done then was done after the close; of one simulated instant, the services' clock tells."""
        if self.closed_at is None or self.closed_recorded_at is None:
            return False
        return at > self.closed_at or (at == self.closed_at and recorded_at > self.closed_recorded_at)

    def is_closing(self, at: datetime, recorded_at: datetime) -> bool:
        """Whether what left the sprint then did so because it was being closed, and not by hand in the same pause."""
        if self.closed_at is None or self.closed_recorded_at is None or at < self.closed_at - CLOSING:
            return False
        return self.closed_recorded_at - recorded_at <= self.closed_at - at + PAUSED

    @property
    def closing_at(self) -> datetime | None:
        """From when on what leaves the sprint does so because it is being closed; None while it runs."""
        return None if self.closed_at is None else self.closed_at - CLOSING


@record
class SprintRecord(SprintSpan):
    """A sprint. `committed` are the issues in it at its start; added and removed ones came and went after that."""

    goal: str
    committed: frozenset[IssueKey]
    added: frozenset[IssueKey]
    removed: frozenset[IssueKey]
    goals: Dated = ()
    """Its goal over time."""
    by: tuple[SeatId, ...] = ()
    """Who made it, changed it before its start, and started it, where the service tells."""

    @property
    def span(self) -> SprintSpan:
        """The sprint without its scope and its goal."""
        return SprintSpan(
            id=self.id,
            name=self.name,
            started_at=self.started_at,
            closed_at=self.closed_at,
            closed_recorded_at=self.closed_recorded_at,
            url=self.url,
        )

"""What is asked of a Jira-like service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from simulator.model.agile import IssueChanges, IssueDraft, SprintDraft
from simulator.model.keys import IssueKey, SeatId


class Tracker(Protocol):
    """The run's project as a Jira-like service sees it. Every call is made as a seat. Raises AdapterError."""

    def create_project(
        self, seat: SeatId, *, key: str, name: str, template: str, lead: SeatId, again: bool = False
    ) -> str:
        """Create the project with its board (template scrum or kanban) and return the board's id."""
        ...

    def create_issues(
        self, seat: SeatId, drafts: Sequence[IssueDraft], *, parents: Mapping[str, IssueKey], again: bool = False
    ) -> Mapping[str, IssueKey]:
        """Create issues in order and return ref → key. `parents` holds keys of issues that drafts name as their parent."""
        ...

    def create_sprint(self, seat: SeatId, board: str, sprint: SprintDraft, *, again: bool = False) -> str:
        """Create a sprint on a board and return its id."""
        ...

    def start_sprint(self, seat: SeatId, sprint_id: str) -> None:
        """Start a sprint; one that runs already is fine."""
        ...

    def close_sprint(self, seat: SeatId, sprint_id: str, *, carry_to: str | None) -> None:
        """Close a sprint; what is not done goes to the sprint `carry_to`, or to the backlog."""
        ...

    def edit_sprint(self, seat: SeatId, sprint_id: str, *, goal: str | None, name: str | None) -> None:
        """Change goal or name of a sprint; None leaves it alone."""
        ...

    def move_issues(self, seat: SeatId, keys: Sequence[IssueKey], sprint_id: str | None) -> None:
        """Put issues into a sprint, or into the backlog."""
        ...

    def edit_issue(self, seat: SeatId, key: IssueKey, changes: IssueChanges) -> None:
        """Change fields of an issue."""
        ...

    def comment(self, seat: SeatId, key: IssueKey, body: str, *, again: bool = False) -> None:
        """Comment on an issue."""
        ...

    def keep_comment(self, seat: SeatId, key: IssueKey, body: str, *, mark: str) -> None:
        """Have one comment of the seat's on an issue that begins with `mark`: new words for it, or a first one."""
        ...

    def transition(self, seat: SeatId, key: IssueKey, status: str) -> None:
        """Move an issue to the status of this name; one that is there already is fine."""
        ...

    def assign(self, seat: SeatId, key: IssueKey, assignee: SeatId | None) -> None:
        """Assign an issue to a seat, or to nobody."""
        ...

    def rank_before(self, seat: SeatId, key: IssueKey, before: IssueKey) -> None:
        """Rank an issue before another one."""
        ...

    def rank_after(self, seat: SeatId, key: IssueKey, after: IssueKey) -> None:
        """Rank an issue after another one."""
        ...

    def link(self, seat: SeatId, key: IssueKey, words: str, other: IssueKey, *, again: bool = False) -> None:
        """Link two issues: `key` <words> `other`, the words being a link type's outward or inward ones, or its name."""
        ...

    def unlink(self, seat: SeatId, key: IssueKey, words: str, other: IssueKey) -> None:
        """Take such a link away; none is fine."""
        ...

    def watch(self, seat: SeatId, key: IssueKey, *, watching: bool) -> None:
        """Watch an issue, or no longer."""
        ...

    def log_work(self, seat: SeatId, key: IssueKey, *, spent_s: int, text: str, again: bool = False) -> None:
        """Log time on an issue, in seconds."""
        ...

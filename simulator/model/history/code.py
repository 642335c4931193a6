"""Frozen views of what happened to the code itself: commits, branches, landings on the default branch.

Refuses to know facts; `code_replay` makes these of them. All instants are simulated.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NewType

from simulator.model.code import ChangedFile
from simulator.model.keys import SeatId, Sha
from simulator.model.record import record

WorkItem = NewType("WorkItem", str)
"""What a piece of work belongs to: an issue key, or UNPLANNED, or for reviews the reviewed pull request."""
UNPLANNED = WorkItem("UNPLANNED")

Dated = tuple[tuple[datetime, str], ...]
"""A text over time: each value with the instant from which it held, oldest first."""


@record
class Commit:
    """A commit seen on a topic branch. `lines` are substantive ones; a merge commit has none of its own.

    `author_name` and `author_email` are those that stand in the commit itself, whoever pushed it. With `author_known` False that
    address belongs to no account, and `author` is who pushed it.
    """

    sha: Sha
    message: str
    author: SeatId | None
    at: datetime
    branch: str
    url: str
    parents: int
    lines: int
    files: tuple[ChangedFile, ...]
    parent_shas: tuple[Sha, ...] = ()
    author_name: str = ""
    author_email: str = ""
    author_known: bool = True

    @property
    def header(self) -> str:
        """The message's first line."""
        return header_of(self.message)


@record
class Push:
    """A movement of a branch's tip from `before` to `after`."""

    at: datetime
    actor: SeatId | None
    before: str
    after: Sha
    forced: bool
    url: str


@record
class Branch:
    """A topic branch. `replaced_by` names the branch that took its tip over when it was deleted: a rename.

    `commits` are those first seen on it and those of its pull requests.
    """

    name: str
    url: str
    author: SeatId | None
    item: WorkItem
    created_at: datetime
    pushes: tuple[Push, ...]
    tips: tuple[Sha, ...]
    deleted_at: datetime | None
    commits: tuple[Commit, ...]
    pulls: tuple[int, ...]
    replaced_by: str | None

    def authors(self) -> tuple[SeatId, ...]:
        """Seats that pushed to it, who made it first."""
        seats = dict.fromkeys([self.author, *(push.actor for push in self.pushes)])
        return tuple(seat for seat in seats if seat is not None)

    @property
    def lines(self) -> int:
        """Substantive lines over its commits."""
        return sum(commit.lines for commit in self.commits)

    @property
    def started_at(self) -> datetime:
        """Its first commit or its creation, whichever came first."""
        return min([self.created_at, *(commit.at for commit in self.commits)])


@record
class Landing:
    """A commit that became new on the default branch; `pulls` are the pull requests it came through."""

    sha: Sha
    message: str
    pulls: tuple[int, ...]
    actor: SeatId | None
    at: datetime
    url: str
    parents: int
    parent_shas: tuple[Sha, ...] = ()


@record
class DirectPush:
    """A push to the default branch that went around pull requests."""

    sha: Sha
    actor: SeatId | None
    at: datetime
    url: str
    message: str
    item: WorkItem
    forced: bool


@lru_cache(maxsize=8192)  # a header is asked for by each rule that is about it
def header_of(message: str) -> str:
    """First line of a commit message, bounded, so that no pattern meets an endless one."""
    return message[:2000].partition("\n")[0].rstrip("\r")


def value_at(values: Dated, instant: datetime) -> str:
    """The text that held at an instant; before the first, the first."""
    current = values[0][1]
    for at, value in values:
        if at > instant:
            break
        current = value
    return current

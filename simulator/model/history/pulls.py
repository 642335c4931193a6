"""Frozen views of pull requests and of everything that is said and decided on them.

Refuses to know facts; `pull_replay` makes these of them. All instants are simulated.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from simulator.model.code import ChangedFile
from simulator.model.history.code import Commit, Dated, WorkItem, value_at
from simulator.model.keys import SeatId, Sha
from simulator.model.record import record


@record
class Head:
    """A pull request's content from `at` on: its tip, its commits, its diff against the base in substantive lines."""

    at: datetime
    sha: Sha
    commits: tuple[Sha, ...]
    files: tuple[ChangedFile, ...]
    lines: int


@record
class Review:
    """A submitted review: APPROVED, CHANGES_REQUESTED or COMMENTED. `dismissal` is the reason given when it was dismissed.

    `dismissed_by_push`: nobody dismissed it, the protection of the branch did when something was pushed.
    """

    id: str
    author: SeatId | None
    at: datetime
    state: str
    body: str
    sha: str
    url: str
    dismissed_at: datetime | None
    dismissed_by: SeatId | None = None
    dismissal: str = ""
    dismissed_by_push: bool = False


@record
class Comment:
    """A comment on a pull request's conversation, on a line of its diff (`path`, `line`), or on an issue.

    `id` is the service's own; `reply_to` that of the remark which a reply answers; `review` that of the review it came with.
    """

    author: SeatId | None
    at: datetime
    body: str
    url: str
    path: str | None = None
    line: int | None = None
    id: str = ""
    reply_to: str | None = None
    review: str = ""


@record
class Thread:
    """A conversation about a line: the remark that began it, its replies, and when it was seen to be resolved or opened again.

    `settled` is empty where the service does not tell of resolving.
    """

    remark: Comment
    replies: tuple[Comment, ...]
    settled: tuple[tuple[datetime, bool, SeatId | None], ...]

    def is_resolved_at(self, instant: datetime) -> bool:
        """Whether it stood resolved at an instant."""
        told = [resolved for at, resolved, _ in self.settled if at <= instant]
        return bool(told and told[-1])


@record
class ReviewRequest:
    """Somebody asked for a review. Asking again before an answer is the same request; after it, the next `turn`.

    `answered_at` is the reviewer's first review, remark or comment after it; `void_at` when it was withdrawn, or the pull request
    closed, first.
    """

    pull: int
    turn: int
    reviewer: SeatId
    by: SeatId | None
    at: datetime
    answered_at: datetime | None
    void_at: datetime | None


@record
class PullRequest:
    """A pull request and all that happened to it. `closed_at` is set when it is closed without a merge.

    `mergeable` is what the service said of conflicts with the base, and when: at each push, and when the base moved under it.
    """

    number: int
    url: str
    author: SeatId | None
    item: WorkItem
    titles: Dated
    bodies: Dated
    head: str
    base: str
    opened_at: datetime
    draft: bool
    ready_at: datetime | None
    heads: tuple[Head, ...]
    mergeable: tuple[tuple[datetime, bool | None], ...]
    commits: tuple[Commit, ...]
    reviews: tuple[Review, ...]
    requests: tuple[ReviewRequest, ...]
    comments: tuple[Comment, ...]
    merged_at: datetime | None
    merged_by: SeatId | None
    merge_sha: Sha | None
    closed_at: datetime | None
    closed_by: SeatId | None = None
    bases: Dated = ()
    drafts: tuple[tuple[datetime, bool], ...] = ()
    labels: tuple[tuple[datetime, frozenset[str]], ...] = ()
    threads: tuple[Thread, ...] = ()
    _authors: tuple[SeatId, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wrote = dict.fromkeys([self.author, *[commit.author for commit in self.commits]])
        wrote.pop(None, None)
        object.__setattr__(self, "_authors", tuple(wrote))

    @property
    def title(self) -> str:
        """The title as it stands."""
        return self.titles[-1][1]

    @property
    def body(self) -> str:
        """The description as it stands."""
        return self.bodies[-1][1]

    @property
    def state(self) -> str:
        """merged, closed, draft or open."""
        if self.merged_at:
            return "merged"
        if self.closed_at:
            return "closed"
        return "draft" if self.draft else "open"

    def labels_at(self, instant: datetime) -> frozenset[str]:
        """The labels that it bore at an instant."""
        known = [labels for at, labels in self.labels if at <= instant]
        return known[-1] if known else frozenset()

    def was_draft_at(self, instant: datetime) -> bool:
        """Whether it was a draft at an instant; before its opening, as it was opened."""
        known = [draft for at, draft in self.drafts if at <= instant]
        return known[-1] if known else bool(self.drafts and self.drafts[0][1])

    def body_at(self, instant: datetime) -> str:
        """The description as it stood at an instant; before the opening, the first one."""
        return value_at(self.bodies, instant)

    def title_at(self, instant: datetime) -> str:
        """The title as it stood at an instant; before the opening, the first one."""
        return value_at(self.titles, instant)

    def head_at(self, instant: datetime) -> Head | None:
        """The content as it stood at an instant; before the first one is known, the first; None when none is known."""
        known = [head for head in self.heads if head.at <= instant]
        return known[-1] if known else (self.heads[0] if self.heads else None)

    def conflicts_at(self, instant: datetime) -> bool | None:
        """Whether it conflicted with its base at an instant; None when the service had not said."""
        said = [value for at, value in self.mergeable if at <= instant]
        return None if not said or said[-1] is None else not said[-1]

    @property
    def lines(self) -> int | None:
        """Substantive lines of the diff as it stands, None when no diff is known."""
        return self.heads[-1].lines if self.heads else None

    def authors(self) -> tuple[SeatId, ...]:
        """Seats that wrote it: who opened it first, then the authors of its commits."""
        return self._authors

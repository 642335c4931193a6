"""Review threads: a comment on the diff with its answers, resolved or not. The first comment's row keeps which.

Source: https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/commenting-on-a-pull-request#resolving-conversations
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from simulator.emulators.github.state import review_comments
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.review_comments import ReviewComment
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import review_comments as rows
from simulator.emulators.kit.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A thread, by the id of its first comment. `comments` are those that may be seen, oldest first."""

    id: int
    pull_id: int
    resolved_at: datetime | None
    resolved_by_id: int | None
    comments: Sequence[ReviewComment]

    @property
    def is_resolved(self) -> bool:
        """Whether somebody has resolved it."""
        return self.resolved_at is not None

    @property
    def first(self) -> ReviewComment:
        """The comment that it begins with; after that was deleted, the oldest that is left."""
        return self.comments[0]

    @property
    def is_outdated(self) -> bool:
        """Whether its line is gone from the diff."""
        return self.first.subject == "line" and self.first.line is None


def threads_of(place: Place, pull_id: int, *, viewer_id: int | None) -> list[Thread]:
    """The threads of a pull request in the order they began, pending comments only for their author."""
    grouped: dict[int, list[ReviewComment]] = {}
    for comment in review_comments.seen_in(place, pull_id, viewer_id=viewer_id):
        grouped.setdefault(comment.in_reply_to_id or comment.id, []).append(comment)
    return [_thread(thread_id, comments) for thread_id, comments in grouped.items()]


def find_thread(place: Place, thread_id: int, *, viewer_id: int | None) -> Thread | None:
    """A thread of the repository by the id of its first comment."""
    first = review_comments.find(place, thread_id, viewer_id=viewer_id)
    if first is None or first.in_reply_to_id is not None:
        return None
    found = threads_of(place, first.pull_id, viewer_id=viewer_id)
    return next((thread for thread in found if thread.id == thread_id), None)


def count_unresolved(place: Place, pull_id: int) -> int:
    """How many visible threads of a pull request nobody has resolved."""
    query = (
        select(func.count())
        .select_from(rows)
        .where(
            rows.c.site == place.site,
            rows.c.pull_id == pull_id,
            rows.c.in_reply_to_id.is_(None),
            ~rows.c.pending,
            rows.c.resolved_at.is_(None),
        )
    )
    return place.connection.execute(query).scalar_one()


def may_resolve(place: Place, pull: Pull, account: Account) -> bool:
    """Whether an account may resolve threads: whoever opened the pull request, or has write access."""
    if account.id == pull.issue.author_id:
        return True
    return allows(permission_of(place.connection, place.repository, account), "push")


def resolve(work: Work, thread: Thread) -> Thread:
    """Resolve a thread; a resolved one stays as it is."""
    return thread if thread.is_resolved else _set(work, thread, "resolved")


def unresolve(work: Work, thread: Thread) -> Thread:
    """Open a resolved thread again."""
    return _set(work, thread, "unresolved") if thread.is_resolved else thread


def _set(work: Work, thread: Thread, action: str) -> Thread:
    at, by = (work.at, work.actor.id) if action == "resolved" else (None, None)
    review_comments.change(work, thread.id, resolved_at=at, resolved_by_id=by)
    changed = find_thread(work, thread.id, viewer_id=work.actor.id)
    assert changed is not None
    work.tell("pull_request_review_thread", action, thread.pull_id, thread=changed)
    return changed


def _thread(thread_id: int, comments: list[ReviewComment]) -> Thread:
    first = comments[0]
    return Thread(
        id=thread_id,
        pull_id=first.pull_id,
        resolved_at=first.resolved_at,
        resolved_by_id=first.resolved_by_id,
        comments=tuple(comments),
    )

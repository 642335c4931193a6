"""Remarks on lines to conversations: each with its replies, and when it was resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from simulator.model.history.pulls import Comment, Thread
from simulator.model.keys import SeatId

Settled = Mapping[str, Sequence[tuple[datetime, bool, SeatId | None]]]
"""Id of the remark that began a conversation → when it was resolved (True) or opened again, and by whom."""


def threads_of(comments: Sequence[Comment], settled: Settled) -> tuple[Thread, ...]:
    """The conversations in a pull request's comments, in the order in which they began.

    GitHub gives each reply the id of the first remark; a service that gives that of the last one is followed back.
    """
    remarks = {comment.id: comment for comment in comments if comment.path is not None}
    replies: dict[str, list[Comment]] = {name: [] for name, remark in remarks.items() if not remark.reply_to}
    for remark in remarks.values():
        first = _first(remark, remarks)
        if first != remark.id and first in replies:
            replies[first].append(remark)
    return tuple(
        Thread(remark=remarks[name], replies=tuple(said), settled=tuple(settled.get(name, ())))
        for name, said in replies.items()
    )


def _first(remark: Comment, remarks: Mapping[str, Comment]) -> str:
    passed: set[str] = set()
    while remark.reply_to and remark.reply_to in remarks and remark.id not in passed:
        passed.add(remark.id)
        remark = remarks[remark.reply_to]
    return remark.id

"""What was said and done in a pull request or issue, in the order it happened; remarks with the lines they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulator.emulators.github.pages.diffs import Row, anchor_of, rows_of
from simulator.emulators.github.payloads.events import timeline_payloads
from simulator.emulators.github.state import events, review_comments
from simulator.emulators.github.state.events import Event
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.people import People, load_people
from simulator.emulators.github.state.review_comments import ReviewComment
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.pages_lists import Sheet, offset, sheet
from simulator.emulators.kit.urls import Urls

MOST_ENTRIES = 300
MOST_REMARKS = 1_000
_HUNK_ROWS = 8
_UNSAID = ("mentioned", "subscribed", "unsubscribed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Remarks on one place of the diff: the first one, and the answers. `rows` are the last lines of its hunk."""

    path: str
    line: int | None
    is_outdated: bool
    rows: tuple[Row, ...]
    remarks: tuple[ReviewComment, ...]

    @property
    def anchor(self) -> str:
        """The fragment that leads to its file among the changed ones."""
        return anchor_of(self.path)

    @property
    def first(self) -> ReviewComment:
        """The remark that the others answer."""
        return self.remarks[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A page of the timeline. `threads` are by the review that began them."""

    entries: Sequence[dict[str, Any]]
    threads: dict[int, list[Thread]]
    people: People
    sheet: Sheet


def conversation_of(place: Place, issue: Issue, urls: Urls) -> Conversation:
    """The conversation of an issue or pull request."""
    found = _shown(events.timeline_of(place, issue.id))
    start = offset(MOST_ENTRIES)
    entries = timeline_payloads(place, issue, found[start : start + MOST_ENTRIES], urls)
    remarks = remarks_on(place, issue.id) if issue.is_pull else []
    threads = threads_of(remarks)
    by_review: dict[int, list[Thread]] = {}
    for thread in threads:
        by_review.setdefault(thread.first.review_id or 0, []).append(thread)
    return Conversation(
        entries=[entry for entry in entries if not _is_silent(entry, by_review)],
        threads=by_review,
        people=load_people(place, {remark.author_id for remark in remarks}),
        sheet=sheet(len(found), MOST_ENTRIES),
    )


def remarks_on(place: Place, pull_id: int) -> list[ReviewComment]:
    """The visible remarks of a pull request, oldest first."""
    found, _ = review_comments.page_of(
        place, [pull_id], since=None, sort="created", direction="asc", offset=0, limit=MOST_REMARKS
    )
    return found


def threads_of(remarks: Sequence[ReviewComment]) -> list[Thread]:
    """Remarks put together with their answers, in the order they began. An answer to what is deleted begins one itself."""
    grouped: dict[int, list[ReviewComment]] = {}
    for remark in remarks:
        grouped.setdefault(remark.in_reply_to_id or remark.id, []).append(remark)
    return [_thread(group) for group in grouped.values()]


def _thread(group: list[ReviewComment]) -> Thread:
    first = group[0]
    span = (first.original_line or 0) - (first.original_start_line or first.original_line or 0)
    rows = rows_of(first.diff_hunk) if first.diff_hunk else []
    return Thread(
        path=first.path,
        line=first.line or first.original_line,
        is_outdated=first.subject == "line" and first.line is None,
        rows=tuple(rows[-max(_HUNK_ROWS, span + 1) :]),
        remarks=tuple(group),
    )


def _shown(found: Sequence[Event]) -> list[Event]:
    """What a person wants to read: that a merged pull request is closed goes without saying, and so do mentions."""
    merged = any(event.kind == "merged" for event in found)
    last = max((event.id for event in found if event.kind == "closed"), default=None) if merged else None
    return [event for event in found if event.id != last and event.kind not in _UNSAID]


def _is_silent(entry: dict[str, Any], threads: dict[int, list[Thread]]) -> bool:
    """Whether a review consists of answers only, which stand in the threads of others already."""
    is_word = entry["event"] == events.REVIEWED and entry["state"] == "commented"
    return is_word and not entry["body"] and entry["id"] not in threads

"""What happened to an issue or pull request, in the order it happened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.views.comments import comment_views
from simulator.emulators.github.graphql.views.events import EventView
from simulator.emulators.github.state import changes, events
from simulator.emulators.github.state.comments import comments_by_id
from simulator.emulators.github.state.events import Event
from simulator.emulators.github.state.reviews import PENDING, reviews_by_id

if TYPE_CHECKING:
    from simulator.emulators.github.graphql.views.conversations import ConversationView

_POINTERS = {
    events.COMMENTED: "IssueComment",
    events.REVIEWED: "PullRequestReview",
    events.COMMITTED: "PullRequestCommit",
    "renamed": "RenamedTitleEvent",
}
_SHARED = {
    "Assigned",
    "Closed",
    "CrossReferenced",
    "Demilestoned",
    "Labeled",
    "Locked",
    "Milestoned",
    "ParentIssueAdded",
    "ParentIssueRemoved",
    "Referenced",
    "Reopened",
    "SubIssueAdded",
    "SubIssueRemoved",
    "Unassigned",
    "Unlabeled",
    "Unlocked",
}
_OF_PULLS = {
    "AutoMergeDisabled",
    "AutoMergeEnabled",
    "AutoRebaseEnabled",
    "AutoSquashEnabled",
    "AutomaticBaseChangeSucceeded",
    "BaseRefChanged",
    "BaseRefForcePushed",
    "ConvertToDraft",
    "HeadRefDeleted",
    "HeadRefForcePushed",
    "HeadRefRestored",
    "Merged",
    "ReadyForReview",
    "ReviewDismissed",
    "ReviewRequestRemoved",
    "ReviewRequested",
}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


class TimelineConnection(Connection):
    """A timeline, and when it last grew."""

    updated_at: datetime

    @property
    def filtered_count(self) -> int:
        """How many things of the kinds that are asked for."""
        return self.total_count

    @property
    def page_count(self) -> int:
        """How many are on this page."""
        return len(self.nodes)


def timeline_connection(
    conversation: ConversationView,
    window: Window,
    *,
    kinds: Sequence[str] | None,
    since: datetime | None,
    skip: int | None,
) -> Connection:
    """What happened to a conversation, oldest first."""
    found = events.timeline_of(conversation.place, conversation.issue_row.id)
    named = [(event, name) for event in found if (name := _typename(conversation, event))]
    if kinds:
        named = [each for each in named if _HUMP.sub("_", each[1]).upper() in kinds]
    if since:
        named = [each for each in named if each[0].created_at >= since]
    conversation.reader.accounts.expect(event.actor_id for event, _ in named)
    items = _views(conversation, named[max(skip or 0, 0) :])
    connection = TimelineConnection.of(window, items)
    connection.updated_at = conversation.updated_at
    return connection


def event_view(conversation: ConversationView, event: Event) -> Any:
    """One event, None for one that no type of the schema shows."""
    name = _typename(conversation, event)
    found = _views(conversation, [(event, name)]) if name else []
    return found[0] if found else None


def _typename(conversation: ConversationView, event: Event) -> str | None:
    if event.kind in _POINTERS:
        return _POINTERS[event.kind]
    name = "".join(part.capitalize() for part in re.split(r"[_-]", event.kind))
    known = _SHARED | _OF_PULLS if conversation.issue_row.is_pull else _SHARED
    return f"{name}Event" if name in known else None


def _views(conversation: ConversationView, named: Sequence[tuple[Event, str]]) -> list[Any]:
    pointed = _Pointed(conversation, [event for event, _ in named])
    found = []
    for event, name in named:
        if event.kind in (events.COMMENTED, events.REVIEWED, events.COMMITTED):
            view = pointed.at(event)
        else:
            view = EventView(conversation, event, name)
        found.append(view)
    return [view for view in found if view is not None]


class _Pointed:
    """The comments, reviews and commits that rows of a timeline point to, loaded together."""

    def __init__(self, conversation: ConversationView, found: Sequence[Event]) -> None:
        reader, place, home = conversation.reader, conversation.place, conversation.home
        comment_ids = {event.detail["comment_id"] for event in found if event.kind == events.COMMENTED}
        review_ids = {event.detail["review_id"] for event in found if event.kind == events.REVIEWED}
        rows = comments_by_id(place, comment_ids) if comment_ids else []
        self._comments = {view.row.id: view for view in comment_views(reader, home, rows)}
        reviews = reviews_by_id(place, review_ids) if review_ids else {}
        shown = [row for row in reviews.values() if row.state != PENDING]
        reader.around(home).people.expect(row.author_id for row in shown)
        self._reviews = {
            row.id: conversation.show("PullRequestReview", home, _pull_of(conversation), row) for row in shown
        }
        self._commits = _commits_of(conversation) if any(event.kind == events.COMMITTED for event in found) else {}

    def at(self, event: Event) -> Any:
        """What an event points to, None when it is gone."""
        match event.kind:
            case events.COMMENTED:
                return self._comments.get(event.detail["comment_id"])
            case events.REVIEWED:
                return self._reviews.get(event.detail["review_id"])
        return self._commits.get(event.detail["sha"])


def _commits_of(conversation: ConversationView) -> dict[str, Any]:
    pull = _pull_of(conversation)
    if pull is None:
        return {}
    views = (
        conversation.show("Commit", conversation.home, each) for each in changes.commits_of(conversation.place, pull)
    )
    return {view.oid: conversation.show("PullRequestCommit", conversation, view) for view in views}


def _pull_of(conversation: ConversationView) -> Any:
    return conversation.around.pulls.get(conversation.issue_row.id)

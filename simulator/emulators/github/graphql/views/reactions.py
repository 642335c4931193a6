"""Reactions to things, one by one and by emoji."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.views.base import InRepository, Numbered
from simulator.emulators.github.state.gathering import Reacted

if TYPE_CHECKING:
    from simulator.emulators.github.graphql.views.texts import WrittenView

CONTENTS = {
    "THUMBS_UP": "+1",
    "THUMBS_DOWN": "-1",
    "LAUGH": "laugh",
    "HOORAY": "hooray",
    "CONFUSED": "confused",
    "HEART": "heart",
    "ROCKET": "rocket",
    "EYES": "eyes",
}
"""REST's words for GraphQL's."""

_NAMES = {word: name for name, word in CONTENTS.items()}


class ReactionView(Numbered, InRepository):
    """One person's emoji."""

    typename = "Reaction"

    def __init__(self, subject: WrittenView, row: Reacted) -> None:
        super().__init__(subject.reader, subject.home)
        self.reactable = subject
        self.row = row
        self.number_in_site = row.id
        self.content = _NAMES[row.content]
        self.created_at = row.created_at

    @property
    def user(self) -> Any:
        """Who reacted."""
        account = self.reader.accounts.get(self.row.account_id)
        return self.show("User", account) if account else None


class ReactionGroup:
    """All reactions of one emoji."""

    def __init__(self, subject: WrittenView, content: str, rows: list[Reacted]) -> None:
        self.subject = subject
        self.content = content
        self._rows = rows

    @property
    def created_at(self) -> datetime | None:
        """When the first came."""
        return self._rows[0].created_at if self._rows else None

    @property
    def viewer_has_reacted(self) -> bool:
        """Whether the caller is among them."""
        return any(row.account_id == self.subject.reader.viewer.id for row in self._rows)

    def users(self, window: Window) -> Connection:
        """Who reacted."""
        people = [ReactionView(self.subject, row).user for row in self._rows]
        return Connection.of(window, people, edge_fields=lambda place, _: {"reacted_at": self._rows[place].created_at})


class ReactionConnection(Connection):
    """Reactions, and whether the caller is among them."""

    @property
    def viewer_has_reacted(self) -> bool:
        """Whether the caller reacted."""
        return any(node.row.account_id == node.reader.viewer.id for node in self._fetch(0, self.total_count))


def reaction_groups(subject: WrittenView) -> list[ReactionGroup]:
    """The reactions to a thing, one group for each emoji that there is."""
    rows = _rows(subject)
    return [
        ReactionGroup(subject, name, [row for row in rows if row.content == word]) for name, word in CONTENTS.items()
    ]


def reaction_connection(
    subject: WrittenView, window: Window, *, content: str | None, order_by: Mapping[str, str] | None
) -> Connection:
    """The reactions to a thing, oldest first unless told otherwise."""
    rows = [row for row in _rows(subject) if content is None or row.content == CONTENTS[content]]
    if order_by and order_by["direction"] == "DESC":
        rows = rows[::-1]
    return ReactionConnection.of(window, [ReactionView(subject, row) for row in rows])


def _rows(subject: WrittenView) -> list[Reacted]:
    rows = subject.around.reactions(subject.reaction_subject).get(subject.number_in_site) or []
    subject.reader.accounts.expect(row.account_id for row in rows)
    return rows

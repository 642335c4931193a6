"""Texts that people write: the fields of GraphQL's Comment, and reactions to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.views.actors import ActorView, actor_view
from simulator.emulators.github.graphql.views.base import InRepository, Numbered, Paged
from simulator.emulators.github.graphql.views.reactions import reaction_connection, reaction_groups
from simulator.emulators.github.pages.texts import comment_html, text_of


class WrittenView(Numbered, Paged, InRepository):
    """Something that a person wrote. A subclass sets the author, the text and the times."""

    reaction_subject: ClassVar[str]
    """What reactions to it are kept under."""

    author_id: int
    body: str
    created_at: datetime
    updated_at: datetime
    created_via_email = False
    editor = None
    last_edited_at: datetime | None = None
    is_minimized = False
    minimized_reason = None

    @property
    def author(self) -> ActorView | None:
        """Who wrote it."""
        person = self.around.people.get(self.author_id)
        return actor_view(self.reader, person.account if person else None)

    @property
    def author_association(self) -> str:
        """What the author is to the repository."""
        person = self.around.people.get(self.author_id)
        return person.association if person else "NONE"

    @cached_property
    def body_html(self) -> str:
        """The text as a page shows it."""
        return str(comment_html(self.body))

    @property
    def body_text(self) -> str:
        """The text without its marks."""
        return text_of(self.body_html)

    @property
    def includes_created_edit(self) -> bool:
        """Whether it was changed after it was written."""
        return self.last_edited_at is not None

    @property
    def published_at(self) -> datetime | None:
        """When others could read it first."""
        return self.created_at

    @property
    def viewer_did_author(self) -> bool:
        """Whether the caller wrote it."""
        return self.author_id == self.reader.viewer.id

    @property
    def viewer_can_update(self) -> bool:
        """Whether the caller may change it."""
        return (self.viewer_did_author and not self.home.archived) or self.may("push")

    @property
    def viewer_cannot_update_reasons(self) -> list[str]:
        """Why the caller may not change it."""
        if self.viewer_can_update:
            return []
        return ["ARCHIVED"] if self.home.archived else ["INSUFFICIENT_ACCESS"]

    @property
    def viewer_can_delete(self) -> bool:
        """Whether the caller may delete it."""
        return self.viewer_can_update

    @property
    def viewer_can_minimize(self) -> bool:
        """Whether the caller may hide it: hiding is not kept."""
        return False

    @property
    def viewer_can_react(self) -> bool:
        """Whether the caller may answer with an emoji."""
        return not self.home.archived

    @property
    def reaction_groups(self) -> list[Any]:
        """All reactions by emoji."""
        return reaction_groups(self)

    def reactions(
        self, window: Window, content: str | None = None, order_by: Mapping[str, str] | None = None
    ) -> Connection:
        """The reactions one by one."""
        return reaction_connection(self, window, content=content, order_by=order_by)

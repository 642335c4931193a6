"""The wish to merge a pull request as soon as that is possible."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.emulators.github.graphql.views.actors import ActorView, actor_view
from simulator.emulators.github.graphql.views.base import InRepository

if TYPE_CHECKING:
    from simulator.emulators.github.graphql.views.pulls import PullView


class AutoMergeView(InRepository):
    """An AutoMergeRequest."""

    typename = "AutoMergeRequest"

    def __init__(self, pull: PullView, wish: Mapping[str, Any]) -> None:
        super().__init__(pull.reader, pull.home)
        self.pull_request = pull
        self._wish = wish
        self.merge_method = str(wish.get("merge_method") or "merge").upper()
        self.commit_headline = wish.get("commit_title")
        self.commit_body = wish.get("commit_message")
        self.author_email = None
        self.enabled_at = datetime.fromisoformat(wish["enabled_at"])

    @property
    def enabled_by(self) -> ActorView | None:
        """Who wished for it."""
        return actor_view(self.reader, self.reader.accounts.get(self._wish.get("enabled_by_id")))

"""Labels of a repository."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import InRepository, Numbered, Paged
from simulator.emulators.github.graphql.views.issue_lists import issue_connection, pull_connection
from simulator.emulators.github.state.labels import Label, list_labels
from simulator.emulators.github.state.repositories import Repository


class LabelView(Numbered, Paged, InRepository):
    """A label. When it was made or changed is not kept."""

    typename = "Label"
    created_at = updated_at = None

    def __init__(self, reader: Reader, repository: Repository, label: Label) -> None:
        super().__init__(reader, repository)
        self.label = label
        self.number_in_site = label.id
        self.name = label.name
        self.color = label.color
        self.description = label.description
        self.is_default = label.default

    @property
    def resource_path(self) -> str:
        """The page of the issues that carry it."""
        return f"/{quote(self.home.full_name)}/labels/{quote(self.name, safe='')}"

    def issues(self, window: Window, labels: object = None, **wanted: Any) -> Connection:  # noqa: ARG002 - it is this one
        """The issues that carry it."""
        return issue_connection(self.reader, self.home, window, labels=[self.name], **wanted)

    def pull_requests(self, window: Window, labels: object = None, **wanted: Any) -> Connection:  # noqa: ARG002 - as above
        """The pull requests that carry it."""
        return pull_connection(self.reader, self.home, window, labels=[self.name], **wanted)


def label_connection(
    reader: Reader,
    repository: Repository,
    window: Window,
    *,
    query: str | None = None,
    order_by: Mapping[str, str] | None = None,
) -> Connection:
    """The repository's labels, in the order they were made unless told otherwise."""
    found = list_labels(reader.connection, reader.site, repository.id)
    if query:
        needle = query.lower()
        found = [each for each in found if needle in each.name.lower() or needle in (each.description or "").lower()]
    if not order_by or order_by["field"] != "NAME":
        found.sort(key=lambda label: label.id)
    if order_by and order_by["direction"] == "DESC":
        found.reverse()
    return Connection.of(window, [LabelView(reader, repository, label) for label in found])

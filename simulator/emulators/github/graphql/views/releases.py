"""Releases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import quote

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.commits import CommitView, commit_view
from simulator.emulators.github.graphql.views.refs import RefView, ref_view
from simulator.emulators.github.graphql.views.texts import WrittenView
from simulator.emulators.github.state import releases
from simulator.emulators.github.state.releases import Release
from simulator.emulators.github.state.repositories import Repository

_ALL = 1000


class ReleaseView(WrittenView):
    """A version that was given out."""

    typename = "Release"
    reaction_subject: ClassVar[str] = "release"

    def __init__(self, reader: Reader, repository: Repository, row: Release) -> None:
        super().__init__(reader, repository)
        self.row = row
        self.number_in_site = row.id
        self.author_id = row.author_id
        self.body = row.body or ""
        self.name = row.name
        self.tag_name = row.tag_name
        self.description = row.body
        self.is_draft = row.draft
        self.is_prerelease = row.prerelease
        self.created_at = row.created_at
        self.updated_at = row.updated_at

    @property
    def resource_path(self) -> str:
        """Its page."""
        return f"/{quote(self.home.full_name)}/releases/tag/{quote(self.tag_name)}"

    @property
    def published_at(self) -> Any:
        """When others could see it first."""
        return self.row.published_at

    @property
    def author(self) -> Any:
        """Who made it."""
        account = self.reader.accounts.get(self.author_id)
        return self.show("User", account) if account else None

    @property
    def is_latest(self) -> bool:
        """Whether it is the latest release."""
        latest = releases.latest_release(self.place)
        return latest is not None and latest.id == self.row.id

    @property
    def description_html(self) -> str | None:
        """The description as a page shows it."""
        return self.body_html if self.description else None

    def short_description_html(self, limit: int | None = None) -> str | None:
        """The beginning of the description."""
        return self.body_text[: limit or 200] if self.description else None

    @property
    def tag(self) -> RefView | None:
        """The tag, None before it is made."""
        return ref_view(self.reader, self.home, f"refs/tags/{self.tag_name}")

    @property
    def tag_commit(self) -> CommitView | None:
        """What the tag points to."""
        tag = self.tag
        return commit_view(self.reader, self.home, tag.sha) if tag else None

    def release_assets(self, window: Window, name: str | None = None) -> Connection:  # noqa: ARG002 - there are none
        """Files that belong to it: none can be kept here."""
        return Connection.of(window, [])


def release_connection(
    reader: Reader, repository: Repository, window: Window, *, order_by: Mapping[str, str] | None
) -> Connection:
    """A repository's releases, the newest first unless told otherwise; drafts only for those who may push."""
    found, _ = releases.list_releases(
        reader.around(repository).place, drafts=_sees_drafts(reader, repository), offset=0, limit=_ALL
    )
    if order_by:
        by_name = order_by["field"] == "NAME"
        found.sort(key=lambda row: ((row.name or "").lower(), row.id) if by_name else (row.created_at, row.id))
        if order_by["direction"] == "DESC":
            found.reverse()
    reader.accounts.expect(row.author_id for row in found)
    return Connection.of(window, [ReleaseView(reader, repository, row) for row in found])


def release_named(reader: Reader, repository: Repository, tag: str) -> ReleaseView | None:
    """A release by its tag, else (for those who may push) the draft that is to have it: so does `gh` find drafts."""
    place = reader.around(repository).place
    found = releases.release_of_tag(place, tag)
    if found is None and _sees_drafts(reader, repository):
        found = releases.draft_of_tag(place, tag)
    return ReleaseView(reader, repository, found) if found else None


def latest_view(reader: Reader, repository: Repository) -> ReleaseView | None:
    """The latest release."""
    found = releases.latest_release(reader.around(repository).place)
    return ReleaseView(reader, repository, found) if found else None


def _sees_drafts(reader: Reader, repository: Repository) -> bool:
    return reader.permission(repository) in ("push", "maintain", "admin")

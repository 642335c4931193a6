"""Search, in the language of REST's search.

Source: https://docs.github.com/en/graphql/reference/queries#search
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.problems import unprocessable
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import show
from simulator.emulators.github.state.search import issues, repositories, users
from simulator.emulators.github.state.search.errors import SearchRefused
from simulator.emulators.github.state.search.issues import MOST, FoundIssues

_SORTS = {"CREATED_AT": "created", "UPDATED_AT": "updated", "COMMENTS": "comments"}
_ME = re.compile(r"(?<=:)@me\b", re.IGNORECASE)

Page = tuple[int, Sequence[Any]]
"""How many were found in all, and the views of those between two places."""

Look = Callable[[int, int], Page]


class SearchConnection(Connection):
    """What a search found. `kind` is ISSUE, REPOSITORY or USER: the count of the others is 0."""

    def __init__(self, window: Window, *, kind: str, look: Look) -> None:
        super().__init__(window, count=lambda: min(self.found, MOST), fetch=self._page)
        self._kind = kind
        self._look = look
        self._found: int | None = None

    @property
    def found(self) -> int:
        """How many there are in all, also beyond those that can be had."""
        if self._found is None:
            self._page(0, 0)
        return self._found or 0

    def _page(self, start: int, end: int) -> Sequence[Any]:
        try:
            self._found, views = self._look(start, end - start)
        except SearchRefused:  # where REST explains itself, GraphQL finds nothing
            self._found, views = 0, ()
        return views

    @property
    def issue_count(self) -> int:
        """Issues and pull requests in all."""
        return self.found if self._kind == "ISSUE" else 0

    @property
    def repository_count(self) -> int:
        """Repositories in all."""
        return self.found if self._kind == "REPOSITORY" else 0

    @property
    def user_count(self) -> int:
        """Accounts in all."""
        return self.found if self._kind == "USER" else 0


def search(reader: Reader, window: Window, query: str, kind: str) -> SearchConnection:
    """What a query finds of a kind. Raises Problem for kinds of things that are not kept here."""
    text = _ME.sub(reader.viewer.login, query)
    if kind in ("ISSUE", "ISSUE_ADVANCED"):
        return search_connection(reader, window, text)
    if kind == "REPOSITORY":
        return SearchConnection(window, kind=kind, look=lambda *part: _repositories(reader, text, *part))
    if kind == "USER":
        return SearchConnection(window, kind=kind, look=lambda *part: _users(reader, text, *part))
    raise unprocessable(f"Searching for {kind} is not emulated.")


def search_connection(
    reader: Reader, window: Window, text: str, *, order_by: Mapping[str, str] | None = None
) -> SearchConnection:
    """Issues and pull requests that a query finds."""
    sort = _SORTS[order_by["field"]] if order_by else None
    order = order_by["direction"].lower() if order_by else "desc"

    def look(offset: int, limit: int) -> Page:
        found = issues.search_issues(
            reader.connection, reader.site, reader.reads_as, text, sort=sort, order=order, offset=offset, limit=limit
        )
        return found.total, _issue_views(reader, found)

    return SearchConnection(window, kind="ISSUE", look=look)


def _issue_views(reader: Reader, found: FoundIssues) -> list[Any]:
    for each in found.repositories.values():
        here = [issue for issue in found.issues if issue.repository_id == each.id]
        reader.around(each).expect_issues(here)
    return [
        show(reader, "PullRequest" if issue.is_pull else "Issue", found.repositories[issue.repository_id], issue)
        for issue in found.issues
        if issue.repository_id in found.repositories
    ]


def _repositories(reader: Reader, text: str, offset: int, limit: int) -> Page:
    found = repositories.search_repositories(
        reader.connection, reader.instance, reader.site, reader.reads_as, text, page=slice(offset, offset + limit)
    )
    return found.total, [show(reader, "Repository", each) for each in found.repositories]


def _users(reader: Reader, text: str, offset: int, limit: int) -> Page:
    found, total = users.search_users(
        reader.connection, reader.site, text, sort=None, order="desc", offset=offset, limit=limit
    )
    return total, [show(reader, "Organization" if each.kind == "organization" else "User", each) for each in found]

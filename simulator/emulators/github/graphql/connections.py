"""Connections: pages of lists with opaque cursors, counted and fetched only as far as the query asks.

Source: https://docs.github.com/en/graphql/guides/using-pagination-in-the-graphql-api
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

from simulator.emulators.github.graphql.problems import Problem

MOST = 100
"""Records of one page: https://docs.github.com/en/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api"""

_CURSOR = re.compile(r"cursor:v2:(?P<place>\d{1,9})")
_BOUNDS = ("first", "last", "after", "before")


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for. `after` and `before` are places that count from 1."""

    first: int | None = None
    last: int | None = None
    after: int | None = None
    before: int | None = None

    def span(self, total: int) -> tuple[int, int]:
        """Where the part begins and where it ends, for a list of this length; counted from 0, the end excluded."""
        start = min(self.after or 0, total)
        end = total if self.before is None else max(min(self.before - 1, total), start)
        if self.first is not None:
            end = min(end, start + self.first)
        if self.last is not None:
            start = max(start, end - self.last)
        return start, end


Fetch = Callable[[int, int], Sequence[Any]]
"""Gives the nodes between two places of a list, counted from 0, the second excluded."""

EdgeFields = Callable[[int, Any], Mapping[str, Any]]
"""Gives what an edge says beside node and cursor, for a place (counted from 0) and its node."""


class Connection:
    """One page of a list. `count` gives the whole list's length, `fetch` the nodes between two places."""

    def __init__(
        self, window: Window, *, count: Callable[[], int], fetch: Fetch, edge_fields: EdgeFields | None = None
    ) -> None:
        self._window = window
        self._count = count
        self._fetch = fetch
        self._edge_fields = edge_fields or _nothing_more

    @classmethod
    def of(cls, window: Window, items: Sequence[Any], *, edge_fields: EdgeFields | None = None) -> Self:
        """A page of a list that is there as a whole."""
        return cls(window, count=lambda: len(items), fetch=lambda start, end: items[start:end], edge_fields=edge_fields)

    @cached_property
    def total_count(self) -> int:
        """How long the whole list is."""
        return self._count()

    @cached_property
    def span(self) -> tuple[int, int]:
        """Where the page begins and ends."""
        return self._window.span(self.total_count)

    @cached_property
    def nodes(self) -> Sequence[Any]:
        """The things themselves."""
        start, end = self.span
        return self._fetch(start, end) if end > start else ()

    @property
    def edges(self) -> list[Edge]:
        """The things with their cursors."""
        start, _ = self.span
        return [Edge(node, place, self._edge_fields(place, node)) for place, node in enumerate(self.nodes, start)]

    @property
    def page_info(self) -> PageInfo:
        """Where the page lies."""
        return PageInfo(*self.span, self.total_count)


class Edge:
    """A thing, its cursor, and what is true of it in this list only."""

    def __init__(self, node: Any, place: int, more: Mapping[str, Any]) -> None:
        self.node = node
        self.cursor = cursor_of(place + 1)
        self.__dict__.update(more)


def _nothing_more(_place: int, _node: Any) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a page lies in its list."""

    typename: ClassVar[str] = "PageInfo"
    start: int
    end: int
    total: int

    @property
    def has_next_page(self) -> bool:
        """Whether something comes behind."""
        return self.end < self.total

    @property
    def has_previous_page(self) -> bool:
        """Whether something comes before."""
        return self.start > 0

    @property
    def start_cursor(self) -> str | None:
        """The cursor of the first thing."""
        return cursor_of(self.start + 1) if self.end > self.start else None

    @property
    def end_cursor(self) -> str | None:
        """The cursor of the last thing."""
        return cursor_of(self.end) if self.end > self.start else None


def cursor_of(place: int) -> str:
    """The opaque form of a place."""
    return base64.b64encode(f"cursor:v2:{place}".encode()).decode()


def read_window(
    arguments: Mapping[str, Any], field: str, *, shows_nodes: Callable[[], bool]
) -> tuple[Window, dict[str, Any]]:
    """The window that a connection's arguments ask for, and the arguments that are about something else.

    Raises Problem when nodes are shown and there is neither `first` nor `last`, when one is negative or above 100, or for a bad
    cursor. What only counts needs no bounds.
    """
    first, last = arguments.get("first"), arguments.get("last")
    if first is None and last is None and shows_nodes():
        raise Problem(
            "MISSING_PAGINATION_BOUNDARIES",
            f"You must provide a `first` or `last` value to properly paginate the `{field}` connection.",
        )
    for name, value in (("first", first), ("last", last)):
        _check_size(name, value, field)
    window = Window(first, last, _place(arguments.get("after")), _place(arguments.get("before")))
    return window, {name: value for name, value in arguments.items() if name not in _BOUNDS}


def _check_size(name: str, value: int | None, field: str) -> None:
    if value is not None and value < 0:
        raise Problem("INVALID_PAGINATION", f"`{name}` on the `{field}` connection cannot be less than zero.")
    if value is not None and value > MOST:
        raise Problem(
            "EXCESSIVE_PAGINATION",
            f"Requesting {value} records on the `{field}` connection exceeds the `{name}` limit of {MOST} records.",
        )


def _place(cursor: str | None) -> int | None:
    if not cursor:  # clients send "" for the first page
        return None
    try:
        found = _CURSOR.fullmatch(base64.b64decode(cursor, validate=True).decode())
    except (binascii.Error, ValueError):
        found = None
    if found is None:
        raise Problem("INVALID_CURSOR_ARGUMENTS", f"`{cursor[:100]}` does not appear to be a valid cursor.")
    return int(found["place"])

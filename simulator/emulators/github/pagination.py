"""Pages of lists with GitHub's Link header.

Source: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlencode

from flask import Response, request

from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply

MOST = 100
_USUAL = 30
_FARTHEST = 1_000_000
_MOST_DIGITS = 18

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for; pages count from 1."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """How many items come before the page."""
        return (self.number - 1) * self.size


def asked_page(*, usual: int = _USUAL, most: int = MOST) -> Page:
    """The page that the request asks for. As on GitHub, nonsense counts as not given, and `per_page` is cut at `most`."""
    return Page(_number("page", 1, _FARTHEST), _number("per_page", usual, most))


def cut(items: Sequence[Item], page: Page) -> list[Item]:
    """The items of one page of a whole list."""
    return list(items[page.offset : page.offset + page.size])


def page_reply(items: Sequence[object], *, page: Page, total: int, wrap: str | None = None) -> Response:
    """A page of bodies with its Link header. `total` counts the whole list; `wrap` puts both into an object."""
    link = link_header(page, total)
    body: object = items if wrap is None else {"total_count": total, wrap: items}
    return reply(body, headers={"Link": link} if link else None)


def link_header(page: Page, total: int) -> str:
    """The Link header's value, empty when there is but one page."""
    last = max(1, -(-total // page.size))
    links = []
    if page.number > 1:
        links.append(_link(min(page.number - 1, last), "prev"))
    if page.number < last:
        links += [_link(page.number + 1, "next"), _link(last, "last")]
    if page.number > 1:
        links.append(_link(1, "first"))
    return ", ".join(links)


def link_to(rel: str, **parameters: str) -> str:
    """One entry of a Link header: the present address with some query parameters replaced (an empty value leaves one out)."""
    query = [(name, value) for name, value in request.args.items(multi=True) if name not in parameters]
    query += [(name, value) for name, value in parameters.items() if value]
    return f'<{_address()}?{urlencode(query)}>; rel="{rel}"'


def _link(number: int, rel: str) -> str:
    return link_to(rel, page=str(number))


def _address() -> str:
    path = request.path.removeprefix("/api/v3")
    return Urls.of_request().api(quote(path, safe="/:@!$&'()*+,;=~"))


def _number(name: str, usual: int, most: int) -> int:
    text = request.args.get(name, "")
    if not text.isascii() or not text.isdigit():
        return usual
    return min(int(text) if len(text) <= _MOST_DIGITS else most, most) or usual

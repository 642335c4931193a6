"""Reads GitHub's JSON through PyGithub's requester, conditionally: what has not changed costs a 304 and no rate limit.

Source: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from requests.utils import parse_header_links

from simulator.adapters.github_accounts import GithubAccounts
from simulator.model.keys import SeatId

Json = Any
"""Whatever JSON the service sent."""
_REMEMBERED = 400  # answers
_MOST_PAGES = 30  # of a hundred: as many files of a pull request as GitHub lists


@dataclass(frozen=True, slots=True)
class _Answer:
    etag: str | None
    body: Json
    next_url: str | None


class GithubReader:
    """Reads the run's repository as one seat. Paths are below /repos/OWNER/NAME."""

    most_pages = _MOST_PAGES
    remembered = _REMEMBERED

    def __init__(self, accounts: GithubAccounts, seat: SeatId) -> None:
        self._accounts = accounts
        self._seat = seat
        self._answers: OrderedDict[str, _Answer] = OrderedDict()

    def one(self, path: str, *, doing: str, **parameters: str | int) -> Json:
        """The JSON at a path. Raises AdapterError."""
        return self._page(self._url(path), parameters, doing).body

    def all(
        self,
        path: str,
        *,
        doing: str,
        until: Callable[[Json], bool] | None = None,
        key: str | None = None,
        **parameters: str | int,
    ) -> list[Json]:
        """All items of a list, page after page, up to the first one for which `until` is true. Raises AdapterError.

        `key` is the list's name where an answer holds more than the list.
        """
        items: list[Json] = []
        answer = self._page(self._url(path), {"per_page": 100, **parameters}, doing)
        for _ in range(self.most_pages):
            for item in answer.body if key is None else answer.body[key]:
                if until is not None and until(item):
                    return items
                items.append(item)
            if answer.next_url is None:
                return items
            answer = self._page(answer.next_url, {}, doing)
        self.cut_off(doing, len(items))
        return items

    def cut_off(self, doing: str, read: int) -> None:
        """A list goes on after as many items as are read of one: nobody who looks again and again minds."""

    def _page(self, url: str, parameters: dict[str, str | int], doing: str) -> _Answer:
        with self._accounts.asking(doing):
            return self._answer(url, parameters)

    def _url(self, path: str) -> str:
        return f"/repos/{self._accounts.full_name}{path}"

    def _answer(self, url: str, parameters: dict[str, str | int]) -> _Answer:
        requester = self._accounts.client(self._seat).requester
        key = requester.add_parameters_to_url(url, parameters)
        known = self._answers.get(key)
        headers = {"If-None-Match": known.etag} if known is not None and known.etag else {}
        status, said, text = requester.requestJson("GET", url, dict(parameters), dict(headers))
        if status == 304 and known is not None:
            self._answers.move_to_end(key)
            return known
        body = json.loads(text) if text else None
        if status >= 400:
            raise requester.createException(status, said, body if isinstance(body, dict) else {})
        answer = _Answer(said.get("etag"), body, _next_url(said.get("link", "")))
        self._answers[key] = answer
        if len(self._answers) > self.remembered:
            self._answers.popitem(last=False)
        return answer


def _next_url(link: str) -> str | None:
    return next((entry["url"] for entry in parse_header_links(link) if entry.get("rel") == "next"), None)

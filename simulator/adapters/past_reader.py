"""Reads GitHub once, from end to end: waits where it asks to wait, tells what it left out, remembers whom it heard of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Any, TypeVar

from simulator.adapters.github_accounts import GithubAccounts
from simulator.adapters.github_reader import GithubReader, Json
from simulator.adapters.patience import Patience
from simulator.errors import AdapterError, AuthenticationFailed, RateLimited
from simulator.model.keys import SeatId
from simulator.ports import Services

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Called with what is being read, how much of it is done, and how much there is."""
READER = SeatId("reader")
"""The only seat there is while looking back."""

# GitHub gives back what was used up after an hour: docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
PATIENT = Patience(longest_wait_s=3_700.0)
BRIEF = Patience(longest_wait_s=10.0)
_MOST_PAGES = 100


@dataclass(frozen=True, slots=True)
class Asking:
    """How a service is asked: again when it stumbles, later when it asks to wait."""

    service: str
    progress: Progress
    patience: Patience
    advice: str
    """What to do when it asks to wait for longer than one waits."""

    def keep_trying(self, call: Callable[[], T]) -> T:
        """What `call` returns. Raises AdapterError."""

        def once(_is_again: bool) -> T:
            try:
                return call()
            except RateLimited as refused:
                self._tell(refused)
                raise

        try:
            return self.patience.keep_trying(once, stop=Event())
        except RateLimited as refused:
            wait = f"it asks to wait {_minutes(refused.retry_after_s)}"
            raise AdapterError(
                f"{refused.what}; {wait}", service=self.service, retryable=True, to_do=self.advice
            ) from refused

    def _tell(self, refused: RateLimited) -> None:
        if refused.retry_after_s <= self.patience.longest_wait_s:
            self.progress(f"{self.service}, which asks to wait {_minutes(refused.retry_after_s)}", 0, 1)


def asking_github(services: Services, progress: Progress) -> Asking:
    """How GitHub is asked: whoever has a token waits for the next hour's requests, nobody else does."""
    if services.credentials[READER].github_token:
        return Asking("GitHub", progress, PATIENT, "choose a shorter range, or wait and do it again")
    return Asking("GitHub", progress, BRIEF, "set GITHUB_TOKEN: without a token GitHub answers 60 times in an hour")


def asking_jira(progress: Progress) -> Asking:
    """How Jira is asked."""
    return Asking("Jira", progress, PATIENT, "choose a shorter range, or wait and do it again")


def as_header(text: str, *, service: str, variable: str) -> str:
    """A token or an address as a request's header takes it, without blanks around it.

    Raises AuthenticationFailed for any other that no header takes; what the client would say of it has it in its words.
    """
    found = text.strip()
    if not found.isascii() or not found.isprintable() or " " in found:
        raise AuthenticationFailed(
            f"the value of {variable} holds a blank, a line end or a letter that none of {service}'s has",
            service=service,
            where="the environment",
            to_do=f"copy it anew into {variable}",
        )
    return found


@contextmanager
def as_described(service: str, url: str) -> Iterator[None]:
    """A block in which a service's answers are taken apart: what is not as its description has it is an AdapterError.

    Looking back meets any service and years of its answers, while a run meets those of its own making.
    """
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError, RuntimeError) as exc:
        raise AdapterError(
            f"{service} answered otherwise than its description says ({type(exc).__name__}: {str(exc)[:100]})",
            service=service,
            where=url,
            to_do=f"is this really the address of a {service}? If it is, report this as a fault of sprintdojo",
        ) from exc


class PastReader(GithubReader):
    """A reader that asks each thing once. `missing` says in whole sentences what was left out."""

    most_pages = _MOST_PAGES
    remembered = 0

    def __init__(self, accounts: GithubAccounts, asking: Asking) -> None:
        super().__init__(accounts, READER)
        self.asking = asking
        self.missing: dict[str, None] = {}
        self.bots: dict[str, bool] = {}
        """Login → whether it is an app's, of everybody whom an answer named."""

    def cut_off(self, doing: str, read: int) -> None:
        """Say that a list was not read to its end."""
        self.missing[f"{doing}: only the first {read:,} were read; choose a shorter range"] = None

    def _page(self, url: str, parameters: dict[str, str | int], doing: str) -> Any:  # Any: the base's own answer
        answer = self.asking.keep_trying(lambda: super(PastReader, self)._page(url, parameters, doing))
        self._hear(answer.body)
        return answer

    def _hear(self, body: Json) -> None:
        found = [body]
        while found:
            one = found.pop()
            if isinstance(one, list):
                found += one
            elif isinstance(one, dict):
                if one.get("type") in ("User", "Bot") and one.get("login"):
                    login = str(one["login"])
                    self.bots[login] = one["type"] == "Bot" or login.endswith("[bot]")
                found += [value for value in one.values() if isinstance(value, dict | list)]


def _minutes(wait_s: float) -> str:
    if wait_s <= 90:
        return f"{math.ceil(wait_s)} seconds"
    return f"{math.ceil(wait_s / 60)} minutes"

"""PyGithub clients, one for each seat, made when first needed and kept."""

from __future__ import annotations

import ipaddress
from contextlib import AbstractContextManager
from threading import Lock
from urllib.parse import urlsplit

from github import Auth, Github
from github.Repository import Repository

from simulator.adapters.asking_again import asking_again
from simulator.adapters.refusals import github_refusals
from simulator.errors import AuthenticationFailed
from simulator.model.keys import Login, SeatId
from simulator.ports import Services

_TIMEOUT_S = 30


class GithubAccounts:
    """The seats' accounts on GitHub."""

    def __init__(self, services: Services, *, reads_only: bool = False) -> None:
        self.services = services
        self._reads_only = reads_only  # then a seat needs no token: what is public may be read by anybody
        self._clients: dict[SeatId, Github] = {}
        self._lock = Lock()

    @property
    def full_name(self) -> str:
        """The run's repository as owner/name."""
        return f"{self.services.owner}/{self.services.repository}"

    def asking(self, doing: str) -> AbstractContextManager[None]:
        """A block whose failures are AdapterErrors that say what was being done."""
        secrets = [credentials.github_token for credentials in self.services.credentials.values()]
        return github_refusals(doing, url=f"{self.services.github_html_url}/{self.full_name}", secrets=secrets)

    def client(self, seat: SeatId) -> Github:
        """The client that acts as a seat. Raises AuthenticationFailed when the seat has no token."""
        with self._lock:
            if seat not in self._clients:
                self._clients[seat] = self._make(seat)
            return self._clients[seat]

    def repository(self, seat: SeatId) -> Repository:
        """The run's repository in the hands of a seat; no request is made for it."""
        return self.client(seat).get_repo(self.full_name)

    def login(self, seat: SeatId) -> Login:
        """GitHub login of a seat."""
        return self.services.credentials[seat].login

    def rest(self) -> None:
        """Let go of connections that are not in use; they are made anew when something is asked."""
        with self._lock:
            for client in self._clients.values():
                client.close()

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for client in self._clients.values():
                client.close()
            self._clients.clear()

    def _make(self, seat: SeatId) -> Github:
        token = self.services.credentials[seat].github_token
        if not token and not self._reads_only:
            raise AuthenticationFailed(
                f"the seat {seat} has no GitHub token", service="GitHub", to_do="give one for this seat"
            )
        # PyGithub waits 0.25 s between requests and 1 s between writes by default, as github.com asks:
        # https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
        # Whoever only reads, one thing after another, stays far below what it grants in a minute.
        is_quick = self._reads_only or is_near(self.services.github_api_url)
        return Github(
            auth=Auth.Token(token) if token else None,
            base_url=self.services.github_api_url.rstrip("/"),
            timeout=_TIMEOUT_S,
            per_page=100,
            retry=asking_again(),
            seconds_between_requests=None if is_quick else 0.25,
            seconds_between_writes=None if is_quick else 1,
            lazy=True,
        )


def is_near(url: str) -> bool:
    """Whether a URL leads to this machine: a loopback address, localhost or a name below it."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

"""A pair of emulators on a real socket, and a fresh site for each test.

The server is shared by a whole session: sites never meet, so a test needs no server of its own.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from github import Auth, Github
from jira import JIRA

from simulator.emulators.kit.seed import Seed, seed_of
from simulator.emulators.server import Emulators
from simulator.run.http_server import HttpServer, bind
from tests.contract.exchanges import Exchange, Recorder
from tests.emulators.github.description import is_there
from tests.tables import file_with_tables

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""The first instant of the emulators' clock, a Monday."""


class TickingClock:
    """A wall clock that moves on by 10 ms with each look, so that no two events share an instant; can be pushed forward."""

    def __init__(self) -> None:
        self._now = START
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            self._now += timedelta(milliseconds=10)
            return self._now

    def skip(self, seconds: float) -> None:
        """Move on by some seconds."""
        with self._lock:
            self._now += timedelta(seconds=seconds)


def a_seed(**changes: Any) -> Seed:
    """Alice (admin), Bob and Carol; organization acme; repository acme/payments; project AUTOTEST."""
    people = [("alice", "Alice", True), ("bob", "Bob", False), ("carol", "Carol", False)]
    content = {
        "users": [
            {"login": login, "name": name, "email": f"{login}@example.com", "token": f"{login}-token", "admin": admin}
            for login, name, admin in people
        ],
        "github": {
            "organizations": [{"login": "acme", "members": ["alice", "bob"]}],
            "repositories": [
                {"name": "acme/payments", "files": {"README.md": "# Payments\n"}, "collaborators": {"bob": "write"}}
            ],
        },
        "jira": {"projects": [{"key": "AUTOTEST", "name": "Autotest", "template": "scrum", "lead": "alice"}]},
    }
    return seed_of(content | changes)


@dataclass(frozen=True)
class Server:
    """Running emulators and where they are."""

    emulators: Emulators
    clock: TickingClock
    url: str
    recorder: Recorder | None = None


@dataclass(frozen=True)
class Site:
    """A site of its own: addresses, and clients for its people (alice, bob, carol)."""

    key: str
    server: Server

    @property
    def url(self) -> str:
        """Base of both services."""
        return f"{self.server.url}/sites/{self.key}"

    @property
    def api_url(self) -> str:
        """GitHub's REST base."""
        return f"{self.url}/github/api/v3"

    @property
    def html_url(self) -> str:
        """GitHub's pages and git."""
        return f"{self.url}/github"

    @property
    def jira_url(self) -> str:
        """What the jira client takes."""
        return f"{self.url}/jira"

    @property
    def clock(self) -> TickingClock:
        """The emulators' clock."""
        return self.server.clock

    @property
    def emulators(self) -> Emulators:
        """The running emulators."""
        return self.server.emulators

    def clone_url(self, login: str, repository: str = "acme/payments") -> str:
        """A git address with the login's token in it."""
        return f"{self.html_url}/{repository}.git".replace("://", f"://{login}:{login}-token@", 1)

    def github(self, login: str = "alice") -> Github:
        """PyGithub without its throttles."""
        return Github(
            base_url=self.api_url,
            auth=Auth.Token(f"{login}-token"),
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
        )

    def jira(self, login: str = "alice") -> JIRA:
        """The jira client without its retries."""
        auth = (f"{login}@example.com", f"{login}-token")
        return JIRA(self.jira_url, basic_auth=auth, max_retries=0)

    def session(self, login: str | None = "alice") -> requests.Session:
        """A bare HTTP session; GitHub's token form of authorization, none for a login of None."""
        session = requests.Session()
        session.trust_env = False
        if login is not None:
            session.headers["Authorization"] = f"token {login}-token"
        return session

    def jira_session(self, login: str = "alice") -> requests.Session:
        """A bare HTTP session with Jira's basic authorization."""
        session = requests.Session()
        session.trust_env = False
        session.auth = (f"{login}@example.com", f"{login}-token")
        return session


@pytest.fixture(scope="session")
def emulator_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Emulators on 127.0.0.1, any free port, SQLite."""
    folder: Path = tmp_path_factory.mktemp("emulators")
    clock = TickingClock()
    emulators = Emulators(database_url=file_with_tables(folder / "emulators.db"), folder=folder, now=clock)
    listener = bind("127.0.0.1", 0)
    recorder = Recorder(emulators.wsgi)
    server = HttpServer(listener, recorder, threads=8)
    server.start()
    yield Server(emulators, clock, listener.url, recorder)
    server.stop()
    emulators.close()


@pytest.fixture(autouse=True)
def as_described(request: pytest.FixtureRequest) -> Iterator[list[Exchange]]:
    """When the test is over, the REST API must have answered it only as GitHub's own description has it.

    Holds the exchanges then. A test that only uses the other service, or no server, costs nothing.
    """
    held: list[Exchange] = []
    yield held
    if "emulator_server" not in request.fixturenames:
        return
    server: Server = request.getfixturevalue("emulator_server")
    held += server.recorder.take() if server.recorder else []
    flaws = {flaw for exchange in held for flaw in exchange.flaws()} if is_there() else set()
    assert not flaws, "\n".join(sorted(flaws))


@pytest.fixture(scope="session")
def site_numbers() -> Iterator[int]:
    """Numbers for the keys of sites."""
    return itertools.count(1)


@pytest.fixture
def planted() -> Seed:
    """What a site begins with; a folder of tests on one service leaves out the other's things, which take their time."""
    return a_seed()


@pytest.fixture
def site(emulator_server: Server, site_numbers: Iterator[int], planted: Seed) -> Site:
    """A fresh site with what is to be planted."""
    key = f"test-{next(site_numbers)}"
    emulator_server.emulators.create_site(key, planted)
    return Site(key, emulator_server)


@pytest.fixture
def other_site(emulator_server: Server, site_numbers: Iterator[int], planted: Seed) -> Site:
    """A second site with the same people, names and keys."""
    key = f"test-{next(site_numbers)}"
    emulator_server.emulators.create_site(key, planted)
    return Site(key, emulator_server)


@pytest.fixture
def postgresql_site(postgresql_url_with_tables: str, tmp_path: Path) -> Iterator[Site]:
    """A seeded site of emulators of their own, on PostgreSQL."""
    clock = TickingClock()
    emulators = Emulators(database_url=postgresql_url_with_tables, folder=tmp_path / "data", now=clock)
    emulators.create_site("pg", a_seed())
    listener = bind("127.0.0.1", 0)
    server = HttpServer(listener, emulators.wsgi, threads=8)
    server.start()
    yield Site("pg", Server(emulators, clock, listener.url))
    server.stop()
    emulators.close()

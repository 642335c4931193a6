"""A run on a fresh site of the running emulators: its connection, what is bound, what was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from simulator.adapters.connect import ServiceConnection, connect
from simulator.adapters.patience import Patience
from simulator.model import actions as do
from simulator.model.facts import FactKind, Observation
from simulator.model.keys import Login
from simulator.ports import Services
from tests.adapters.builders import ALICE, BOB, CAROL, services_at
from tests.emulators.conftest import Server, Site, a_seed, emulator_server, site_numbers

__all__ = ["emulator_server", "site_numbers"]

PEOPLE: Mapping[str, Any] = {
    "github": {"organizations": [{"login": "acme", "members": ["alice", "bob"]}], "repositories": []},
    "jira": {"projects": []},
}
"""What a seed has beside its people when a run is to make everything itself."""
QUICK = Patience(attempts=2, first_wait_s=0.0)


@dataclass
class Run:
    """A run in a test's hands; `sent` lists the requests that its clients sent (method and path)."""

    site: Site
    services: Services
    folder: Path
    sent: list[str]
    bindings: dict[str, str] = field(default_factory=dict)
    cursor: Mapping[str, Any] = field(default_factory=dict)
    seen: list[Observation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = self.connect()

    def connect(self, **changes: Any) -> ServiceConnection:
        """A new connection, as after a restart."""
        services = Services(**{**{f: getattr(self.services, f) for f in Services.__slots__}, **changes})
        return connect(services, now=self.site.clock, workdir=self.folder, patience=QUICK)

    def perform(self, *actions: do.Action, again: bool = False) -> dict[str, str]:
        """Do actions and bind what they made; what the last one bound."""
        made: dict[str, str] = {}
        for action in actions:
            made = dict(self.connection.performer.perform(action, bindings=self.bindings, again=again))
            self.bindings.update(made)
        return made

    def look(self, *, later_s: float = 3.0, closely: bool = False) -> list[Observation]:
        """What is new; before it some seconds pass, so that stamps settle."""
        self.site.clock.skip(later_s)
        known = {observation.source_id for observation in self.seen}
        found, self.cursor = self.connection.observer.observe(self.cursor, closely=closely)
        new = [observation for observation in found if observation.source_id not in known]
        self.seen += new
        return new

    def look_for(self, kind: FactKind) -> list[Observation]:
        """What is new of one kind."""
        return [observation for observation in self.look() if observation.kind is kind]

    def requests_of(self, call: Callable[[], Any]) -> list[str]:
        """The requests sent during a call."""
        before = len(self.sent)
        call()
        return self.sent[before:]

    @property
    def starter(self) -> Path:
        """A folder with a little code."""
        folder = self.folder / "starter"
        folder.mkdir(exist_ok=True)
        (folder / "app.py").write_text("".join(f"line {n}\n" for n in range(1, 31)), encoding="utf-8")
        (folder / "README.md").write_text("# Shop\n", encoding="utf-8")
        return folder

    def repository(self) -> None:
        """The repository with Bob and Carol in it."""
        self.perform(
            a_repository(self.starter), do.AddCollaborators(actor=ALICE, permissions={BOB: "push", CAROL: "push"})
        )

    def project(self) -> None:
        """The Jira project with its board."""
        self.perform(do.CreateProject(actor=ALICE, key="SHOP", name="Shop", lead=ALICE))


def a_repository(starter: Path, **changes: Any) -> do.CreateRepository:
    """The run's repository to be created."""
    values: dict[str, Any] = {
        "actor": ALICE,
        "owner": Login("acme"),
        "name": "shop",
        "description": "A shop",
        "private": False,
        "starter": str(starter),
    }
    return do.CreateRepository(**{**values, **changes})


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requests that Python's clients send, as `GET /path`."""
    found: list[str] = []
    send = requests.Session.send

    def watched(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        found.append(f"{request.method} {request.path_url}")
        return send(session, request, **options)

    monkeypatch.setattr(requests.Session, "send", watched)
    return found


@pytest.fixture
def site(emulator_server: Server, site_numbers: Iterator[int]) -> Site:
    """A fresh site with people and an organization, and nothing else."""
    key = f"run-{next(site_numbers)}"
    emulator_server.emulators.create_site(key, a_seed(**PEOPLE))
    return Site(key, emulator_server)


@pytest.fixture
def run(site: Site, tmp_path: Path, sent: list[str]) -> Iterator[Run]:
    """A run on a fresh site."""
    made = Run(site=site, services=services_at(site.url), folder=tmp_path, sent=sent)
    yield made
    made.connection.close()

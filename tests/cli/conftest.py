"""The commands as somebody gives them: through `main`, with what they print and their exit status."""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from simulator.cli.main import main
from tests.journeys.conftest import Process
from tests.scenario.builders import a_file
from tests.tables import data_with_tables
from tests.web.served import served

SPRINT = """\
format: 1
id: two-days
title: Two days
summary: A note a day.
calendar: {start: 2026-01-12, pace: 8h}
project: {key: PAY, name: Payments}
repository: {owner: acme, name: payments}
people:
  learner: {kind: human, name: Robin, login: robin, email: robin@acme.example}
  mira: {kind: teammate, name: Mira, login: mira, email: mira@acme.example, access: admin}
backlog:
  - {id: refunds, summary: Refund a payment, points: 3}
sprints:
  - {id: one, name: Sprint 1, goal: Be kind., days: 2, issues: [refunds]}
events:
  - {id: hello, type: note, at: day 1 10:00, who: mira, channel: stand-up, text: Good morning}
  - {id: bye, type: note, at: day 2 10:00, who: mira, channel: chat, text: Nearly there}
personas:
  idle: {seat: learner, band: [0, 1], summary: Does nothing.}
"""


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What was said on standard error, line by line."""
        return self.err.splitlines()

    @property
    def json(self) -> Any:
        """What was printed, parsed."""
        return json.loads(self.out)


Sprintdojo = Callable[..., Said]


@pytest.fixture
def sprintdojo(capsys: pytest.CaptureFixture[str]) -> Sprintdojo:
    """Give a command in this process."""

    def give(*words: str | Path) -> Said:
        capsys.readouterr()
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Said(status, said.out, said.err)

    return give


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings from this machine, and a working folder of one's own."""
    for name in os.environ:
        if name.startswith("SPRINTDOJO_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a whole server in this process, with nothing begun."""
    with served(tmp_path_factory.mktemp("house")) as house:
        yield house.url


@pytest.fixture
def server(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server, as the one that the commands talk to."""
    monkeypatch.setenv("SPRINTDOJO_URL", url)
    return url


@pytest.fixture(scope="module")
def sprint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a scenario of two days in which little happens."""
    return a_file(tmp_path_factory.mktemp("two-days"), SPRINT).parent


@pytest.fixture(scope="module")
def run(url: str, sprint: Path) -> str:
    """A run of the two days, standing still on its first morning."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
        patch.setenv("SPRINTDOJO_URL", url)
        assert main(["start", str(sprint), "--paused", "--json"]) == 0
    return str(json.loads(said.getvalue())["run"])


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Begin `serve` or `emulate` in a process of its own; whatever still runs is killed at the end."""
    begun: list[Process] = []
    data_with_tables(tmp_path / ".sprintdojo")  # a start need not make them: tests/journeys has one that does

    def start(*words: str | Path, environment: Mapping[str, str] | None = None) -> Process:
        begun.append(Process([str(word) for word in words], folder=tmp_path, environment=environment))
        return begun[-1]

    yield start
    for process in begun:
        process.kill()

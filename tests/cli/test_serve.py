"""`sprintdojo serve` as a process: it says when it is ready and where, ends cleanly, and says what keeps it from beginning."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from tests.cli.conftest import Sprintdojo
from tests.journeys.conftest import Process

Begin = Callable[..., Process]


def _timed(begin: Begin, *words: str) -> tuple[Process, float]:
    """A server, and the seconds within which it must end: three, or more on a machine that was slow to begin it."""
    began = time.monotonic()
    process = begin(*words)
    return process, max(10.0, 2 * (time.monotonic() - began))


def _end(process: Process, number: signal.Signals) -> tuple[int, float]:
    """End a server by a signal: its exit status, and the seconds that it took."""
    began = time.monotonic()
    process._process.send_signal(number)
    status = process._process.wait(timeout=30)
    return status, time.monotonic() - began


def _line(process: Process, words: str) -> str:
    """Read what a server prints up to a line that begins with these words."""
    assert process._process.stdout is not None
    return next(line.strip() for line in process._process.stdout if line.startswith(words))


@pytest.mark.parametrize(("number", "preparing"), [(signal.SIGINT, ()), (signal.SIGTERM, ("--start", "first-sprint"))])
def test_it_ends_soon_and_cleanly_with_a_browser_still_connected_and_while_a_run_is_being_prepared(
    number: signal.Signals, preparing: tuple[str, ...], begin: Begin
) -> None:
    process, limit_s = _timed(begin, "serve", "--port", "0", *preparing)
    browser = requests.Session()
    assert browser.get(f"{process.url}/", timeout=10).status_code == 200
    idle = socket.create_connection(("127.0.0.1", int(process.url.rpartition(":")[2])))
    if preparing:
        _line(process, "run ")

    status, took_s = _end(process, number)

    idle.close()
    assert status == 0
    assert took_s < limit_s
    assert (process.folder / "errors.log").read_text() == ""


def test_a_second_begin_takes_up_the_run_of_the_first(begin: Begin, sprint: Path) -> None:
    first = begin("serve", "--port", "0", "--start", sprint)
    line = _line(first, "run ")
    assert line.split()[1] == "two-days-1:"
    _end(first, signal.SIGTERM)

    second = begin("serve", "--port", "0", "--start", sprint)

    assert _line(second, "run ").split()[1] == "two-days-1:"


def test_two_servers_on_one_folder_are_one_too_many(begin: Begin, sprintdojo: Sprintdojo, tmp_path: Path) -> None:
    begin("serve", "--port", "0")

    for words in (("serve", "--port", "0"), ("emulate", "--port", "0", "--data", ".sprintdojo")):
        said = sprintdojo(*words)
        assert said.status == 2
        assert said.lines[0].startswith("sprintdojo: another server works")
        assert said.lines[1] == f"  where: {tmp_path / '.sprintdojo'}"
        assert "--data" in said.lines[2]


def test_beyond_loopback_an_access_code_is_printed_and_asked_for(begin: Begin) -> None:
    process = begin("serve", "--host", "0.0.0.0", "--port", "0")
    code = _line(process, "access code").split()[2]
    foreign = {"Host": "dojo.example"}

    def status(path: str, **headers: str) -> int:
        reply = requests.get(process.url + path, headers=foreign | headers, timeout=10, allow_redirects=False)
        return reply.status_code

    assert status("/") in (302, 303)
    assert status("/api/v1/runs") == 401
    assert status("/api/v1/runs", Authorization="Bearer 0000") == 401
    assert status("/api/v1/runs", Authorization=f"Bearer {code}") == 200
    assert status("/emulator/journal") == 403
    assert requests.get(f"{process.url}/api/v1/runs", timeout=10).status_code == 200


def test_on_loopback_a_foreign_name_is_not_answered(url: str) -> None:
    for path in ("/", "/api/v1/runs"):
        assert requests.get(url + path, headers={"Host": "rebound.example"}, timeout=10).status_code == 400


@pytest.fixture
def taken() -> int:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize("command", ["serve", "emulate"])
def test_a_port_in_use_is_one_clear_line(command: str, taken: int, sprintdojo: Sprintdojo, tmp_path: Path) -> None:
    said = sprintdojo(command, "--port", str(taken))

    assert said.status == 2
    assert said.lines == [
        "sprintdojo: the port is in use",
        f"  where: 127.0.0.1:{taken}",
        "  to do: stop what listens there, or choose another one with --port",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["serve", "emulate"])
def test_a_data_folder_that_cannot_be_made_is_one_clear_line(
    command: str, sprintdojo: Sprintdojo, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")

    below, instead = (
        sprintdojo(command, "--port", "0", "--data", "file/below"),
        sprintdojo(command, "--port", "0", "--data", "file"),
    )

    assert (below.status, instead.status) == (2, 2)
    assert below.lines[0] == "sprintdojo: the data folder cannot be used: Not a directory"
    assert below.lines[1] == "  where: file/below"
    assert "is a file" in instead.lines[0]


@pytest.mark.parametrize("command", ["serve", "emulate"])
def test_git_that_is_missing_or_too_old_is_one_clear_line(
    command: str, sprintdojo: Sprintdojo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    missing = sprintdojo(command, "--port", "0")
    (tmp_path / "git").write_text("#!/bin/sh\necho git version 2.20.1\n")
    (tmp_path / "git").chmod(0o755)
    old = sprintdojo(command, "--port", "0")

    assert (missing.status, old.status) == (2, 2)
    assert missing.lines[0] == "sprintdojo: git is not installed"
    assert old.lines[0] == "sprintdojo: git is too old: git version 2.20.1"
    assert "2.38" in missing.lines[-1]
    assert "2.38" in old.lines[-1]


@pytest.mark.parametrize("command", ["serve", "emulate"])
@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("mysql://u:geheim@h/d", "databases of the kind mysql are not supported"),
        ("postgresql://u:geheim@h/d", "databases of the kind postgresql are not supported"),
        ("nonsense", "the address of the database is not a URL"),
        ("postgresql+psycopg://u:geheim@127.0.0.1:1/d", "the database does not answer"),
        ("sqlite://", "a database in memory would lose everything"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_clear_line(
    command: str, address: str, what: str, sprintdojo: Sprintdojo
) -> None:
    said = sprintdojo(command, "--port", "0", "--data", "kept", "--database", address)

    assert said.status == 2
    assert what in said.lines[0]
    assert said.lines[-1].startswith("  to do: ")
    assert "geheim" not in said.err


def test_a_file_that_is_no_database_is_said_to_be_none(sprintdojo: Sprintdojo, tmp_path: Path) -> None:
    (tmp_path / ".sprintdojo").mkdir()
    (tmp_path / ".sprintdojo" / "sprintdojo.db").write_text("this is a diary, not a database\n" * 100)

    said = sprintdojo("serve", "--port", "0")

    assert said.status == 2
    assert "not a database" in said.lines[0]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--start", "frist-sprint"), "did you mean `first-sprint`?"),
        (("--start", "first-sprint", "--pace", "quick"), "'quick' is not a pace"),
        (("--host", "192.0.2.1"), "this machine has no such address"),
        (("--host", "nowhere.invalid"), "cannot listen"),
        (("--host", "a" * 300), "cannot listen"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_made(
    words: tuple[str, ...], what: str, sprintdojo: Sprintdojo, tmp_path: Path
) -> None:
    said = sprintdojo("serve", "--port", "0", *words)

    assert said.status == 2
    assert said.out == ""
    assert what in "\n".join(said.lines)
    assert list(tmp_path.iterdir()) == []

"""What the commands say of a server that is not there, is not ours, or asks for the access code."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Sprintdojo
from tests.web.served import served


@contextmanager
def _stranger(status: int, kind: str, body: bytes) -> Iterator[str]:
    """A server that answers everything with the same."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", b"<h1>It works!</h1>"),
        (200, "application/json", b'{"ok": true}'),
        (200, "application/json", b'["run"]'),
        (404, "application/json", b'{"message": "Not Found"}'),
        (502, "text/html", b"<h1>Bad Gateway</h1>"),
        (200, "application/json", b""),
        (200, "application/json", b"\xff\xfe"),
    ],
)
def test_whoever_else_answers_there_is_told_from_us(
    status: int, kind: str, body: bytes, sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _stranger(status, kind, body) as url:
        monkeypatch.setenv("SPRINTDOJO_URL", url)

        said = sprintdojo("status")

    assert said.status == 2
    assert said.lines == [
        f"sprintdojo: what answers there is not Sprintdojo (status {status})",
        f"  where: {url}",
        "  to do: set SPRINTDOJO_URL to where `sprintdojo serve` says it is",
    ]


@pytest.mark.parametrize("command", ["status", "runs", "pause", "finish", "score", "report", "advance", "resume"])
def test_a_server_that_is_not_there_is_said_to_be_so(
    command: str, sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINTDOJO_URL", "http://127.0.0.1:1/")

    said = sprintdojo(command)

    assert said.status == 2
    assert said.lines == [
        "sprintdojo: the server does not answer",
        "  where: http://127.0.0.1:1",
        "  to do: start it with `sprintdojo serve`, or set SPRINTDOJO_URL to where it is",
    ]


@pytest.mark.parametrize("url", ["http://", "http://a b", "http://[::1", "http://x:notaport"])
def test_an_address_that_is_none_does_not_answer(
    url: str, sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINTDOJO_URL", url)

    said = sprintdojo("status")

    assert said.status == 2
    assert said.lines[0] == "sprintdojo: the server does not answer"


def test_a_proxy_of_this_machine_is_not_asked(
    server: str, sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    assert sprintdojo("runs").status == 0


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Callable[[], str]]]:
    """A server that asks for its access code, reached under a name that is not loopback's; and that code."""
    with served(tmp_path_factory.mktemp("guarded"), guarded=True) as house:
        yield house.url, house.office.access_code


def _from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Send the Host header of a visitor from another machine."""
    from simulator.cli import client

    real = client.requests.Session

    def session() -> object:
        made = real()
        made.headers["Host"] = "dojo.example"
        return made

    monkeypatch.setattr(client.requests, "Session", session)


def test_without_the_access_code_the_door_is_shut_and_the_variable_named(
    guarded: tuple[str, Callable[[], str]], sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINTDOJO_URL", guarded[0])
    _from_elsewhere(monkeypatch)

    said = sprintdojo("runs")

    assert said.status == 2
    assert "access code" in said.lines[0]
    assert "SPRINTDOJO_ACCESS_CODE" in said.lines[-1]


def test_with_the_access_code_it_is_open(
    guarded: tuple[str, Callable[[], str]], sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, code = guarded
    monkeypatch.setenv("SPRINTDOJO_URL", url)
    monkeypatch.setenv("SPRINTDOJO_ACCESS_CODE", f" {code()}\n")
    _from_elsewhere(monkeypatch)

    assert sprintdojo("runs").status == 0


def test_a_code_that_cannot_be_one_is_not_sent(
    server: str, sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINTDOJO_ACCESS_CODE", "grüße\nX-Other: 1")

    said = sprintdojo("runs")

    assert said.status == 2
    assert said.lines[1] == "  where: SPRINTDOJO_ACCESS_CODE"


def test_the_file_in_the_working_folder_says_where_the_server_is(
    url: str, tmp_path: Path, sprintdojo: Sprintdojo
) -> None:
    (tmp_path / "sprintdojo.toml").write_text(f'url = "{url}/"\n')

    assert sprintdojo("runs").status == 0

"""Listening: what counts as this machine alone, ports that are taken, and an end that waits for nobody."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
import requests

from simulator.errors import SetupError
from simulator.run.http_server import HttpServer, bind, is_loopback

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def _hello(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost", "LOCALHOST"])
def test_these_mean_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "10.0.0.1", "", "localhost.example", "127.0.0.1.example", "example.com", "fe80::1"]
)
def test_these_may_be_reached_from_elsewhere(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(("host", "loopback"), [("127.0.0.1", True), ("", True), ("0.0.0.0", False)])
def test_a_listener_knows_its_address_and_whether_others_reach_it(host: str, loopback: bool) -> None:
    listener = bind(host, 0)

    with listener.socket:
        assert listener.loopback is loopback
        assert listener.url == f"http://127.0.0.1:{listener.socket.getsockname()[1]}"


def test_a_port_is_given_to_one_only_also_before_the_first_serves() -> None:
    first = bind("127.0.0.1", 0)

    with first.socket, pytest.raises(SetupError, match="the port is in use"):
        bind("127.0.0.1", first.socket.getsockname()[1])


def test_it_ends_at_once_although_clients_keep_their_connections() -> None:
    listener = bind("127.0.0.1", 0)
    server = HttpServer(listener, _hello, threads=2)
    server.start()
    client = requests.Session()
    assert client.get(listener.url, timeout=5).text == "hello"
    silent = socket.create_connection(listener.socket.getsockname())

    began = time.monotonic()
    server.stop()

    silent.close()
    assert time.monotonic() - began < 4  # it gives up on its thread after five
    with pytest.raises(requests.ConnectionError):
        requests.get(listener.url, timeout=5)


def test_a_request_under_way_is_answered_before_the_end() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun.set()
        go_on.wait(5)
        return _hello(environ, start_response)

    listener = bind("127.0.0.1", 0)
    server = HttpServer(listener, slow, threads=2)
    server.start()
    answers: list[str] = []
    asking = threading.Thread(target=lambda: answers.append(requests.get(listener.url, timeout=5).text))
    asking.start()
    begun.wait(5)
    ending = threading.Thread(target=server.stop)
    ending.start()

    go_on.set()

    asking.join(5)
    ending.join(5)
    assert answers == ["hello"]


def test_replies_do_not_name_what_serves_them() -> None:
    listener = bind("127.0.0.1", 0)
    server = HttpServer(listener, _hello, threads=1)
    server.start()

    headers = requests.get(listener.url, timeout=5).headers

    server.stop()
    assert "Server" not in headers

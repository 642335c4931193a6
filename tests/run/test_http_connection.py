"""HTTP as clients speak it on the wire, well and badly."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import requests

from simulator.run.http_requests import LONGEST_HEAD
from simulator.run.http_server import HttpServer, Listener, bind

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_TEXT = [("Content-Type", "text/plain")]


def _application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    match environ["PATH_INFO"]:
        case "/echo":
            body = environ["wsgi.input"].read()
            start_response("200 OK", [*_TEXT, ("Content-Length", str(len(body)))])
            return [body]
        case "/deaf":
            start_response("401 Unauthorized", [*_TEXT, ("Content-Length", "0")])
            return []
        case "/pieces":
            start_response("200 OK", _TEXT)
            return iter([b"one", b"", b"two"])
        case "/broken":
            raise ValueError("on purpose")
        case "/broken-midway":
            start_response("200 OK", _TEXT)
            return _breaking_off()
        case "/split":
            start_response("200 OK", [("X-Bad", "a\r\nSet-Cookie: b")])
            return [b""]
        case "/gone":
            raise ConnectionAbortedError
    shown = "\n".join(f"{name}={environ[name]}" for name in sorted(environ) if name.isupper() and name != "REMOTE_ADDR")
    start_response("200 OK", [*_TEXT, ("Content-Length", str(len(shown.encode("latin-1"))))])
    return [shown.encode("latin-1")]


def _breaking_off() -> Iterator[bytes]:
    yield b"half"
    raise ValueError("on purpose")


@pytest.fixture
def listener() -> Iterator[Listener]:
    bound = bind("127.0.0.1", 0)
    server = HttpServer(bound, _application, threads=2)
    server.start()
    yield bound
    server.stop()


def _said(listener: Listener, *pieces: bytes) -> bytes:
    """All that is answered to these pieces, sent one by one, until the server ends the connection."""
    with closing(socket.create_connection(listener.socket.getsockname(), timeout=5)) as client:
        for piece in pieces:
            client.sendall(piece)
        said = b""
        while piece := client.recv(65_536):
            said += piece
        return said


def _get(target: str, *headers: str, end: str = "Connection: close") -> bytes:
    lines = [f"GET {target} HTTP/1.1", "Host: example.test", *headers, *([end] if end else [])]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _post(path: str, *headers: str) -> bytes:
    return ("\r\n".join([f"POST {path} HTTP/1.1", "Host: x", *headers]) + "\r\n\r\n").encode()


def test_an_application_sees_a_request_as_pep_3333_has_it(listener: Listener) -> None:
    shown = _said(listener, _get("/a%20b%C3%A9?q=%20", "X-One: 1", "X-One: 2", "Cookie: a", "Cookie: b", "X_One: 3"))

    lines = shown.decode("latin-1").partition("\r\n\r\n")[2].splitlines()
    assert "PATH_INFO=/a bÃ©" in lines
    assert "QUERY_STRING=q=%20" in lines
    assert "REQUEST_URI=/a%20b%C3%A9?q=%20" in lines
    assert "HTTP_X_ONE=1, 2" in lines
    assert "HTTP_COOKIE=a; b" in lines
    assert "HTTP_HOST=example.test" in lines


def test_a_target_may_be_a_whole_url_as_clients_of_proxies_send_it(listener: Listener) -> None:
    lines = _said(listener, _get("http://me@api.github.localhost/user?x=1")).decode().splitlines()

    assert {"HTTP_HOST=api.github.localhost", "PATH_INFO=/user", "QUERY_STRING=x=1"} <= set(lines)


def test_requests_sent_at_once_are_answered_in_their_order(listener: Listener) -> None:
    first = _post("/echo", "Content-Length: 5") + b"first"
    said = _said(listener, first + _get("/pieces", end="") + _get("/second"))

    assert said.index(b"first") < said.index(b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n") < said.index(b"PATH_INFO=/second")


@pytest.mark.parametrize("size", [0, 10, 200_000])
def test_a_body_may_come_in_chunks_or_with_a_length_and_in_any_pieces(listener: Listener, size: int) -> None:
    content = b"x" * size
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (content[:7], content[7:]) if part)
    chunked = _post("/echo", "Transfer-Encoding: chunked", "Connection: close")
    plain = _post("/echo", f"Content-Length: {size}", "Connection: close")

    for request in (chunked + chunks + b"0\r\n\r\n", plain + content):
        said = _said(listener, request[:30], request[30:100], request[100:])
        assert said.partition(b"\r\n\r\n")[2] == content


def test_a_client_that_holds_its_body_back_is_told_to_go_on(listener: Listener) -> None:
    with closing(socket.create_connection(listener.socket.getsockname(), timeout=5)) as client:
        client.sendall(_post("/echo", "Content-Length: 4", "Expect: 100-continue", "Connection: close"))
        told = client.recv(100)
        client.sendall(b"here")
        answer = client.recv(1000)

    assert told == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert answer.endswith(b"\r\n\r\nhere")


def test_a_refusal_is_read_also_when_nobody_wanted_the_body(listener: Listener) -> None:
    reply = requests.post(f"{listener.url}/deaf", data=iter([b"x" * 100_000] * 40), timeout=5)

    assert reply.status_code == 401


def test_a_reply_without_a_length_is_chunked_and_ends_the_connection_of_old_clients(listener: Listener) -> None:
    new = requests.get(f"{listener.url}/pieces", timeout=5)
    old = _said(listener, b"GET /pieces HTTP/1.0\r\n\r\n")

    assert (new.text, new.headers["Transfer-Encoding"]) == ("onetwo", "chunked")
    assert old.endswith(b"\r\n\r\nonetwo")


def test_a_head_is_answered_without_a_body(listener: Listener) -> None:
    said = _said(listener, _get("/anything").replace(b"GET", b"HEAD", 1))

    assert b"Content-Length: " in said
    assert said.endswith(b"\r\n\r\n")


def test_an_application_that_fails_is_a_500_and_the_connection_goes_on(listener: Listener) -> None:
    with requests.Session() as session:
        assert session.get(f"{listener.url}/broken", timeout=5).status_code == 500
        assert session.get(f"{listener.url}/split", timeout=5).status_code == 500
        assert session.get(f"{listener.url}/pieces", timeout=5).text == "onetwo"


@pytest.mark.parametrize("path", ["/broken-midway", "/gone"])
def test_an_answer_that_breaks_off_does_not_look_whole(listener: Listener, path: str) -> None:
    with pytest.raises(requests.RequestException):
        requests.get(listener.url + path, timeout=5)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"what is this\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/3.0\r\nHost: x\r\n\r\n", b"400"),
        (_post("/echo", "Content-Length: 3", "Transfer-Encoding: chunked") + b"0\r\n\r\n", b"400"),
        (_post("/echo", "Content-Length: 3", "Content-Length: 4") + b"abcd", b"400"),
        (_post("/echo", "Content-Length: -1"), b"400"),
        (_post("/echo", f"Content-Length: {1 << 40}"), b"413"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * (LONGEST_HEAD + 70_000), b"431"),
        (b"GET /" + b"a" * (LONGEST_HEAD + 70_000), b"431"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(listener: Listener, sent: bytes, status: bytes) -> None:
    said = _said(listener, sent)

    assert said.startswith(b"HTTP/1.1 " + status)
    assert b"Connection: close" in said
    assert said.count(b"HTTP/1.1") == 1


def test_a_body_that_breaks_off_does_not_pass_for_a_whole_one(listener: Listener) -> None:
    with closing(socket.create_connection(listener.socket.getsockname(), timeout=5)) as client:
        client.sendall(_post("/echo", "Content-Length: 100") + b"half")
        client.shutdown(socket.SHUT_WR)

        assert client.recv(1000) == b""


def test_slow_senders_and_silent_clients_hold_up_nobody(listener: Listener) -> None:
    idle = [socket.create_connection(listener.socket.getsockname()) for _ in range(10)]
    for client in idle[:5]:
        client.sendall(_post("/echo", "Content-Length: 10"))

    done: list[str] = []
    asking = [
        threading.Thread(target=lambda: done.append(requests.get(f"{listener.url}/pieces", timeout=5).text))
        for _ in range(4)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()

    assert done == ["onetwo"] * 4
    for client in idle:
        client.close()

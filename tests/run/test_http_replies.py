from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from werkzeug.wrappers import Request, Response

from simulator.run.http_server import HttpServer, bind


@Request.application
def _answer(request: Request) -> Response:
    status = int(request.path.strip("/"))
    return Response(b"" if status in (204, 304) else b"hello", status=status)


@pytest.fixture
def connection() -> Iterator[HTTPConnection]:
    listener = bind("127.0.0.1", 0)
    server = HttpServer(listener, _answer, threads=1)
    server.start()
    client = HTTPConnection(urlsplit(listener.url).netloc, timeout=10)
    yield client
    client.close()
    server.stop()


@pytest.mark.parametrize("status", [200, 204, 304])
def test_a_connection_outlives_a_reply(connection: HTTPConnection, status: int) -> None:
    connection.request("GET", f"/{status}")
    reply = connection.getresponse()

    assert (reply.status, reply.read()) == (status, b"hello" if status == 200 else b"")
    assert not reply.will_close
    assert reply.getheader("Connection") is None


@pytest.mark.parametrize("status", [200, 204, 304])
def test_a_connection_ends_when_the_client_says_so(connection: HTTPConnection, status: int) -> None:
    connection.request("GET", f"/{status}", headers={"Connection": "close"})
    reply = connection.getresponse()
    reply.read()

    assert reply.getheader("Connection") == "close"


def test_replies_on_one_connection_do_not_run_into_one_another(connection: HTTPConnection) -> None:
    seen = []
    for status in (304, 200, 204, 200, 304, 200):
        connection.request("GET", f"/{status}")
        reply = connection.getresponse()
        seen.append((reply.status, reply.read()))

    assert seen == [(304, b""), (200, b"hello"), (204, b""), (200, b"hello"), (304, b""), (200, b"hello")]

"""A receiver of deliveries, and what became of those that were sent to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import select

from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.outbox import Delivery, enqueue
from simulator.emulators.kit.tables import outbox


@dataclass
class Receiver:
    """A server that answers from a list of statuses, 200 when it is used up."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def wait(self) -> None:
        assert self.arrived.acquire(timeout=10)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a port of its own."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.received.append((dict(self.headers), body))
            self.send_response(made.statuses.pop(0) if made.statuses else 200)
            self.send_header("Location", "/elsewhere")
            self.end_headers()
            made.arrived.release()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}/hook"
    yield made
    server.shutdown()
    server.server_close()


def send(instance: Instance, url: str, body: bytes = b"{}") -> int:
    """Enqueue a delivery and give its id."""
    with instance.database.writing() as connection:
        delivery = Delivery(url=url, headers={"X-GitHub-Event": "push"}, body=body)
        return enqueue(connection, instance, "here", delivery)


def rows(instance: Instance) -> list[dict[str, Any]]:
    """The outbox."""
    with instance.database.reading() as connection:
        return [dict(row) for row in connection.execute(select(outbox).order_by(outbox.c.id)).mappings()]


def until(instance: Instance, condition: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
    """The rows once they are as wanted; the post is answered a little before its row is written."""
    pause = threading.Event()
    for _ in range(1000):
        if condition(found := rows(instance)):
            return found
        pause.wait(0.005)
    pytest.fail(f"never came: {found}")


def answered(status: int) -> Callable[[list[dict[str, Any]]], bool]:
    """A condition: the first delivery was answered so."""
    return lambda found: found[0]["status_code"] == status

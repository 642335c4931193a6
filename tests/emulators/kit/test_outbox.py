from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from simulator.emulators.kit import outbox as outbox_module
from simulator.emulators.kit.destinations import Destinations
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.outbox import WAITS_S, Delivery, enqueue
from simulator.emulators.kit.outbox_worker import OutboxWorker
from simulator.emulators.kit.posting import post
from simulator.emulators.kit.tables import outbox
from tests.emulators.conftest import TickingClock


@dataclass
class Receiver:
    """A server that answers from a list of statuses, 200 when it is used up."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def wait(self) -> None:
        assert self.arrived.acquire(timeout=10)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
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


@pytest.fixture
def woken() -> threading.Event:
    return threading.Event()


@pytest.fixture
def sender(instance: Instance, woken: threading.Event) -> Instance:
    return replace(instance, wake=woken.set)


@pytest.fixture
def worker(sender: Instance, woken: threading.Event) -> Iterator[OutboxWorker]:
    made = OutboxWorker(sender, woken)
    yield made
    made.close()


def send(instance: Instance, url: str, body: bytes = b"{}") -> int:
    with instance.database.writing() as connection:
        delivery = Delivery(url=url, headers={"X-GitHub-Event": "push"}, body=body)
        return enqueue(connection, instance, "here", delivery)


def rows(instance: Instance) -> list[dict[str, Any]]:
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
    return lambda found: found[0]["status_code"] == status


def test_a_delivery_is_posted_at_once_as_it_was_written(
    sender: Instance, worker: OutboxWorker, receiver: Receiver
) -> None:
    worker.start()

    send(sender, receiver.url, b'{"ref": "x"}')
    receiver.wait()

    headers, body = receiver.received[0]
    assert headers["X-GitHub-Event"] == "push"
    assert body == b'{"ref": "x"}'
    (row,) = until(sender, lambda found: found[0]["state"] == "delivered")
    assert (row["status_code"], row["attempts"]) == (200, 1)


def test_deliveries_arrive_in_their_order(sender: Instance, worker: OutboxWorker, receiver: Receiver) -> None:
    for number in range(10):
        send(sender, receiver.url, str(number).encode())
    worker.start()

    for _ in range(10):
        receiver.wait()

    assert [body for _, body in receiver.received] == [str(number).encode() for number in range(10)]


def test_a_receiver_that_fails_is_asked_again_later(
    sender: Instance, worker: OutboxWorker, receiver: Receiver, clock: TickingClock, woken: threading.Event
) -> None:
    receiver.statuses = [500, 503]
    worker.start()
    send(sender, receiver.url)

    for status, wait_s in zip((500, 503), WAITS_S, strict=False):
        receiver.wait()
        until(sender, answered(status))
        clock.skip(wait_s)
        woken.set()
    receiver.wait()

    (row,) = until(sender, lambda found: found[0]["state"] == "delivered")
    assert row["attempts"] == 3


def test_after_the_last_wait_a_delivery_has_failed(sender: Instance, worker: OutboxWorker, receiver: Receiver) -> None:
    receiver.statuses = [503]
    send(sender, receiver.url)
    with sender.database.writing() as connection:
        connection.execute(update(outbox).values(attempts=len(WAITS_S)))

    worker.start()

    (row,) = until(sender, lambda found: found[0]["state"] == "failed")
    assert row["status_code"] == 503


def test_a_receiver_that_is_not_there_is_written_down(sender: Instance, worker: OutboxWorker) -> None:
    worker.start()

    send(sender, "http://127.0.0.1:1/hook")

    (row,) = until(sender, lambda found: found[0]["error"] is not None)
    assert (row["state"], row["status_code"], row["error"]) == ("waiting", None, "failed to connect to host")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://x", "", "javascript:alert(1)"])
def test_only_web_addresses_are_called(sender: Instance, url: str) -> None:
    send(sender, url)

    (row,) = rows(sender)
    assert row["state"] == "failed"


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://127.0.0.1:99999/", "http://\udcff.example/"])
def test_an_address_that_makes_no_sense_stops_nothing(
    sender: Instance, worker: OutboxWorker, receiver: Receiver, url: str
) -> None:
    send(sender, url.encode("utf-8", "replace").decode())
    send(sender, receiver.url)

    worker.start()
    receiver.wait()

    until(sender, lambda found: [row["state"] for row in found] == ["waiting", "delivered"])


def test_what_waits_survives_a_restart(sender: Instance, woken: threading.Event, receiver: Receiver) -> None:
    send(sender, receiver.url)
    OutboxWorker(sender, woken).close()

    after = OutboxWorker(sender, threading.Event())
    after.start()
    receiver.wait()
    after.close()

    assert [row["state"] for row in rows(sender)] == ["delivered"]


def test_what_another_process_is_posting_is_left_to_it(
    sender: Instance, worker: OutboxWorker, receiver: Receiver, clock: TickingClock, woken: threading.Event
) -> None:
    send(sender, receiver.url, b"first")
    OutboxWorker(sender, threading.Event())._take()
    send(sender, receiver.url, b"second")
    send(sender, receiver.url + "/elsewhere", b"other")
    worker.start()

    receiver.wait()
    assert [body for _, body in receiver.received] == [b"other"]

    clock.skip(3600)  # the other one died
    woken.set()
    receiver.wait()
    receiver.wait()
    assert [body for _, body in receiver.received[1:]] == [b"first", b"second"]


def test_a_slow_receiver_holds_up_nobody_else(sender: Instance, worker: OutboxWorker, receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for _ in range(30):
            send(sender, f"http://127.0.0.1:{silent.getsockname()[1]}/")
        send(sender, receiver.url, b"quick")
        worker.start()

        receiver.wait()

        assert receiver.received[0][1] == b"quick"
        silent.accept()[0].close()  # else the worker waits for an answer at the end


def test_what_fails_holds_up_its_own_at_first_and_is_overtaken_then(
    sender: Instance, worker: OutboxWorker, receiver: Receiver, clock: TickingClock, woken: threading.Event
) -> None:
    receiver.statuses = [503, 503, 503]
    for number in range(2):
        send(sender, receiver.url, str(number).encode())
    worker.start()

    for wait_s in WAITS_S[:2]:
        receiver.wait()
        until(sender, lambda found: found[0]["next_at"] < clock() + timedelta(seconds=6))  # and not held for a post
        clock.skip(wait_s)
        woken.set()
    receiver.wait()
    receiver.wait()

    assert [body for _, body in receiver.received] == [b"0", b"0", b"0", b"1"]


def test_an_answer_that_never_ends_is_cut_off() -> None:
    def trickle(server: socket.socket, done: threading.Event) -> None:
        connection, _ = server.accept()
        with connection, contextlib.suppress(OSError):
            while not done.wait(0.05):
                connection.sendall(b"X")

    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=trickle, args=(server, done), daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        answer = post(url, {}, b"{}", verify_tls=True, allowed=Destinations(), timeout_s=0.3)
        done.set()

    assert (answer.status, answer.status_code) == ("timed out", 504)
    assert answer.duration_s < 2


def test_settled_deliveries_are_kept_in_bounds(
    sender: Instance, worker: OutboxWorker, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_module, "KEPT", 3)
    worker.start()

    for _ in range(6):
        send(sender, receiver.url)
        receiver.wait()

    until(sender, lambda found: [row["id"] for row in found if row["state"] == "delivered"] == [4, 5, 6])


def test_an_undone_change_sends_nothing(sender: Instance, woken: threading.Event) -> None:
    def fail() -> None:
        with sender.database.writing() as connection:
            enqueue(connection, sender, "here", Delivery(url="http://127.0.0.1/", headers={}, body=b""))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert rows(sender) == []
    assert not woken.is_set()


def test_a_row_that_cannot_be_read_does_not_stop_the_rest(
    sender: Instance, worker: OutboxWorker, receiver: Receiver
) -> None:
    delivery_id = send(sender, receiver.url)
    with sender.database.writing() as connection:
        broken = connection.execute(select(outbox)).mappings().one()
        connection.execute(insert(outbox), {**broken, "id": delivery_id + 100, "headers": "no JSON"})
        connection.execute(update(outbox).where(outbox.c.id == delivery_id).values(headers="[1]"))
    send(sender, receiver.url, b"fine")

    worker.start()
    receiver.wait()

    assert receiver.received[0][1] == b"fine"

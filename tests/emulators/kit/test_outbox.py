"""Deliveries: written with the change they tell of, posted in their order."""

from __future__ import annotations

import contextlib
import socket
import threading

import pytest
from sqlalchemy import insert, select, update

from simulator.emulators.kit import outbox as outbox_module
from simulator.emulators.kit.destinations import Destinations
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.outbox import Delivery, enqueue
from simulator.emulators.kit.outbox_worker import OutboxWorker
from simulator.emulators.kit.posting import post
from simulator.emulators.kit.tables import outbox
from tests.emulators.kit.receiving import Receiver, rows, send, until


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

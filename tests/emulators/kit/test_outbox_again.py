"""Deliveries whose receiver fails, is slow or is gone, or whose own process dies."""

from __future__ import annotations

import socket
import threading
from datetime import timedelta

from sqlalchemy import update

from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.outbox import WAITS_S
from simulator.emulators.kit.outbox_worker import OutboxWorker
from simulator.emulators.kit.tables import outbox
from tests.emulators.conftest import TickingClock
from tests.emulators.kit.receiving import Receiver, answered, rows, send, until


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

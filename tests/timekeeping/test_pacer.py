from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from queue import Empty, Queue
from threading import Event, Timer

import pytest

from simulator.model.keys import RunId
from simulator.timekeeping.clock import wall_clock
from simulator.timekeeping.pacer import Pacer

PATIENCE_S = 10
RUN = RunId("first-sprint-1")
OTHER = RunId("first-sprint-2")

Start = Callable[[Callable[[RunId], None]], Pacer]


@pytest.fixture
def started() -> Iterator[Start]:
    """Makes pacers that run, and stops them."""
    pacers = []

    def start(ring: Callable[[RunId], None]) -> Pacer:
        pacer = Pacer(ring)
        pacer.start()
        pacers.append(pacer)
        return pacer

    yield start
    for pacer in pacers:
        pacer.stop()


def test_it_rings_at_the_alarm(started: Start) -> None:
    rung: Queue[RunId] = Queue()
    pacer = started(rung.put)
    alarm = wall_clock() + timedelta(milliseconds=50)

    pacer.set_alarm(RUN, alarm)

    assert rung.get(timeout=PATIENCE_S) == RUN
    assert wall_clock() >= alarm


def test_an_alarm_long_past_rings_at_once(started: Start) -> None:
    rung: Queue[RunId] = Queue()

    started(rung.put).set_alarm(RUN, wall_clock() - timedelta(days=365))

    assert rung.get(timeout=PATIENCE_S) == RUN


def test_a_new_alarm_takes_the_place_of_the_old_one_of_that_run_only(started: Start) -> None:
    rung: Queue[RunId] = Queue()
    pacer = started(rung.put)
    far = wall_clock() + timedelta(days=1)

    pacer.set_alarm(RUN, far)
    pacer.set_alarm(OTHER, far)
    pacer.set_alarm(RUN, wall_clock())

    assert rung.get(timeout=PATIENCE_S) == RUN
    with pytest.raises(Empty):
        rung.get(timeout=0.05)


def test_no_alarm_rings_after_it_was_taken_off(started: Start) -> None:
    rung: Queue[RunId] = Queue()
    pacer = started(rung.put)
    soon = wall_clock() + timedelta(milliseconds=100)

    pacer.set_alarm(RUN, soon)
    pacer.set_alarm(RUN, None)
    pacer.set_alarm(OTHER, soon + timedelta(milliseconds=20))

    assert rung.get(timeout=PATIENCE_S) == OTHER
    assert rung.empty()


def test_taking_off_an_alarm_that_was_never_set_is_fine(started: Start) -> None:
    started(lambda run_id: None).set_alarm(RUN, None)


def test_an_alarm_set_during_a_ring_is_neither_lost_nor_rung_at_the_same_time(started: Start) -> None:
    rings: Queue[str] = Queue()
    go_on = Event()

    def ring(run_id: RunId) -> None:
        rings.put("begin")
        go_on.wait(PATIENCE_S)
        rings.put("end")

    pacer = started(ring)
    pacer.set_alarm(RUN, wall_clock())
    first = rings.get(timeout=PATIENCE_S)
    for _ in range(3):
        pacer.set_alarm(RUN, wall_clock())
    rung_meanwhile: Queue[RunId] = Queue()
    started(rung_meanwhile.put).set_alarm(OTHER, wall_clock() + timedelta(milliseconds=100))
    rung_meanwhile.get(timeout=PATIENCE_S)
    go_on.set()

    assert [first, *(rings.get(timeout=PATIENCE_S) for _ in range(3))] == ["begin", "end", "begin", "end"]


def test_a_ring_that_fails_is_logged_and_the_next_alarm_rings(started: Start, caplog: pytest.LogCaptureFixture) -> None:
    rung: Queue[RunId] = Queue()

    def ring(run_id: RunId) -> None:
        rung.put(run_id)
        raise ValueError("the service fell over")

    pacer = started(ring)
    with caplog.at_level(logging.ERROR, logger="simulator.timekeeping.pacer"):
        pacer.set_alarm(RUN, wall_clock())
        rung.get(timeout=PATIENCE_S)
        pacer.set_alarm(RUN, wall_clock())
        rung.get(timeout=PATIENCE_S)
        pacer.stop()

    assert "the ring of run first-sprint-1 failed" in caplog.text
    assert "the service fell over" in caplog.text


def test_a_stopped_pacer_forgets_its_alarms_and_can_start_again(started: Start) -> None:
    rung: Queue[RunId] = Queue()
    pacer = started(rung.put)
    pacer.set_alarm(RUN, wall_clock() + timedelta(milliseconds=100))
    pacer.stop()
    pacer.set_alarm(RUN, wall_clock())

    pacer.start()
    pacer.start()
    pacer.set_alarm(OTHER, wall_clock() + timedelta(milliseconds=120))

    assert rung.get(timeout=PATIENCE_S) == OTHER
    assert rung.empty()


def test_stopping_waits_for_the_ring_at_work(started: Start) -> None:
    begun, go_on, done = Event(), Event(), Event()

    def ring(run_id: RunId) -> None:
        begun.set()
        go_on.wait(PATIENCE_S)
        done.set()

    pacer = started(ring)
    pacer.set_alarm(RUN, wall_clock())
    begun.wait(PATIENCE_S)
    Timer(0.05, go_on.set).start()
    pacer.stop()

    assert done.is_set()

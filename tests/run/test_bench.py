"""Few threads for many runs."""

from __future__ import annotations

import threading
from collections import Counter

from simulator.model.keys import RunId
from simulator.run.bench import Bench

_PATIENCE_S = 20


def test_a_run_is_in_one_hand_at_a_time_and_wanted_meanwhile_is_worked_on_once_more() -> None:
    first, second = RunId("first-sprint-1"), RunId("first-sprint-2")
    begun, go_on, twice = threading.Event(), threading.Event(), threading.Event()
    worked: Counter[RunId] = Counter()
    other = threading.Event()

    def work(run: RunId) -> None:
        worked[run] += 1
        if run == second:
            other.set()
            return
        if worked[run] == 1:
            begun.set()
            assert go_on.wait(_PATIENCE_S)
        else:
            twice.set()

    bench = Bench(work, threads=2)
    bench.open()
    bench.put(first)
    assert begun.wait(_PATIENCE_S)
    for _ in range(5):
        bench.put(first)
    bench.put(second)

    assert other.wait(_PATIENCE_S)  # a run that takes long keeps no other waiting
    assert worked[first] == 1
    go_on.set()
    assert twice.wait(_PATIENCE_S)
    bench.close()
    assert worked == {first: 2, second: 1}


def test_what_is_put_before_the_opening_waits_and_a_failure_ends_nothing() -> None:
    done = threading.Event()

    def work(run: RunId) -> None:
        if run == "bad-1":
            raise ValueError(run)
        done.set()

    bench = Bench(work, threads=1)
    bench.put(RunId("bad-1"))
    bench.put(RunId("good-1"))
    assert not done.is_set()
    bench.open()

    assert done.wait(_PATIENCE_S)
    bench.close()

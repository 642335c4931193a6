from __future__ import annotations

import threading

from simulator.run.crew import Crew


def test_no_job_waits_for_another() -> None:
    crew, together = Crew(idle=2), threading.Barrier(6)

    for _ in range(5):
        crew.give(lambda: together.wait(5))

    together.wait(5)
    crew.dismiss(timeout_s=5)
    assert not together.broken


def test_a_thread_that_is_free_takes_the_next_job() -> None:
    crew, seen = Crew(idle=1), []
    for _ in range(3):
        done = threading.Event()
        crew.give(lambda done=done: (seen.append(threading.get_ident()), done.set()))
        done.wait(5)
        _settled(crew)

    crew.dismiss(timeout_s=5)

    assert len(set(seen)) == 1


def test_a_job_that_fails_takes_nobody_with_it() -> None:
    crew, done = Crew(idle=1), threading.Event()

    crew.give(lambda: 1 / 0)
    crew.give(done.set)

    assert done.wait(5)
    crew.dismiss(timeout_s=5)


def test_the_crew_ends_when_the_last_job_does() -> None:
    crew, go_on, done = Crew(idle=4), threading.Event(), threading.Event()
    crew.give(lambda: (go_on.wait(5), done.set()))
    ending = threading.Thread(target=lambda: crew.dismiss(timeout_s=5))
    ending.start()

    go_on.set()
    ending.join(5)

    assert done.is_set()
    assert not ending.is_alive()


def _settled(crew: Crew) -> None:
    """Wait until a thread has nothing to do: it says so a moment after the job is done."""
    waiting = threading.Event()
    for _ in range(500):
        if crew.idle:
            return
        waiting.wait(0.01)

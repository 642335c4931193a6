from __future__ import annotations

from threading import Event

import pytest

from simulator.adapters.patience import Patience
from simulator.errors import AdapterError, Conflict, RateLimited

QUICK = Patience(attempts=4, first_wait_s=0.0, longest_wait_s=0.05)


def _answers(*answers: Exception | str):  # type: ignore[no-untyped-def]
    told: list[bool] = []
    left = list(answers)

    def call(again: bool) -> str:
        told.append(again)
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return call, told


def test_a_silent_service_is_asked_again_and_the_call_is_told() -> None:
    call, told = _answers(AdapterError("no answer", service="Jira", retryable=True), "done")

    assert QUICK.keep_trying(call, stop=Event()) == "done"
    assert told == [False, True]


def test_what_is_refused_for_good_is_not_asked_again() -> None:
    call, told = _answers(Conflict("no", service="GitHub"), "done")

    with pytest.raises(Conflict):
        QUICK.keep_trying(call, stop=Event())
    assert told == [False]


def test_attempts_are_bounded_and_the_last_error_is_told() -> None:
    call, told = _answers(*[AdapterError(f"no {n}", service="Jira", retryable=True) for n in range(4)])

    with pytest.raises(AdapterError, match="no 3"):
        QUICK.keep_trying(call, stop=Event())
    assert len(told) == 4


def test_a_short_wait_that_a_service_asks_for_is_kept() -> None:
    call, told = _answers(RateLimited("slowly", service="GitHub", retry_after_s=0.01), "done")

    assert QUICK.keep_trying(call, stop=Event()) == "done"
    assert len(told) == 2


def test_a_long_wait_is_left_to_the_caller() -> None:
    call, told = _answers(RateLimited("in an hour", service="GitHub", retry_after_s=3600), "done")

    with pytest.raises(RateLimited) as caught:
        QUICK.keep_trying(call, stop=Event())
    assert caught.value.retry_after_s == 3600
    assert len(told) == 1


def test_a_stop_ends_the_waiting() -> None:
    stop = Event()
    stop.set()
    call, told = _answers(AdapterError("no answer", service="Jira", retryable=True), "done")

    with pytest.raises(AdapterError):
        Patience(first_wait_s=60).keep_trying(call, stop=stop)
    assert len(told) == 1

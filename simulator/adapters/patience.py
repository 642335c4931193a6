"""How long to go on asking a service that may answer later. Refuses to repeat what a service has refused for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, stop_any
from tenacity.nap import sleep_using_event
from tenacity.stop import stop_when_event_set

from simulator.errors import AdapterError, RateLimited

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Bounds of retrying, in seconds of wall time; waits double from the first one to the longest."""

    attempts: int = 4
    first_wait_s: float = 0.5
    longest_wait_s: float = 30.0

    def keep_trying(self, call: Callable[[bool], T], *, stop: Event) -> T:
        """What `call` returns; it is told whether an earlier attempt may have got through.

        Raises the last AdapterError when attempts are used up, when a service asks to wait longer than the longest wait,
        or when `stop` is set.
        """
        retrying = Retrying(
            stop=stop_any(stop_after_attempt(self.attempts), stop_when_event_set(stop)),
            wait=self._wait_s,
            retry=retry_if_exception(self._is_worth_it),
            sleep=sleep_using_event(stop),
            reraise=True,
        )
        attempts = iter(range(self.attempts))
        return retrying(lambda: call(next(attempts) > 0))

    def _is_worth_it(self, error: BaseException) -> bool:
        if isinstance(error, RateLimited):
            return error.retry_after_s <= self.longest_wait_s
        return isinstance(error, AdapterError) and error.retryable

    def _wait_s(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RateLimited):
            return error.retry_after_s
        return min(self.longest_wait_s, self.first_wait_s * 2.0 ** (state.attempt_number - 1))

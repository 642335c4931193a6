"""A reading that a service stumbles over is asked again at once: a look takes many, and is of no use when one is missing.

Refuses to repeat what changes something, and to go on asking a service that is away, slow or wants to be left alone: that is
patience.py's.
"""

from __future__ import annotations

from typing import Any, Self

from urllib3.exceptions import ReadTimeoutError
from urllib3.util import Retry

_AGAIN = 2
_STUMBLES = (500, 502, 503, 504)


class AskingAgain(Retry):
    """Asks twice more after a server's error or a connection that ends without an answer."""

    def increment(self, *given: Any, **named: Any) -> Self:
        """What is left of it after an attempt; a service that is slow is not asked again."""
        error = named.get("error")
        if isinstance(error, ReadTimeoutError):
            raise error
        return super().increment(*given, **named)


def asking_again() -> AskingAgain:
    """For a client's connections."""
    return AskingAgain(
        total=_AGAIN,
        connect=0,
        other=0,
        redirect=False,
        allowed_methods=("GET",),
        status_forcelist=_STUMBLES,
        backoff_factor=0.1,
        raise_on_status=False,
        respect_retry_after_header=False,
    )

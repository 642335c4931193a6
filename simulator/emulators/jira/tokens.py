"""Page tokens: opaque to the caller, and good for the query that they were given for only."""

from __future__ import annotations

import base64
import binascii
import hashlib

import orjson

from simulator.emulators.jira.errors import BadRequest

_FURTHEST = 10_000_000


def make_token(query: str, start: int) -> str:
    """A token for the page of a query that begins at `start`."""
    text = orjson.dumps([_mark(query), start])
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def read_token(query: str, token: str) -> int:
    """Where the page begins; 0 without a token. Raises BadRequest for a token that is none of this query."""
    if not token:
        return 0
    try:
        mark, start = orjson.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (binascii.Error, ValueError, TypeError):
        raise BadRequest("The provided next page token is invalid.") from None
    if mark != _mark(query) or not isinstance(start, int) or not 0 <= start <= _FURTHEST:
        raise BadRequest("The provided next page token is invalid.")
    return start


def _mark(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()[:12]

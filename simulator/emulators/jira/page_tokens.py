"""Tokens of a search's pages: opaque to the caller, good only for the query and the person that they were given for."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import datetime

import orjson

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.state.search.paging import Mark

INVALID = "The provided next page token is invalid."


def make_page_token(query: str, person: str, *, begun: datetime, mark: Mark) -> str:
    """A token for the page after the mark. `begun` is when the first page was asked for: what `now()` means on all of them."""
    text = orjson.dumps([_seal(query, person), begun.isoformat(), list(mark.values), mark.issue_id])
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def read_page_token(query: str, person: str, token: str) -> tuple[datetime, Mark]:
    """When the first page was asked for, and where the page begins. Raises BadRequest for a token that is none of this query."""
    try:
        seal, begun, values, issue_id = orjson.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        instant = datetime.fromisoformat(begun)
    except (binascii.Error, ValueError, TypeError):
        raise BadRequest(INVALID) from None
    fits = seal == _seal(query, person) and isinstance(values, list) and type(issue_id) is int
    if not fits or instant.tzinfo is None:
        raise BadRequest(INVALID)
    return instant, Mark(tuple(values), issue_id)


def _seal(query: str, person: str) -> str:
    return hashlib.sha256(orjson.dumps([query, person])).hexdigest()[:16]

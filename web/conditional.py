"""Replies that a reader may already have: an ETag of the body, and 304 when it is the same."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Response, request


def conditional(value: Any) -> Response:
    """JSON values as a reply, or 304 without a body when the reader has just that."""
    return conditional_body(json.dumps(value, ensure_ascii=False).encode(), "application/json")


def conditional_body(body: bytes, content_type: str) -> Response:
    """A body as a reply, or 304."""
    return marked(body, content_type, hashlib.blake2b(body, digest_size=16).hexdigest())


def known_already(mark: str) -> Response | None:
    """304 when the reader has the body of this mark, so that it need not be made; else None."""
    if not request.if_none_match.contains_weak(mark):
        return None
    reply = Response(status=304)
    reply.set_etag(mark)
    return reply


def marked(body: bytes, content_type: str, mark: str) -> Response:
    """A body whose ETag is the given mark, or 304."""
    reply = Response(body, content_type=content_type)
    reply.set_etag(mark)
    reply.headers["Cache-Control"] = "private, no-cache"
    return reply.make_conditional(request)  # type: ignore[return-value]  # werkzeug's base class

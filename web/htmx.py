"""Whether a request comes from htmx on a page that is open, which wants a part of it and not the whole."""

from __future__ import annotations

from flask import request


def is_htmx() -> bool:
    """Whether htmx asks: it shows a refusal beside the form, and keeps what was typed there."""
    return request.headers.get("HX-Request") == "true"

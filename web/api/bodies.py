"""Values of a request's JSON body, read one by one; what is wrong with one is said with its name."""

from __future__ import annotations

from typing import Any

from flask import abort, request

_LONGEST = 2000
_MOST = 200


def text(name: str, *, needed: bool = False) -> str | None:
    """A text of at most 2,000 characters; None when it is left out or null."""
    value = _body().get(name)
    if value is None or value == "":
        if needed:
            abort(422, description=f"{name} is missing")
        return None
    if not isinstance(value, str) or len(value) > _LONGEST or "\0" in value:
        abort(422, description=f"{name} is not a text of at most {_LONGEST} characters")
    return value


def number(name: str, *, default: int, least: int, most: int) -> int:
    """A whole number within bounds."""
    value = _body().get(name, default)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        abort(422, description=f"{name} is not a whole number from {least} to {most}")
    return value


def flag(name: str) -> bool:
    """True or false; false when it is left out."""
    value = _body().get(name, False)
    if not isinstance(value, bool):
        abort(422, description=f"{name} is neither true nor false")
    return value


def texts(name: str, *, longest: int = _LONGEST) -> dict[str, str]:
    """Texts by name, each of at most `longest` characters."""
    value = _body().get(name) or {}
    if not isinstance(value, dict) or len(value) > _MOST:
        abort(422, description=f"{name} is not an object of texts")
    if not all(isinstance(item, str) for item in value.values()):
        abort(422, description=f"{name} holds something that is not a text")
    if any(len(item) > longest for item in value.values()):
        abort(422, description=f"{name} holds a text of more than {longest} characters")
    return {str(key): item for key, item in value.items()}


def _body() -> dict[str, Any]:
    try:
        body = request.get_json(silent=True)
    except RecursionError:  # brackets in brackets in brackets
        body = None
    if body is None and request.content_length in (None, 0):
        return {}
    if not isinstance(body, dict):
        abort(400, description="the body is not a JSON object")
    return body

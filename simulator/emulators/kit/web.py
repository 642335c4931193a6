"""The request as both services need it, and the reply: caller, body, JSON, entity tags, time stamps.

Refuses to know either service's shapes: a bad body is a `BadBody`, which each service words in its own way.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, overload

import orjson
from flask import Response, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestEntityTooLarge

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SITE = "emulators.site"
"""Key of the WSGI environment: the site that the address means. The dispatcher sets it."""

DEFAULT_SITE = "default"
JSON_LIMIT = 5 * 1024 * 1024
"""Longest JSON body in bytes."""

_DEPTH_LIMIT = 64  # orjson renders 254 levels at most, and no body of either service is deeper than a document tree


class BodyFault(StrEnum):
    """What is wrong with a request's body."""

    UNREADABLE = "unreadable"
    NO_OBJECT = "no object"
    TOO_LARGE = "too large"


class BadBody(Exception):
    """A body that cannot be taken. `status` is 400, or 413 when it is too large."""

    def __init__(self, fault: BodyFault, what: str) -> None:
        super().__init__(what)
        self.fault = fault
        self.what = what
        self.status = 413 if fault is BodyFault.TOO_LARGE else 400


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the Authorization header holds. `user` is "" for the token and Bearer forms."""

    user: str
    token: str = field(repr=False)


def site() -> str:
    """The site that the present request's address means."""
    return str(request.environ.get(SITE, DEFAULT_SITE))


def credentials() -> Credentials | None:
    """What the caller presents: `token X`, `Bearer X`, or Basic; None when there is no such header or it makes no sense."""
    return read_authorization(request.environ.get("HTTP_AUTHORIZATION", ""))


def caller_token() -> str | None:
    """The token that the caller presents in any of the forms, None when there is none."""
    presented = credentials()
    return presented.token if presented else None


def is_unreadable() -> bool:
    """Whether the caller presents a token in a known form that holds none: an empty one, or Basic that is no Base64."""
    header = request.environ.get("HTTP_AUTHORIZATION", "")
    return header.partition(" ")[0].lower() in ("token", "bearer", "basic") and read_authorization(header) is None


def read_authorization(header: str) -> Credentials | None:
    """The parts of an Authorization header.

    GitHub takes a token as Basic's password with any user, or as the user with an empty password or `x-oauth-basic`:
    https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api
    """
    scheme, _, value = header.partition(" ")
    value = value.strip()
    match scheme.lower():
        case "token" | "bearer" if value:
            return Credentials("", value)
        case "basic":
            return _read_basic(value)
    return None


def _read_basic(value: str) -> Credentials | None:
    try:
        user, _, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    if password in {"", "x-oauth-basic"}:
        user, password = "", user
    return Credentials(user, password) if password and "\0" not in user else None  # no text column takes a NUL


def json_body(*, limit: int = JSON_LIMIT) -> dict[str, Any]:
    """The request's JSON object; an empty body is an empty object.

    Raises BadBody when the body is longer than `limit` bytes, no JSON, nested too deep, no object, or holds NUL characters
    (which no PostgreSQL text can keep).
    """
    value = json_value(limit=limit)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadBody(BodyFault.NO_OBJECT, "Body should be a JSON object")
    return value


def json_value(*, limit: int = JSON_LIMIT) -> Any:  # Any: whatever JSON holds
    """The request's JSON value of any kind, None when the body is empty. Raises BadBody as `json_body` does."""
    body = _read(limit)
    if not body.strip():
        return None
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as exc:
        raise BadBody(BodyFault.UNREADABLE, "Problems parsing JSON") from exc
    if body.count(b"{") + body.count(b"[") > _DEPTH_LIMIT and _is_deeper(value, _DEPTH_LIMIT):
        raise BadBody(BodyFault.UNREADABLE, "Problems parsing JSON: nested too deep")
    if b"\\u0000" in body and "\0" in _all_text(value):
        raise BadBody(BodyFault.UNREADABLE, "Problems parsing JSON: a NUL character")
    return value


def _read(limit: int) -> bytes:
    request.max_content_length = limit
    try:
        body = request.get_data(cache=True)
    except RequestEntityTooLarge as exc:
        raise BadBody(BodyFault.TOO_LARGE, "Request body is too large") from exc
    if len(body) > limit:
        raise BadBody(BodyFault.TOO_LARGE, "Request body is too large")
    return body


def _is_deeper(value: object, limit: int) -> bool:
    level: list[object] = [value]
    for _ in range(limit + 1):
        inner: list[object] = []
        for item in level:
            if isinstance(item, dict):
                inner.extend(item.values())
            elif isinstance(item, list):
                inner.extend(item)
        if not inner:
            return False
        level = inner
    return True


def _all_text(value: object) -> str:
    match value:
        case str():
            return value
        case dict():
            return "".join(f"{key}{_all_text(inner)}" for key, inner in value.items())
        case list():
            return "".join(_all_text(inner) for inner in value)
    return ""


def reply(
    body: object,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    *,
    content_type: str = "application/json; charset=utf-8",
) -> Response:
    """A JSON reply. A `body` of None is an empty one (as for 204)."""
    text = b"" if body is None else orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)
    response = JsonResponse(text, status=status, headers=dict(headers) if headers else None, content_type=content_type)
    response.content = body
    if body is None:
        del response.headers["Content-Type"]
    return response


class JsonResponse(Response):
    """A reply that remembers what its text was made of, so that nobody has to read it again."""

    content: object = None
    further: Sequence[tuple[str, str]] = ()
    """Headers that come after the others as they are: what every reply has needs no looking at."""

    def get_wsgi_response(self, environ: WSGIEnvironment) -> tuple[Iterable[bytes], str, list[tuple[str, str]]]:
        """The reply as the server takes it."""
        pieces, status, headers = super().get_wsgi_response(environ)
        return pieces, status, [*headers, *self.further]

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """The headers as they are: text and length are known, addresses are whole and quoted already."""
        plain = (
            self.status_code >= 200
            and self.status_code not in (204, 304)
            and self.headers.get("Location", "").isascii()
        )
        return self.headers if plain else super().get_wsgi_headers(environ)


def add_etag(response: Response) -> Response:
    """An `after_request` hook: a strong ETag on each 200 to a GET, and 304 without a body when the caller has it already.

    The tag covers the body and the Link header. The Cache-Control is GitHub's.
    """
    if request.method not in {"GET", "HEAD"} or response.status_code != 200 or response.is_streamed:
        return response
    link = response.headers.get("Link", "")
    response.set_etag(hashlib.sha256(response.get_data() + link.encode()).hexdigest())
    response.headers.setdefault("Cache-Control", "private, max-age=60, s-maxage=60")
    wanted = request.if_none_match
    if wanted and (wanted.star_tag or wanted.contains_weak(response.get_etag()[0] or "")):
        response.status_code = 304
        response.set_data(b"")
        del response.headers["Content-Length"]
    return response


@overload
def stamp_seconds(instant: datetime) -> str: ...
@overload
def stamp_seconds(instant: datetime | None) -> str | None: ...
def stamp_seconds(instant: datetime | None) -> str | None:
    """An instant as GitHub writes it, in whole seconds of UTC: `2026-11-22T08:00:00Z`. None stays None."""
    if instant is None:
        return None
    return (instant if instant.tzinfo is UTC else instant.astimezone(UTC)).isoformat()[:19] + "Z"


@overload
def stamp_millis(instant: datetime) -> str: ...
@overload
def stamp_millis(instant: datetime | None) -> str | None: ...
def stamp_millis(instant: datetime | None) -> str | None:
    """An instant as Jira writes it, in milliseconds of UTC: `2026-11-22T08:00:00.123+0000`. None stays None."""
    return None if instant is None else instant.astimezone(UTC).isoformat(timespec="milliseconds")[:23] + "+0000"

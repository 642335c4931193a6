"""How GitHub says no: one exception for each status, rendered as `{message, errors, documentation_url, status}`.

Source: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response

from simulator.emulators.github.state.search.errors import SearchRefused
from simulator.emulators.gitserver.errors import BadName, NoSuchObject
from simulator.emulators.kit.web import BadBody, BodyFault, reply

DOCUMENTATION = "https://docs.github.com/rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One entry of `errors[]`. `code` is missing, missing_field, invalid, already_exists, unprocessable or custom.

    A `field` of "" is left out: some of GitHub's entries are about the whole resource.
    """

    resource: str
    field: str
    code: str
    message: str | None = None
    value: Any = None  # Any: whatever JSON value was refused

    def body(self) -> dict[str, Any]:
        """The entry as GitHub writes it."""
        entry: dict[str, Any] = {"resource": self.resource, "code": self.code}
        if self.field:
            entry["field"] = self.field
        if self.value is not None:
            entry["value"] = self.value
        if self.message is not None:
            entry["message"] = self.message
        return entry


class GitHubError(Exception):
    """Base: an answer with a status and a message."""

    status = 500
    message = "Server Error"

    errors: tuple[FieldError | str, ...] = ()

    def __init__(self, message: str | None = None, *, page: str = "") -> None:
        self.message = message or self.message
        self.documentation_url = DOCUMENTATION + page
        super().__init__(self.message)

    def body(self) -> dict[str, Any]:
        """The reply's body."""
        body: dict[str, Any] = {"message": self.message}
        if self.errors:
            body["errors"] = [error if isinstance(error, str) else error.body() for error in self.errors]
        return {**body, "documentation_url": self.documentation_url, "status": str(self.status)}


class BadRequest(GitHubError):
    """400: the request makes no sense."""

    status = 400
    message = "Bad Request"


class BadCredentials(GitHubError):
    """401: the token is unknown or revoked."""

    status = 401
    message = "Bad credentials"


class RequiresAuthentication(GitHubError):
    """401: this cannot be asked without a token."""

    status = 401
    message = "Requires authentication"


class Forbidden(GitHubError):
    """403: the caller is known and may not do this."""

    status = 403
    message = "Forbidden"


class RateLimitExceeded(GitHubError):
    """403: the caller has used up what it may ask in an hour (or, searching, in a minute)."""

    status = 403

    def __init__(self, message: str) -> None:
        super().__init__(message, page="/using-the-rest-api/rate-limits-for-the-rest-api")


class NotFound(GitHubError):
    """404: no such thing, or none that the caller may see."""

    status = 404
    message = "Not Found"


class MethodNotAllowed(GitHubError):
    """405: not in this state, such as merging what cannot be merged."""

    status = 405
    message = "Method Not Allowed"


class NotAcceptable(GitHubError):
    """406: not in the representation that was asked for."""

    status = 406
    message = "Not Acceptable"


class Conflict(GitHubError):
    """409: the state has moved on, or two changes collide."""

    status = 409
    message = "Conflict"


class Gone(GitHubError):
    """410: switched off for this repository."""

    status = 410
    message = "Gone"


class UnsupportedMediaType(GitHubError):
    """415: the body is of a kind that is not taken."""

    status = 415
    message = "Unsupported Media Type"


class ValidationFailed(GitHubError):
    """422: the fields are well-formed JSON and still wrong; `errors` says which."""

    status = 422
    message = "Validation Failed"

    def __init__(self, errors: Sequence[FieldError | str] = (), message: str | None = None, *, page: str = "") -> None:
        super().__init__(message, page=page)
        self.errors = tuple(errors)


class InvalidRequest(GitHubError):
    """422: a field is missing or of the wrong type; the message says which, there is no `errors[]`."""

    status = 422
    message = "Invalid request."


class NotEmulated(GitHubError):
    """501: GitHub can do this, and this emulator cannot. For addresses that a wider route would swallow."""

    status = 501

    def __init__(self, method: str, path: str) -> None:
        super().__init__(f"Not emulated: {method} {path}")


def invalid(resource: str, field: str, message: str | None = None, *, value: Any = None) -> ValidationFailed:
    """422 for a field whose value will not do."""
    return ValidationFailed([FieldError(resource=resource, field=field, code="invalid", message=message, value=value)])


def custom(resource: str, message: str, *, field: str = "") -> ValidationFailed:
    """422 in a sentence of its own, about a field or the whole resource."""
    return ValidationFailed([FieldError(resource=resource, field=field, code="custom", message=message)])


def missing(resource: str, field: str) -> ValidationFailed:
    """422 for a field that has to be there."""
    return ValidationFailed([FieldError(resource=resource, field=field, code="missing_field")])


def already_exists(resource: str, field: str, message: str | None = None) -> ValidationFailed:
    """422 for a name that is taken."""
    return ValidationFailed([FieldError(resource=resource, field=field, code="already_exists", message=message)])


def render(status: int, message: str) -> Response:
    """Any other error in GitHub's shape."""
    return reply({"message": message, "documentation_url": DOCUMENTATION, "status": str(status)}, status)


def register(app: Flask) -> None:
    """Teach an app to answer with these errors."""
    app.register_error_handler(GitHubError, lambda error: reply(error.body(), error.status))
    app.register_error_handler(BadBody, _bad_body)
    app.register_error_handler(SearchRefused, _search_refused)
    app.register_error_handler(NoSuchObject, lambda _error: render(404, "Not Found"))
    app.register_error_handler(BadName, lambda error: render(422, str(error)))


def search_refused(error: SearchRefused) -> ValidationFailed:
    """422 for a search that is not answered."""
    entry = FieldError(resource="Search", field="q", code=error.code, message=error.message)
    return ValidationFailed([entry], page="/search/search")


def _search_refused(error: SearchRefused) -> Response:
    refused = search_refused(error)
    return reply(refused.body(), refused.status)


def _bad_body(error: BadBody) -> Response:
    words = "Body should be a JSON object" if error.fault is BodyFault.NO_OBJECT else error.what
    return render(error.status, words)

"""The fields of a request's body, checked as GitHub checks them.

A value of the wrong type is 422 "Invalid request." with a sentence about the field; a missing one likewise; a text that is
too long or blank is 422 "Validation Failed" with `errors[]`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask import request

from simulator.emulators.github.errors import FieldError, InvalidRequest, ValidationFailed, invalid

TITLE_LIMIT = 256
BODY_LIMIT = 65_536
LABEL_LIMIT = 50


class Fields:
    """A body and the name of the resource that errors speak of."""

    def __init__(self, body: Mapping[str, Any], resource: str) -> None:
        self.body = body
        self.resource = resource

    def __contains__(self, name: str) -> bool:
        return name in self.body

    def text(self, name: str, *, limit: int = BODY_LIMIT) -> str | None:
        """A string or null."""
        value = self.body.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise _wrong_type(name, value, "a string")
        if len(value) > limit:
            raise self.failed(name, "custom", f"{name} is too long (maximum is {limit} characters)")
        return value

    def required(self, name: str, *, limit: int = BODY_LIMIT) -> str:
        """A string that must be there."""
        value = self.text(name, limit=limit)
        if value is None:
            raise InvalidRequest(f'Invalid request.\n\n"{name}" wasn\'t supplied.')
        return value

    def title(self) -> str | None:
        """The title of an issue or pull request, trimmed, None when it is not given; a blank one is refused."""
        title = self.text("title", limit=TITLE_LIMIT)
        if title is not None and not title.strip():
            raise self.failed("title", "missing_field")
        return title.strip() if title is not None else None

    def title_required(self) -> str:
        """The title, which must be there."""
        self.required("title", limit=TITLE_LIMIT)
        return self.title() or ""

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean; null is the default."""
        value = self.body.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise _wrong_type(name, value, "a boolean")
        return value

    def number(self, name: str) -> int | None:
        """An integer or null; one that no database column holds is refused."""
        value = self.body.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 2**31 - 1:
            raise _wrong_type(name, value, "an integer")
        return value

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """One of some words, or null."""
        value = self.text(name)
        if value is not None and value not in allowed:
            raise InvalidRequest(
                f"Invalid request.\n\nNo enum value found for {name}: {value[:80]} is not a member of {list(allowed)}."
            )
        return value

    def names(self, name: str) -> list[str] | None:
        """A list of strings, None when the field is absent; objects with a `name` or `login` count, as for labels."""
        value = self.body.get(name)
        if value is None:
            return None
        if not isinstance(value, list):
            raise _wrong_type(name, value, "an array")
        return [_name_in(name, each) for each in value]

    def objects(self, name: str) -> list[dict[str, Any]]:
        """A list of objects; null is an empty one."""
        value = self.body.get(name) or []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise _wrong_type(name, value, "an array of objects")
        return value

    def failed(self, field: str, code: str, message: str | None = None) -> ValidationFailed:
        """The 422 about one field of this resource."""
        return ValidationFailed([FieldError(resource=self.resource, field=field, code=code, message=message)])


class SpokenFields(Fields):
    """The fields of a review, about which GitHub complains in plain sentences: 422 "Unprocessable Entity"."""

    def failed(self, field: str, code: str, message: str | None = None) -> ValidationFailed:
        """The 422 about one field, as a sentence."""
        words = message or f"{field} is {code.replace('_', ' ')}"
        sentence = words.removeprefix(field).strip()
        thing = field.removesuffix("_id").replace("_", " ").capitalize()
        return ValidationFailed([f"{thing} {sentence}"], "Unprocessable Entity")


def label_names(fields: Fields) -> list[str] | None:
    """The names in `labels`, trimmed, None when the field is absent; a blank or overlong one is refused."""
    names = fields.names("labels")
    if names is None:
        return None
    for name in names:
        if not name.strip() or len(name.strip()) > LABEL_LIMIT:
            raise invalid("Label", "name", value=name[:80])
    return [name.strip() for name in names]


def comment_text(fields: Fields) -> str:
    """The body of a comment: must be there, must not be blank."""
    value = fields.body.get("body")
    if value is None:
        raise InvalidRequest('Invalid request.\n\n"body" wasn\'t supplied.')
    if not isinstance(value, str):
        raise _wrong_type("body", value, "a string")
    if not value.strip():
        raise fields.failed("data", "unprocessable", "Body cannot be blank")
    if len(value) > BODY_LIMIT:
        raise fields.failed("data", "unprocessable", f"Body is too long (maximum is {BODY_LIMIT} characters)")
    return value


def since_argument() -> datetime | None:
    """The `since` of the query string, None when it is absent. Raises 422 for what is no instant."""
    return instant_argument("since")


def instant_argument(name: str) -> datetime | None:
    """An instant of the query string, None when it is absent. Raises 422 for what is none."""
    text = request.args.get(name)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip().replace(" ", "+"))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as exc:  # OverflowError: year 0 or 10,000 once it is brought to UTC
        raise InvalidRequest(f"Invalid request.\n\n{text[:80]} is not a valid date-time.") from exc


def word_argument(name: str, allowed: Sequence[str], default: str) -> str:
    """A word of the query string; anything else than the allowed ones counts as the default, as on GitHub."""
    value = request.args.get(name, default)
    return value if value in allowed else default


def _name_in(field: str, value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("login")
    if not isinstance(value, str):
        raise _wrong_type(field, value, "a string")
    return value


def _wrong_type(name: str, value: object, wanted: str) -> InvalidRequest:
    return InvalidRequest(f"Invalid request.\n\nFor 'properties/{name}', {str(value)[:80]!r} is not {wanted}.")

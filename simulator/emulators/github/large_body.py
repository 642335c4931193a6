"""Bodies that carry a whole file: what is too large is refused in GitHub's words.

Source: https://docs.github.com/en/rest/git/blobs, which takes up to 100 MB
"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.errors import FieldError, ValidationFailed
from simulator.emulators.kit.web import BadBody, BodyFault, json_body

LIMIT = 100 * 1024 * 1024
"""Bytes of a body; Base64 makes a file a third longer."""

_TOO_LARGE = (
    "Sorry, your input was too large to process. Consider creating the blob in a local clone of the repository and then "
    "pushing it to GitHub."
)


def large_body() -> dict[str, Any]:
    """The request's JSON object. Raises ValidationFailed for one above the limit, BadBody as `json_body` does."""
    try:
        return json_body(limit=LIMIT)
    except BadBody as exc:
        if exc.fault is not BodyFault.TOO_LARGE:
            raise
        raise ValidationFailed([FieldError(resource="Blob", field="data", code="too_large")], _TOO_LARGE) from exc

"""Other forms of a body that the Accept header may ask for: a diff, mails for `git am`, a commit's id, a file as it is.

Source: https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types
"""

from __future__ import annotations

import re

from flask import Response, request

DIFF = "diff"
PATCH = "patch"
SHA = "sha"
RAW = "raw"
OBJECT = "object"
HTML = "html"
_TEXT_MATCH = re.compile(r"application/vnd\.github\.(?:(?:v3|VERSION)\.)?text-match\b")
_FORM = re.compile(r"application/vnd\.github\.(?:(?:v3|VERSION)\.)?(?P<form>diff|patch|sha|raw|object|html)\b")


def asked_form() -> str | None:
    """One of the forms above when the caller asks for it, None for JSON."""
    found = _FORM.search(request.headers.get("Accept", ""))
    return found["form"] if found else None


def text_reply(content: bytes | str, form: str) -> Response:
    """A body in one of these forms, as GitHub sends it."""
    return Response(content, content_type=f"application/vnd.github.v3.{form}; charset=utf-8")


def wants_text_matches() -> bool:
    """Whether a search is to say where the words stand in what it found."""
    return _TEXT_MATCH.search(request.headers.get("Accept", "")) is not None

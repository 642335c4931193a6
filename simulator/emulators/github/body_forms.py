"""The forms in which texts of people come: as they were typed, rendered, without their marks, or all three.

What the Accept header asks for is added to each issue, pull request, review, comment and release of a JSON answer.
Source: https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types
"""

from __future__ import annotations

import re
from typing import Any

import orjson
from flask import Response, request

from simulator.emulators.github.pages.texts import comment_html, text_of
from simulator.emulators.kit.web import JsonResponse

_FORM = re.compile(r"application/vnd\.github\.(?:(?:v3|VERSION)\.)?(?P<form>raw|text|html|full)(?![\w-])")
_NAMES = {"text": ("body_text",), "html": ("body_html",), "full": ("body_html", "body_text")}
_WRITTEN = ("author_association", "tag_name")
"""Keys that only bodies of what somebody wrote have; a release has the second."""


def add_forms(response: Response) -> Response:
    """An `after_request` hook. A reply that is no JSON, or asked for as it was typed, stays as it is."""
    found = _FORM.search(request.headers.get("Accept", ""))
    if found is None or not isinstance(response, JsonResponse):
        return response
    form = found["form"]
    response.headers["X-GitHub-Media-Type"] = f"github.v3; param={form}; format=json"
    if form in _NAMES and response.content is not None:
        response.content = _with_forms(response.content, form)
        response.set_data(orjson.dumps(response.content, option=orjson.OPT_NON_STR_KEYS))
    return response


def _with_forms(value: Any, form: str) -> Any:  # Any: whatever JSON holds
    if isinstance(value, list):
        return [_with_forms(each, form) for each in value]
    if not isinstance(value, dict):
        return value
    made = {name: _with_forms(each, form) for name, each in value.items()}
    if "body" in made and any(name in made for name in _WRITTEN):
        made |= {name: _FORMS[name](made["body"]) for name in _NAMES[form]}
        if form != "full":
            del made["body"]
    return made


def _html(body: str | None) -> str:
    return str(comment_html(body)).strip()


def _text(body: str | None) -> str:
    return text_of(comment_html(body))


_FORMS = {"body_html": _html, "body_text": _text}

"""The API's own description (OpenAPI 3.1), made from its routes and their docstrings."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, current_app
from werkzeug.routing import Rule

from simulator.model.objections import LONGEST_NAME, LONGEST_REASON, SHORTEST_REASON
from simulator.run.score_files import FORMS
from web.conditional import conditional

openapi = Blueprint("openapi", __name__)

_REASON: dict[str, Any] = {"type": "string", "minLength": SHORTEST_REASON, "maxLength": LONGEST_REASON}
_TRAINER: dict[str, Any] = {"type": "string", "description": "the trainer's name", "maxLength": LONGEST_NAME}
_BODIES: dict[str, dict[str, dict[str, Any]]] = {
    "api.start": {
        "scenario": {"type": "string", "description": "name or folder of the scenario"},
        "pace": {"type": ["string", "null"], "description": "wall time of a working day, such as 10m"},
        "seed": {"type": "integer", "minimum": 0, "maximum": 2**31 - 1, "default": 1},
        "language": {"type": ["string", "null"], "description": "language of the scenario's texts, such as de"},
        "paused": {"type": "boolean", "default": False},
        "while_away": {
            "enum": ["auto", "catch-up", "hold", None],
            "description": "what becomes of time without a server",
        },
        "github": {"type": ["string", "null"], "description": "REST address of another GitHub"},
        "jira": {"type": ["string", "null"], "description": "address of another Jira"},
        "owner": {"type": ["string", "null"]},
        "environment": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "api.pace": {"pace": {"type": "string"}},
    "api.answer": {
        "answers": {"type": "object", "additionalProperties": {"type": "string"}},
        "seat": {"type": ["string", "null"]},
    },
    "api.take_hint": {
        "level": {"type": ["integer", "null"], "minimum": 1, "maximum": 3},
        "moment": {"type": ["string", "null"]},
        "finding": {"type": ["string", "null"], "description": "id or rule of an open finding"},
        "seat": {"type": ["string", "null"]},
    },
    "api.check": {"seat": {"type": ["string", "null"]}},
    "api.say": {"text": {"type": "string", "maxLength": 2000}, "seat": {"type": ["string", "null"]}},
    "api.advance": {"to": {"type": ["string", "null"]}},
    "api.rewind": {"to": {"type": "string"}},
    "api.branch": {"at": {"type": "string"}},
    "api.play": {"persona": {"type": "string"}, "to": {"type": "string"}},
    "api.record": {"seat": {"type": ["string", "null"]}},
    "api.dispute": {"finding": {"type": "string"}, "reason": _REASON, "seat": {"type": ["string", "null"]}},
    "api.withdraw_dispute": {"seat": {"type": ["string", "null"]}},
    "api.accept_dispute": {"answer": _REASON, "right": {"enum": ["pass", "skip"], "default": "pass"}, "by": _TRAINER},
    "api.decline_dispute": {"answer": _REASON, "by": _TRAINER},
    "api.waive": {"finding": {"type": "string"}, "reason": _REASON, "by": _TRAINER},
    "api.revoke_waiver": {"by": _TRAINER},
}
_NEEDED = {
    "api.start": ["scenario"],
    "api.pace": ["pace"],
    "api.rewind": ["to"],
    "api.branch": ["at"],
    "api.answer": ["answers"],
    "api.say": ["text"],
    "api.play": ["persona", "to"],
    "api.dispute": ["finding", "reason"],
    "api.accept_dispute": ["answer", "by"],
    "api.decline_dispute": ["answer", "by"],
    "api.waive": ["finding", "reason", "by"],
    "api.revoke_waiver": ["by"],
}
_SEAT = ("seat", {"type": "string"})
_QUERY = {
    **dict.fromkeys(
        ("api.status", "api.scorecard", "api.prompts", "api.job_card", "api.moments", "api.advised"), _SEAT
    ),
    "api.facts": ("most", {"type": "integer"}),
    "api.feed": ("before", {"type": "string"}),
}
_FORMATS = {"api.scorecard": FORMS}
_PROBLEM = {
    "description": "What is wrong, where, and what to do",
    "content": {"application/problem+json": {"schema": {}}},
}


@openapi.get("/api/openapi.json")
def description() -> Response:
    """The description of every route of /api/v1."""
    return conditional(describe(list(current_app.url_map.iter_rules())))


def describe(rules: list[Rule]) -> dict[str, Any]:
    """An OpenAPI 3.1 document for the API's rules."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in rules:
        if not rule.endpoint.startswith("api.") or rule.endpoint == "api.unknown":
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(path, {})[method.lower()] = _operation(rule, method)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sprintdojo",
            "version": "1",
            "description": "Runs, their clock, their board and their score.",
        },
        "paths": dict(sorted(paths.items())),
    }


def _operation(rule: Rule, method: str) -> dict[str, Any]:
    view = current_app.view_functions[rule.endpoint]
    good = "200" if method == "GET" else ("201" if rule.endpoint == "api.start" else "202")
    operation: dict[str, Any] = {
        "operationId": rule.endpoint.removeprefix("api."),
        "summary": (view.__doc__ or "").strip().partition("\n")[0],
        "parameters": [_path_parameter(name) for name in sorted(rule.arguments)],
        "responses": {good: {"description": "Done", "content": _content(rule.endpoint)}, "default": _PROBLEM},
    }
    if rule.endpoint in _QUERY:
        name, schema = _QUERY[rule.endpoint]
        operation["parameters"].append({"name": name, "in": "query", "required": False, "schema": schema})
    if rule.endpoint in _FORMATS:
        forms = {"enum": list(_FORMATS[rule.endpoint]), "default": "json"}
        operation["parameters"].append({"name": "format", "in": "query", "required": False, "schema": forms})
    if method == "POST":
        operation["requestBody"] = _body(rule.endpoint)
    return operation


def _content(endpoint: str) -> dict[str, Any]:
    others: dict[str, Any] = {
        form.media_type: {"schema": {"type": "string"}} for form in _FORMATS.get(endpoint, {}).values()
    }
    return others | {"application/json": {"schema": {"type": "object"}}}


def _path_parameter(name: str) -> dict[str, Any]:
    schema = {"type": "integer"} if name == "number" else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _body(endpoint: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": _BODIES.get(endpoint, {}), "required": _NEEDED.get(endpoint, [])}
    return {"required": endpoint in _NEEDED, "content": {"application/json": {"schema": schema}}}

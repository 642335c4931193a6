"""GitHub's own description of webhook payloads, when it lies beside the project: what is wrong with one by it."""

from __future__ import annotations

import functools
import json
from typing import Any

import jsonschema_rs
import pytest

from tests.emulators.github.description import FOLDER


@functools.cache
def _description() -> dict[str, Any]:
    file = FOLDER / "github-webhooks.trim.json"
    if not file.is_file():
        pytest.skip("../shared/specs with GitHub's description of webhooks is not beside the project")
    found: dict[str, Any] = _open(json.loads(file.read_text(encoding="utf-8")))
    return found


def _open(schema: Any) -> Any:
    """The schema without its bans on other keys: it is older than some of GitHub's. Of several forms one fits then, or more."""
    if isinstance(schema, list):
        return [_open(each) for each in schema]
    if isinstance(schema, dict):
        kept = {key: value for key, value in schema.items() if (key, value) != ("additionalProperties", False)}
        return {"anyOf" if key == "oneOf" else key: _open(value) for key, value in kept.items()}
    return schema


@functools.cache
def _validator(name: str) -> Any:
    document = {"definitions": _description()["definitions"], "$ref": f"#/definitions/{name}"}
    return jsonschema_rs.Draft7Validator(document)


def flaws(event: str, payload: dict[str, Any]) -> list[str]:
    """What a payload lacks or has of the wrong type, empty for an event that is not described. Skips without the description."""
    names = [f"{event}${payload.get('action', 'event')}", f"{event}$event"]
    known = [name for name in names if name in _description()["definitions"]]
    if not known:
        return []
    return [
        f"{known[0]}: {'/'.join(map(str, error.instance_path))}: {error.message[:200]}"
        for error in _validator(known[0]).iter_errors(payload)
    ]


def is_described(event: str) -> bool:
    """Whether there is anything to compare an event with."""
    return any(name.startswith(f"{event}$") for name in _description()["definitions"])

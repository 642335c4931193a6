"""Where the vendors' API descriptions are, and a checker of replies against one.

They lie beside the project in ../shared/specs, or scripts/api_descriptions.py has built them in tests/descriptions. In the first
place is a checker as well; this one, with the same face, is for the second.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs

SHARED = Path(__file__).parents[2] / "shared" / "specs"
OWN = Path(__file__).with_name("descriptions")
_GREEDY = ("{path}", "{ref}", "{basehead}")
_NOT_CHECKED = ("nullable", "discriminator", "xml", "example", "deprecated", "readOnly", "writeOnly", "format")

Found = tuple[str, str, str]
"""How grave (error, extra, status, noroute, noschema), where, and what."""


def folder_of(name: str) -> Path:
    """The folder that has a description, the first place if neither has."""
    return next((folder for folder in (SHARED, OWN) if (folder / name).is_file()), SHARED)


def checker_of(name: str) -> Any:
    """Something with `check(method, path, status, body)` for a description, None when it is in neither place."""
    folder = folder_of(name)
    if not (folder / name).is_file():
        return None
    if not (folder / "oas_check.py").is_file():
        return Checker(folder / name)
    found = importlib.util.spec_from_file_location("oas_check", folder / "oas_check.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    checker = module.Spec(str(folder / name))
    _allow_several(checker.schemas)
    _allow_several(checker.raw)
    return checker


class Checker:
    """Replies held against an OpenAPI 3.0 description."""

    def __init__(self, file: Path) -> None:
        self._whole = json.loads(file.read_text(encoding="utf-8"))
        _allow_several(self._whole)
        self._components = {"schemas": _as_json_schema(self._whole["components"].get("schemas", {}), names=True)}
        self._routes = sorted(
            ((path, _shape(path)) for path in self._whole["paths"]),
            key=lambda route: (route[0].count("{"), -len(route[0])),
        )
        self._validators: dict[str, Any] = {}

    def check(self, method: str, path: str, status: int, body: object) -> Iterator[Found]:
        """What is wrong with a reply."""
        name = next(
            (known for known, shape in self._routes if shape.fullmatch(path) and self._has(method, known)), None
        )
        if name is None:
            yield "noroute", f"{method} {path}", "not in the description"
            return
        where = f"{method} {name} {status}"
        responses = self._whole["paths"][name][method.lower()]["responses"]
        response = self._resolved(responses.get(str(status)) or responses.get("default"))
        if response is None:
            yield "status", where, "not a documented status"
            return
        content = response.get("content", {})
        schema = next((part.get("schema") for kind, part in content.items() if "json" in kind), None)
        if schema is not None:
            yield from self._against(where, schema, body)
        elif body not in (None, ""):
            yield "noschema", where, "no schema for this reply"

    def _has(self, method: str, path: str) -> bool:
        return method.lower() in self._whole["paths"][path]

    def _against(self, where: str, schema: Any, body: object) -> Iterator[Found]:
        if where not in self._validators:
            document = {**_as_json_schema(schema), "components": self._components}
            self._validators[where] = jsonschema_rs.Draft202012Validator(document)
        for error in self._validators[where].iter_errors(body):
            grave = "extra" if "dditional properties" in error.message else "error"
            yield grave, f"{where}/{'/'.join(map(str, error.instance_path))}", error.message[:300]

    def _resolved(self, value: Any) -> Any:
        while isinstance(value, dict) and "$ref" in value:
            found = self._whole
            for step in value["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            value = found
        return value


def _allow_several(schema: Any) -> None:
    """Turn each oneOf into anyOf: the vendors' alternatives overlap (any error, most events fit two of them)."""
    if isinstance(schema, dict):
        if isinstance(schema.get("oneOf"), list):
            schema["anyOf"] = [*schema.get("anyOf", ()), *schema.pop("oneOf")]
        for inner in schema.values():
            _allow_several(inner)
    elif isinstance(schema, list):
        for inner in schema:
            _allow_several(inner)


def _shape(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]*\})", path)
    return re.compile(
        "".join((".+" if p in _GREEDY else "[^/]+") if p.startswith("{") else re.escape(p) for p in parts)
    )


def _as_json_schema(value: Any, *, names: bool = False) -> Any:
    """An OpenAPI 3.0 schema in the words of JSON Schema 2020-12. With `names` the keys are names of schemas."""
    if isinstance(value, list):
        return [_as_json_schema(item) for item in value]
    if not isinstance(value, dict):
        return value
    if names:
        return {name: _as_json_schema(inner) for name, inner in value.items()}
    made = {
        key: inner if key in ("enum", "required", "default") else _as_json_schema(inner, names=key == "properties")
        for key, inner in value.items()
        if key not in _NOT_CHECKED and not (key.startswith("exclusive") and isinstance(inner, bool))
    }
    return {"anyOf": [made, {"type": "null"}]} if value.get("nullable") else made

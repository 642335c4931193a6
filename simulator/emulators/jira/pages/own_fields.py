"""A site's own fields on an issue's page: what they hold, each with how a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.emulators.jira.custom_types import type_of
from simulator.emulators.jira.fields import FieldSpec
from simulator.emulators.jira.state.bundle import Bundle
from simulator.emulators.jira.state.issues import Issue

_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field with its value. `kind` is what the value is: text, link, person, instant or document."""

    name: str
    kind: str
    values: list[Any]  # Any: each kind has its own


def own_fields(specs: Mapping[str, FieldSpec], bundle: Bundle, issue: Issue) -> list[OwnField]:
    """The fields that hold something, by name."""
    held = bundle.custom.get(issue.id, {})
    shown = [_shown(specs[field_id], value) for field_id, value in held.items() if field_id in specs]
    return sorted(shown, key=lambda field: field.name.lower())


def _shown(spec: FieldSpec, value: Any) -> OwnField:  # Any: kept JSON
    values = value if isinstance(value, list) else [value]
    if type_of(spec) == "textarea":
        return OwnField(spec.name, "document", values)
    if "user" in (spec.kind, spec.items):
        return OwnField(spec.name, "person", values)
    if spec.kind == "datetime":
        return OwnField(spec.name, "instant", values)
    if type_of(spec) == "url" and value.lower().startswith(_WEB):
        return OwnField(spec.name, "link", values)
    return OwnField(spec.name, "text", [f"{each:.15g}" if isinstance(each, float) else str(each) for each in values])

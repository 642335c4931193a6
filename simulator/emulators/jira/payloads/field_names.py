"""The names and types of chosen fields, as `expand=names` and `expand=schema` have them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from simulator.emulators.jira.fields import BY_ID, FieldSpec, present
from simulator.emulators.jira.payloads.shapes import Json


def names(fields: Collection[str], custom: Mapping[str, FieldSpec] = MappingProxyType({})) -> Json:
    """The fields' names, as `expand=names` has them."""
    known = {**BY_ID, **custom}
    return {name: known[name].name for name in present(fields, custom) if name in known}


def schemas(fields: Collection[str], custom: Mapping[str, FieldSpec] = MappingProxyType({})) -> Json:
    """The fields' types, as `expand=schema` has them."""
    known = {**BY_ID, **custom}
    return {name: known[name].schema() for name in present(fields, custom) if name in known}

"""The schema, built from the `.graphql` files beside this module on first use and then kept."""

from __future__ import annotations

import base64
import binascii
import re
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLError,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
)

from simulator.emulators.github.graphql.resolving import snake
from simulator.emulators.kit.web import stamp_seconds

_building = threading.Lock()
_SHA = re.compile(r"[0-9a-f]{40}\Z", re.IGNORECASE)


def schema() -> GraphQLSchema:
    """The schema; threads that come while it is built wait for it."""
    with _building:
        return _built()


@cache
def _built() -> GraphQLSchema:
    folder = resources.files(__package__) / "sdl"
    texts = [entry.read_text("utf-8") for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)]
    built = build_schema("\n".join([*texts, "type Mutation"]))
    for kind in built.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            _rename(kind.fields.items())
        elif isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for field in kind.fields.values():
                _rename(field.args.items())
        elif isinstance(kind, GraphQLScalarType) and kind.name in _READERS:
            _teach(kind)
    return built


def _rename(items: Iterable[tuple[str, GraphQLArgument | GraphQLInputField]]) -> None:
    for name, item in items:
        item.out_name = snake(name)


def _teach(scalar: GraphQLScalarType) -> None:
    scalar.coerce_input_value = _READERS[scalar.name]
    scalar.coerce_output_value = _write


def _write(value: Any) -> Any:
    return stamp_seconds(value) if isinstance(value, datetime) else str(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f"Could not coerce value {str(value)[:80]} to String")
    return value


def _instant(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(_text(value))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as exc:
        raise GraphQLError(f"'{str(value)[:80]}' is not a valid DateTime") from exc


def _sha(value: Any) -> str:
    if not _SHA.match(_text(value)):
        raise GraphQLError(f"'{str(value)[:80]}' is not a valid Git object id")
    return _text(value).lower()


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(_text(value), validate=True)
    except (binascii.Error, ValueError) as exc:
        raise GraphQLError("Could not coerce value to Base64String") from exc


_READERS = {
    "DateTime": _instant,
    "GitTimestamp": _instant,
    "GitObjectID": _sha,
    "Base64String": _bytes,
    "URI": _text,
    "HTML": _text,
    "GitSSHRemote": _text,
    "BigInt": _text,
}

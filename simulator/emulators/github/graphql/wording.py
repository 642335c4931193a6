"""GitHub's words for documents that do not fit the schema, where the library's are others.

Source: answers of https://api.github.com/graphql, which come from graphql-ruby.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode, print_ast

_ARGUMENT = re.compile(r"Unknown argument '(?P<argument>\w+)' on field '(?P<type>\w+)\.(?P<field>\w+)'")
_FIELD = re.compile(r"Cannot query field '(?P<field>\w+)' on type '(?P<type>\w+)'")
_TYPE = re.compile(r"Unknown type '(?P<type>\w+)'")
_REQUIRED = re.compile(
    r"Argument '(?:\w+\.)*(?P<field>\w+)\((?P<argument>\w+):\)' of type"
    r"|Field '(?P<field2>\w+)' argument '(?P<argument2>\w+)' of type"
)
_UNUSED = re.compile(r"Variable '\$(?P<name>\w+)' is never used(?: in operation '(?P<operation>\w+)')?")
_UNDEFINED = re.compile(r"Variable '\$(?P<name>\w+)' is not defined")
_LEAF = re.compile(r"Field '(?P<field>\w+)' of type '(?P<type>[\w!\[\]]+)' must have a selection of subfields")
_VALUE = re.compile(r"Variable '\$(?P<name>\w+)' has invalid value(?: at [^:]*)?: (?P<why>.*)", re.DOTALL)
_FRAGMENT = re.compile(r"Unknown fragment '(?P<name>\w+)'")

Words = tuple[str, dict[str, Any]]


def _no_field(found: Mapping[str, str]) -> Words:
    message = f"Field '{found['field']}' doesn't exist on type '{found['type']}'"
    return message, {"code": "undefinedField", "typeName": found["type"], "fieldName": found["field"]}


def _no_argument(found: Mapping[str, str]) -> Words:
    message = f"Field '{found['field']}' doesn't accept argument '{found['argument']}'"
    extensions = {"code": "argumentNotAccepted", "name": found["field"], "typeName": "Field"}
    return message, {**extensions, "argumentName": found["argument"]}


def _no_type(found: Mapping[str, str]) -> Words:
    name = found["type"]
    return f"No such type {name}, so it can't be a fragment condition", {"code": "undefinedType", "typeName": name}


def _required(found: Mapping[str, str]) -> Words:
    field, argument = found["field"] or found["field2"], found["argument"] or found["argument2"]
    message = f"Field '{field}' is missing required arguments: {argument}"
    extensions = {"code": "missingRequiredArguments", "className": "Field", "name": field, "arguments": argument}
    return message, extensions


def _unused(found: Mapping[str, str]) -> Words:
    message = f"Variable ${found['name']} is declared by {found['operation'] or 'anonymous query'} but not used"
    return message, {"code": "variableNotUsed", "variableName": found["name"]}


def _undefined(found: Mapping[str, str]) -> Words:
    message = f"Variable ${found['name']} is used but not declared"
    return message, {"code": "variableNotDefined", "variableName": found["name"]}


def _no_selection(found: Mapping[str, str]) -> Words:
    kind = found["type"].strip("[]!")
    message = (
        f"Field must have selections (field '{found['field']}' returns {kind} but has no selections. "
        f"Did you mean '{found['field']} {{ ... }}'?)"
    )
    return message, {"code": "selectionMismatch", "nodeName": f"field '{found['field']}'", "typeName": kind}


def _no_fragment(found: Mapping[str, str]) -> Words:
    message = f"Fragment {found['name']} was used, but not defined"
    return message, {"code": "useAndDefineFragment", "fragmentName": found["name"]}


_WORDS: tuple[tuple[re.Pattern[str], Callable[[Mapping[str, str]], Words]], ...] = (
    (_FIELD, _no_field),
    (_ARGUMENT, _no_argument),
    (_TYPE, _no_type),
    (_REQUIRED, _required),
    (_UNUSED, _unused),
    (_UNDEFINED, _undefined),
    (_LEAF, _no_selection),
    (_FRAGMENT, _no_fragment),
)


def validation_entry(error: GraphQLError) -> dict[str, Any]:
    """The entry of `errors[]` for what validation found."""
    message = error.message
    extensions: dict[str, Any] = {}
    for pattern, words in _WORDS:
        found = pattern.match(error.message)
        if found:
            message, extensions = words(found.groupdict())
            break
    entry: dict[str, Any] = {"message": message, "locations": locations_of(error)}
    return {**entry, "extensions": extensions} if extensions else entry


def variable_entry(error: GraphQLError, operation: OperationDefinitionNode) -> dict[str, Any]:
    """The entry of `errors[]` for variables that do not fit their types."""
    entry: dict[str, Any] = {"message": error.message, "locations": locations_of(error)}
    found = _VALUE.match(error.message)
    definitions = {each.variable.name.value: each for each in operation.variable_definitions or ()}
    if found is None or found["name"] not in definitions:
        return entry
    kind = print_ast(definitions[found["name"]].type)
    problems: list[dict[str, Any]] = [{"path": [], "explanation": found["why"]}]
    message = f"Variable ${found['name']} of type {kind} was provided invalid value"
    return {**entry, "message": message, "extensions": {"problems": problems}}


def locations_of(error: GraphQLError) -> list[dict[str, int]]:
    """Where in the document an error is."""
    return [{"line": each.line, "column": each.column} for each in error.locations or ()]

"""What is written below the fields of a part: its description for editors and for the reference.

Read from the source when somebody asks for it. pydantic's own way reads and parses the source of each class whenever the
program starts, which took a second.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

_Words = Mapping[str, str]


def field_words(kind: type[Any]) -> _Words:
    """Field → the text below it, of a class and of what it is derived from."""
    words: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        words |= _in_module(each.__module__).get(each.__qualname__, {})
    return words


class DescribedJsonSchema(GenerateJsonSchema):
    """JSON Schema with these descriptions."""

    def model_schema(self, schema: Any) -> JsonSchemaValue:  # Any: pydantic's own core schema
        """The schema of one part."""
        made = super().model_schema(schema)
        properties = made.get("properties", {})
        for name, words in field_words(schema["cls"]).items():
            if name in properties:
                properties[name]["description"] = words
        return made


@cache
def _in_module(name: str) -> Mapping[str, _Words]:
    module = sys.modules.get(name)
    if module is None or not name.startswith("simulator."):
        return {}
    tree = ast.parse(inspect.getsource(module))
    return {node.name: _in_class(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _in_class(node: ast.ClassDef) -> _Words:
    found = {}
    for statement, following in zip(node.body, node.body[1:], strict=False):
        text = following.value if isinstance(following, ast.Expr) else None
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(text, ast.Constant)
            and isinstance(text.value, str)
        ):
            found[statement.target.id] = inspect.cleandoc(text.value)
    return found

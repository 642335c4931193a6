"""Whether an address is that of an operation that we have, but for a value that no thing can have: `/issues/-1`, `/issues/x`."""

from __future__ import annotations

import re

from flask import Flask

_PLACEHOLDER = re.compile(r"<(?:([^:<>]+):)?[^<>]+>")
_SHAPES = "emulators.shapes"


def is_shape_of_a_rule(app: Flask, method: str, path: str) -> bool:
    """Whether some rule of the app would take the address if its numbers could be any text, its names be empty."""
    shapes: dict[str, list[re.Pattern[str]]] | None = app.extensions.get(_SHAPES)
    if shapes is None:  # the rules are complete when the first request comes
        shapes = app.extensions[_SHAPES] = _shapes_of(app)
    return any(shape.fullmatch(path) for shape in shapes.get(method, ()))


def _shapes_of(app: Flask) -> dict[str, list[re.Pattern[str]]]:
    found: dict[str, list[re.Pattern[str]]] = {}
    for rule in app.url_map.iter_rules():
        shape = _shape_of(app, rule.rule)
        for method in rule.methods or ():
            found.setdefault(method, []).append(shape)
    return found


def _shape_of(app: Flask, rule: str) -> re.Pattern[str]:
    written, end = [], 0
    for placeholder in _PLACEHOLDER.finditer(rule):
        written += [re.escape(rule[end : placeholder.start()]), _values_of(app, placeholder[1])]
        end = placeholder.end()
    return re.compile("".join([*written, re.escape(rule[end:])]), re.DOTALL)


def _values_of(app: Flask, converter: str | None) -> str:
    if converter is None or converter == "int":
        return "[^/]*"
    name, _, words = converter.partition("(")
    if name == "any":
        return "(?:" + "|".join(re.escape(word.strip(" '\"")) for word in words[:-1].split(",")) + ")"
    return ".*" if name == "path" else app.url_map.converters[name].regex

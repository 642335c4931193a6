"""Attributes of the nodes and marks of a document: which there are, what they hold, which must be there.

Source: the JSON schema that Atlassian publishes, https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/#json-schema
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

DEEPEST_VALUE = 30
"""Lists and objects within one another in an attribute that can hold anything."""

Test = Callable[[Any], bool]  # Any: a JSON value


@dataclass(frozen=True, slots=True)
class Shape:
    """What `attrs` can be; every node may also have a `localId`."""

    known: Mapping[str, Test] = field(default_factory=dict)
    required: frozenset[str] = frozenset()

    def fits(self, attrs: Mapping[str, Any]) -> bool:
        """Whether attributes are all known, of their types, and complete."""
        return self.required <= attrs.keys() and all(
            self.known.get(name, _of_every_node(name))(value) for name, value in attrs.items()
        )


def _string(value: Any) -> bool:
    return isinstance(value, str)


def _filled(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _any(value: Any, levels: int = DEEPEST_VALUE) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_any(one, levels - 1) for one in inner)


def _never(_value: Any) -> bool:
    return False


def _object(value: Any) -> bool:
    return isinstance(value, dict) and _any(value)


def _numbers(value: Any) -> bool:
    return isinstance(value, list) and all(_number(one) for one in value)


def _day(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.lstrip("-").isdecimal()


def _within(least: float, most: float) -> Test:
    return lambda value: _number(value) and least <= value <= most


def _level(value: Any) -> bool:
    return type(value) is int and 1 <= value <= 6


def _like(pattern: str) -> Test:
    known = re.compile(pattern)
    return lambda value: isinstance(value, str) and bool(known.fullmatch(value))


def _one_of(*known: str) -> Test:
    return lambda value: isinstance(value, str) and value in known


def _of_every_node(name: str) -> Test:
    return _string if name == "localId" else _never


def _shape(*required: str, **known: Test) -> Shape:
    return Shape(known, frozenset(required))


_COLOR = _like("#[0-9a-fA-F]{6}")
_LAYOUT = _one_of("wide", "full-width", "center", "wrap-right", "wrap-left", "align-end", "align-start")
_VALIGN = _one_of("top", "middle", "bottom")
_CELL = _shape(colspan=_number, rowspan=_number, colwidth=_numbers, background=_string, valign=_VALIGN)
_BY_URL = _shape("url", url=_string)
_BY_DATA = _shape("data", data=_any)
_SOURCED = _shape("datasource", url=_string, datasource=_object, width=_number, layout=_LAYOUT)
_SIZED = {"alt": _string, "width": _number, "height": _number}
_STORED = _SIZED | {"id": _filled, "collection": _string, "occurrenceKey": _filled}
_KEYED = {"extensionKey": _filled, "extensionType": _filled, "parameters": _any, "text": _string}
_EXTENSION = _shape("extensionKey", "extensionType", **_KEYED, layout=_one_of("wide", "full-width", "default"))
_EXPAND = _shape(title=_string)

OF_NODES: dict[str, tuple[Shape, ...]] = {
    "heading": (_shape("level", level=_level),),
    "codeBlock": (_shape(language=_string, uniqueId=_string, wrap=_flag, hideLineNumbers=_flag),),
    "orderedList": (_shape(order=_within(0, 2**31)),),
    "taskList": (_shape("localId"),),
    "taskItem": (_shape("localId", "state", state=_one_of("TODO", "DONE")),),
    "decisionList": (_shape("localId"),),
    "decisionItem": (_shape("localId", "state", state=_string),),
    "table": (
        _shape(
            displayMode=_one_of("default", "fixed"),
            isNumberColumnEnabled=_flag,
            layout=_one_of("wide", "full-width", "center", "align-end", "align-start", "default"),
            width=_number,
        ),
    ),
    "tableCell": (_CELL,),
    "tableHeader": (_CELL,),
    "panel": (
        _shape(
            "panelType",
            panelType=_one_of("info", "note", "tip", "warning", "error", "success", "custom"),
            panelIcon=_string,
            panelIconId=_string,
            panelIconText=_string,
            panelColor=_string,
        ),
    ),
    "expand": (_EXPAND,),
    "nestedExpand": (_EXPAND,),
    "layoutColumn": (_shape("width", width=_within(0, 100), valign=_VALIGN),),
    "mediaSingle": (_shape("layout", layout=_LAYOUT, width=_number, widthType=_one_of("percentage", "pixel")),),
    "media": (
        _shape("type", "id", "collection", **_STORED, type=_one_of("file", "link")),
        _shape("type", "url", **_SIZED, type=_one_of("external"), url=_string),
    ),
    "mediaInline": (_shape("id", "collection", **_STORED, type=_one_of("file", "link", "image"), data=_any),),
    "mention": (
        _shape("id", id=_filled, text=_string, accessLevel=_string, userType=_one_of("DEFAULT", "SPECIAL", "APP")),
    ),
    "emoji": (_shape("shortName", shortName=_filled, id=_string, text=_string),),
    "date": (_shape("timestamp", timestamp=_day),),
    "status": (
        _shape(
            "text", "color", text=_filled, color=_like("neutral|purple|blue|red|yellow|green|#[0-9a-fA-F]{6}"), style=_string
        ),
    ),
    "inlineCard": (_BY_URL, _BY_DATA),
    "blockCard": (_BY_URL, _BY_DATA, _SOURCED),
    "embedCard": (
        _shape(
            "url", "layout",
            url=_string, layout=_LAYOUT, width=_within(0, 100), originalHeight=_number, originalWidth=_number,
        ),
    ),
    "extension": (_EXTENSION,),
    "bodiedExtension": (_EXTENSION,),
    "inlineExtension": (_shape("extensionKey", "extensionType", **_KEYED),),
    "hardBreak": (_shape(text=_one_of("\n")),),
}  # fmt: skip
"""The shapes that a node's attributes can have, any of them; a node that is missing has none of its own."""

OF_MARKS: dict[str, Shape] = {
    "link": _shape("href", href=_string, title=_string, id=_string, collection=_string, occurrenceKey=_string),
    "strong": Shape(),
    "em": Shape(),
    "strike": Shape(),
    "underline": Shape(),
    "code": Shape(),
    "subsup": _shape("type", type=_one_of("sub", "sup")),
    "textColor": _shape("color", color=_COLOR),
    "backgroundColor": _shape("color", color=_COLOR),
    "alignment": _shape("align", align=_one_of("center", "end")),
    "indentation": _shape("level", level=_level),
    "breakout": _shape("mode", mode=_one_of("wide", "full-width"), width=_number),
    "border": _shape("size", "color", size=_within(1, 3), color=_like("#[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?")),
    "fontSize": _shape("fontSize", fontSize=_one_of("small")),
}
"""The marks and their attributes."""

_NO_ATTRIBUTES = (Shape(),)


def attributes_fit(node: str, attrs: Mapping[str, Any]) -> bool:
    """Whether a node of that type can have these attributes."""
    return any(shape.fits(attrs) for shape in OF_NODES.get(node, _NO_ATTRIBUTES))


def mark_fits(mark: str, attrs: Mapping[str, Any]) -> bool:
    """Whether there is such a mark with these attributes."""
    return mark in OF_MARKS and "localId" not in attrs and OF_MARKS[mark].fits(attrs)

"""Which documents are documents: the nodes and marks of the Atlassian Document Format, what may stand in what, how deep.

Refuses what Jira's own schema refuses, so that nothing unknown is ever kept or shown.
https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

DEEPEST = 64
"""Nodes within nodes; the editor makes a dozen."""

_INLINE = frozenset(
    {"text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard", "mediaInline", "inlineExtension"}
)
_LISTS = frozenset({"bulletList", "orderedList"})
_MEDIA = frozenset({"mediaSingle", "mediaGroup"})
_CARDS = frozenset({"blockCard", "embedCard"})
_COMMON = _LISTS | _MEDIA | {"paragraph", "heading", "codeBlock", "taskList", "decisionList", "rule", "blockCard"}
_BLOCKS = _COMMON | _CARDS | {"blockquote", "panel", "table", "extension"}
_CELL = _COMMON | _CARDS | {"panel", "blockquote", "nestedExpand"}

CHILDREN: dict[str, frozenset[str]] = {
    "doc": _BLOCKS | {"expand", "layoutSection", "bodiedExtension"},
    "paragraph": _INLINE,
    "heading": _INLINE,
    "codeBlock": frozenset({"text"}),
    "blockquote": _LISTS | _MEDIA | {"paragraph", "codeBlock"},
    "bulletList": frozenset({"listItem"}),
    "orderedList": frozenset({"listItem"}),
    "listItem": _LISTS | _MEDIA | {"paragraph", "codeBlock", "taskList"},
    "taskList": frozenset({"taskItem", "taskList"}),
    "taskItem": _INLINE,
    "decisionList": frozenset({"decisionItem"}),
    "decisionItem": _INLINE,
    "table": frozenset({"tableRow"}),
    "tableRow": frozenset({"tableCell", "tableHeader"}),
    "tableCell": _CELL,
    "tableHeader": _CELL,
    "panel": _COMMON,
    "expand": _BLOCKS | {"nestedExpand"},
    "nestedExpand": _COMMON | {"panel", "blockquote"},
    "mediaSingle": frozenset({"media", "caption"}),
    "mediaGroup": frozenset({"media"}),
    "caption": _INLINE,
    "bodiedExtension": _BLOCKS,
    "layoutSection": frozenset({"layoutColumn"}),
    "layoutColumn": _BLOCKS | {"expand"},
    **dict.fromkeys(
        (
            "text",
            "hardBreak",
            "mention",
            "emoji",
            "date",
            "status",
            "inlineCard",
            "mediaInline",
            "inlineExtension",
            "extension",
            "media",
            "rule",
            "blockCard",
            "embedCard",
        ),
        frozenset(),
    ),
}
"""What may stand directly in a node, by its type; a type that is missing is none."""

MARKS = frozenset(
    {
        "link",
        "strong",
        "em",
        "strike",
        "underline",
        "code",
        "subsup",
        "textColor",
        "backgroundColor",
        "alignment",
        "indentation",
        "border",
        "breakout",
    }
)

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_STATUS_COLORS = {"neutral", "purple", "blue", "red", "yellow", "green"}
_PANELS = {"info", "note", "tip", "warning", "error", "success", "custom"}

Check = Callable[[Mapping[str, Any]], bool]  # Any: JSON values


def _text(name: str) -> Check:
    return lambda attrs: isinstance(attrs.get(name), str) and bool(attrs[name])


def _one_of(name: str, known: set[Any]) -> Check:
    return lambda attrs: isinstance(attrs.get(name), str | int) and attrs[name] in known


def _card(attrs: Mapping[str, Any]) -> bool:
    return isinstance(attrs.get("url"), str) or isinstance(attrs.get("data"), dict)


def _media(attrs: Mapping[str, Any]) -> bool:
    if attrs.get("type") == "external":
        return isinstance(attrs.get("url"), str)
    return attrs.get("type") in {"file", "link"} and isinstance(attrs.get("id"), str) and bool(attrs["id"])


def _extension(attrs: Mapping[str, Any]) -> bool:
    return _text("extensionKey")(attrs) and _text("extensionType")(attrs)


_ATTRS: dict[str, Check] = {
    "mention": _text("id"),
    "emoji": _text("shortName"),
    "date": lambda attrs: str(attrs.get("timestamp", "")).lstrip("-").isdecimal(),
    "status": lambda attrs: _text("text")(attrs) and _one_of("color", _STATUS_COLORS)(attrs),
    "heading": lambda attrs: type(attrs.get("level")) is int and attrs["level"] in range(1, 7),
    "taskItem": _one_of("state", {"TODO", "DONE"}),
    "panel": _one_of("panelType", _PANELS),
    "inlineCard": _card,
    "blockCard": _card,
    "embedCard": _text("url"),
    "media": _media,
    "mediaInline": _text("id"),
    **dict.fromkeys(("extension", "inlineExtension", "bodiedExtension"), _extension),
}
_MARK_ATTRS: dict[str, Check] = {
    "link": lambda attrs: isinstance(attrs.get("href"), str),
    "subsup": _one_of("type", {"sub", "sup"}),
    "textColor": lambda attrs: isinstance(attrs.get("color"), str) and bool(_COLOR.fullmatch(attrs["color"])),
    "backgroundColor": lambda attrs: isinstance(attrs.get("color"), str) and bool(_COLOR.fullmatch(attrs["color"])),
}


def is_document(value: object) -> bool:
    """Whether a value is a document that the editor could have made, no deeper than DEEPEST."""
    return isinstance(value, Mapping) and value.get("version") == 1 and is_node(value, "doc")


def is_node(value: object, kind: str | None = None, *, depth: int = 0) -> bool:
    """Whether a value is a node, of that type when one is given, with all within it in its place."""
    if not isinstance(value, Mapping) or depth > DEEPEST:
        return False
    own = value.get("type")
    if not isinstance(own, str) or own not in CHILDREN or kind not in (None, own):
        return False
    content, marks, attrs = value.get("content", []), value.get("marks", []), value.get("attrs", {})
    if not (isinstance(content, list) and isinstance(marks, list) and isinstance(attrs, Mapping)):
        return False
    if own == "text" and not (isinstance(value.get("text"), str) and value["text"]):
        return False
    if own in _ATTRS and not _ATTRS[own](attrs):
        return False
    allowed = CHILDREN[own]
    return _are_marks(marks) and all(
        isinstance(inner, Mapping) and inner.get("type") in allowed and is_node(inner, depth=depth + 1)
        for inner in content
    )


def _are_marks(marks: list[object]) -> bool:
    """Whether marks are known and may stand together: code with a link at most."""
    if not all(_is_mark(mark) for mark in marks):
        return False
    kinds = {mark["type"] for mark in marks if isinstance(mark, Mapping)}
    return "code" not in kinds or kinds <= {"code", "link"}


def _is_mark(value: object) -> bool:
    if not isinstance(value, Mapping) or not isinstance(value.get("type"), str) or value["type"] not in MARKS:
        return False
    attrs = value.get("attrs", {})
    check = _MARK_ATTRS.get(value["type"])
    return isinstance(attrs, Mapping) and (check is None or check(attrs))

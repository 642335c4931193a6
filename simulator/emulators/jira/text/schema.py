"""Which documents are documents: the nodes and marks of the Atlassian Document Format, what may stand in what, how deep.

Refuses what Jira's own schema refuses, so that nothing unknown is ever kept or shown.
https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.emulators.jira.text.attributes import OF_NODES, attributes_fit, mark_fits

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
_CELL = _COMMON | _CARDS | {"panel", "blockquote", "nestedExpand", "extension"}

CHILDREN: dict[str, frozenset[str]] = {
    "doc": _BLOCKS | {"expand", "layoutSection", "bodiedExtension"},
    "paragraph": _INLINE,
    "heading": _INLINE,
    "codeBlock": frozenset({"text"}),
    "blockquote": _LISTS | _MEDIA | {"paragraph", "codeBlock", "extension"},
    "bulletList": frozenset({"listItem"}),
    "orderedList": frozenset({"listItem"}),
    "listItem": _LISTS | {"mediaSingle", "paragraph", "codeBlock", "taskList", "extension"},
    "taskList": frozenset({"taskItem", "taskList"}),
    "taskItem": _INLINE,
    "decisionList": frozenset({"decisionItem"}),
    "decisionItem": _INLINE,
    "table": frozenset({"tableRow"}),
    "tableRow": frozenset({"tableCell", "tableHeader"}),
    "tableCell": _CELL,
    "tableHeader": _CELL,
    "panel": _COMMON | {"extension"},
    "expand": _BLOCKS | {"nestedExpand"},
    "nestedExpand": (_COMMON - _CARDS) | {"panel", "blockquote", "extension"},
    "mediaSingle": frozenset({"media", "caption"}),
    "mediaGroup": frozenset({"media"}),
    "caption": _INLINE - {"mediaInline", "inlineExtension"},
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

_MAY_BE_EMPTY = {"doc", "paragraph", "heading", "codeBlock", "taskItem", "decisionItem", "caption", "tableRow"}
_MEDIA_MARKS = frozenset({"link", "border"})
_ALIGNED = frozenset({"alignment", "indentation", "fontSize"})
_MARKS: dict[str, frozenset[str]] = {
    "text": frozenset(
        {"link", "strong", "em", "strike", "underline", "code", "subsup", "textColor", "backgroundColor"}
    ),
    "paragraph": _ALIGNED,
    "heading": _ALIGNED - {"fontSize"},
    "codeBlock": frozenset({"breakout"}),
    "expand": frozenset({"breakout"}),
    "layoutSection": frozenset({"breakout"}),
    "media": _MEDIA_MARKS,
    "mediaInline": _MEDIA_MARKS,
    "mediaSingle": frozenset({"link"}),
}
_PLAIN = frozenset({"alignment", "indentation", "breakout"})
_UNMARKED: dict[str, frozenset[str]] = {
    "codeBlock": _MARKS["text"],
    **dict.fromkeys(("tableCell", "tableHeader", "layoutColumn"), frozenset({"breakout"})),
    **dict.fromkeys(("blockquote", "listItem", "panel", "expand", "nestedExpand", "bodiedExtension"), _PLAIN),
}
"""Marks that what stands directly in such a node does not have."""
_KEYS = {"doc": {"type", "version", "content"}, "text": {"type", "text", "marks"}}


def is_document(value: object) -> bool:
    """Whether a value is a document that the editor could have made, no deeper than DEEPEST."""
    if not isinstance(value, Mapping) or isinstance(value.get("version"), bool):
        return False
    return value.get("version") == 1 and "content" in value and is_node(value, "doc")


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
    if not (_has_its_keys(own, value) and _are_marks(own, marks)):
        return False
    if ("attrs" in value or own in OF_NODES) and not _has_attributes(own, value, attrs):
        return False
    allowed = CHILDREN[own]
    inside = all(is_node(inner, depth=depth + 1) and inner["type"] in allowed for inner in content)
    return inside and _may_hold(own, content)


def _has_its_keys(kind: str, node: Mapping[str, Any]) -> bool:
    """Whether a node has no key that its type lacks, and text or content where it must."""
    if kind == "text":
        return node.keys() <= _KEYS[kind] and isinstance(node.get("text"), str) and node["text"] != ""
    if not node.keys() <= _KEYS.get(kind, {"type", "attrs", "marks", "content"}):
        return False
    if not CHILDREN[kind]:
        return not node.get("content")
    return bool(node.get("content")) or kind in _MAY_BE_EMPTY


def _may_hold(kind: str, content: list[dict[str, Any]]) -> bool:
    """Whether nodes, each of which may stand there, may do so together and as they are marked."""
    if kind == "mediaSingle":
        return [inner["type"] for inner in content] in (["media"], ["media", "caption"])
    if kind == "layoutSection":
        return len(content) in (2, 3)
    marks = {mark["type"] for inner in content for mark in inner.get("marks", ())} if kind in _UNMARKED else set()
    return not marks & _UNMARKED.get(kind, frozenset())


def _has_attributes(kind: str, node: Mapping[str, Any], attrs: Mapping[str, Any]) -> bool:
    if kind == "mediaSingle" and "attrs" not in node:  # the only one that may go without what it else must have
        return True
    return attributes_fit(kind, attrs)


def _are_marks(kind: str, marks: list[object]) -> bool:
    """Whether marks are known, of such a node, and may stand together: code with a link at most."""
    allowed = _MARKS.get(kind, frozenset())
    kinds = {mark["type"] for mark in marks if _is_mark(mark, allowed)}  # type: ignore[index]  # a mark is a mapping
    together = ("code" not in kinds or kinds <= {"code", "link"}) and not {"alignment", "indentation"} <= kinds
    return len(kinds) == len(marks) and together


def _is_mark(value: object, allowed: frozenset[str]) -> bool:
    if not isinstance(value, Mapping) or not value.keys() <= {"type", "attrs"}:
        return False
    kind, attrs = value.get("type"), value.get("attrs", {})
    return isinstance(kind, str) and kind in allowed and isinstance(attrs, Mapping) and mark_fits(kind, attrs)

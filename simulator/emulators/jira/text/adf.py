"""The Atlassian Document Format: what a document is made of, its plain words, its normal form.

https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

Node = dict[str, Any]
"""A node of a document: JSON values."""

MARK_ORDER = ("link", "textColor", "strong", "em", "strike", "underline", "subsup", "code")
"""Marks from the outermost to the innermost, as they are written."""

_WORD = re.compile(r"\w+")
_BREAKS = {
    "paragraph",
    "heading",
    "codeBlock",
    "listItem",
    "taskItem",
    "decisionItem",
    "hardBreak",
    "rule",
    "tableCell",
    "tableHeader",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DEFAULTS: dict[str, Node] = {
    "table": {"isNumberColumnEnabled": False, "layout": "default"},
    "tableCell": {"colspan": 1, "rowspan": 1},
    "tableHeader": {"colspan": 1, "rowspan": 1},
    "orderedList": {"order": 1},
    "mediaSingle": {"layout": "center"},
    "media": {"collection": ""},
}
_OF_THE_VIEWER = {"mention": {"text", "accessLevel", "userType"}}


def document(*blocks: Node) -> Node:
    """A document of these blocks."""
    return {"type": "doc", "version": 1, "content": list(blocks)}


def text_node(text: str, *marks: Node) -> Node:
    """A run of text with marks in the order of MARK_ORDER."""
    node: Node = {"type": "text", "text": text}
    if marks:
        node["marks"] = sorted(marks, key=mark_rank)
    return node


def mark_rank(mark: Node) -> int:
    """Where a mark stands in MARK_ORDER; unknown ones last."""
    kind = mark.get("type")
    return MARK_ORDER.index(kind) if kind in MARK_ORDER else len(MARK_ORDER)


def plain(node: Node) -> str:
    """The text of a document without its dress, one block a line."""
    pieces: list[str] = []
    _gather(node, pieces)
    return re.sub(r"\n{2,}", "\n", "".join(pieces)).strip("\n")


def _gather(node: Node, pieces: list[str]) -> None:
    kind = node["type"]
    if kind == "text":
        pieces.append(node["text"])
        return
    if "attrs" in node:
        pieces.append(_said(kind, node["attrs"]))
    for inner in node.get("content", ()):
        _gather(inner, pieces)
    if kind in _BREAKS:
        pieces.append("\n")


def _said(kind: str, attrs: Node) -> str:
    """What a node says by its attributes."""
    if kind == "date":
        return day_of(attrs)
    if kind in {"mention", "emoji", "status"}:
        return str(attrs.get("text") or attrs.get("shortName") or attrs.get("id") or "")
    if kind in {"inlineCard", "blockCard", "embedCard"}:
        return str(attrs.get("url", ""))
    return f"{attrs['title']}\n" if kind in {"expand", "nestedExpand"} and attrs.get("title") else ""


def day_of(attrs: Node) -> str:
    """The day of a date node, whose timestamp is in milliseconds; the timestamp itself when it is no day."""
    stamp = str(attrs.get("timestamp", ""))
    try:
        return (_EPOCH + timedelta(milliseconds=int(stamp))).date().isoformat()
    except (ValueError, OverflowError):
        return stamp


def words(text: str) -> str:
    """A text's words for search: folded, parted by single blanks, a blank at each end, so that ` word ` finds a word."""
    found = _WORD.findall(text.casefold())
    return f" {' '.join(found)} " if found else ""


def normal(nodes: list[Node]) -> list[Node]:
    """Inline nodes with marks in order and neighbours of the same marks joined: two equal texts compare equal."""
    joined: list[Node] = []
    for node in nodes:
        marks = sorted(node.get("marks", []), key=mark_rank)
        kept = {name: value for name, value in node.items() if name != "marks"} | ({"marks": marks} if marks else {})
        last = joined[-1] if joined else None
        if last and last["type"] == kept["type"] == "text" and last.get("marks", []) == marks:
            joined[-1] = {**last, "text": last["text"] + kept["text"]}
        else:
            joined.append(kept)
    return joined


def meaning(node: Node) -> Node:
    """A node without what means nothing: the editor's own ids, attributes at their defaults, empty lists, how a name is shown.

    Two documents that read alike everywhere have the same meaning.
    """
    kind = node["type"]
    attrs = {
        name: value
        for name, value in node.get("attrs", {}).items()
        if name not in ("localId", *_OF_THE_VIEWER.get(kind, ()))
        and _DEFAULTS.get(kind, {}).get(name, _DEFAULTS) != value
    }
    marks = sorted((_mark_meaning(mark) for mark in node.get("marks", [])), key=mark_rank)
    content = [meaning(inner) for inner in node.get("content", [])]
    if content and "text" in {inner["type"] for inner in content}:
        content = normal(content)
    kept = {"type": kind, "text": node.get("text"), "attrs": attrs, "marks": marks, "content": content}
    return {name: value for name, value in kept.items() if value}


def _mark_meaning(mark: Node) -> Node:
    return {"type": mark["type"], "attrs": mark["attrs"]} if mark.get("attrs") else {"type": mark["type"]}

"""The Atlassian Document Format: what a document is, its plain words, its normal form.

https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Node = dict[str, Any]
"""A node of a document: JSON values."""

MARK_ORDER = ("link", "strong", "em", "strike", "underline", "code")
"""Marks from the outermost to the innermost, as they are written."""

_WORD = re.compile(r"\w+")
_BREAKS = {"paragraph", "heading", "codeBlock", "listItem", "taskItem", "hardBreak", "rule", "tableCell", "tableHeader"}


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


def is_document(value: object) -> bool:
    """Whether a value is a well-formed document: each node an object with a type, each content a list, each text a string."""
    return (
        isinstance(value, Mapping)
        and value.get("type") == "doc"
        and value.get("version") == 1
        and isinstance(value.get("content"), list)
        and all(_is_node(block) for block in value["content"])
    )


def _is_node(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return False
    if value["type"] == "text" and not (isinstance(value.get("text"), str) and value["text"]):
        return False
    content, marks, attrs = value.get("content", []), value.get("marks", []), value.get("attrs", {})
    shapes = isinstance(content, list) and isinstance(marks, list) and isinstance(attrs, dict)
    return (
        shapes
        and _has_needed(value["type"], attrs)
        and all(isinstance(mark, dict) and isinstance(mark.get("type"), str) for mark in marks)
        and all(_is_node(inner) for inner in content)
    )


def _has_needed(kind: str, attrs: Node) -> bool:
    """Whether a node has the attributes that its kind cannot do without."""
    match kind:
        case "mention":
            return isinstance(attrs.get("id"), str) and bool(attrs["id"])
        case "heading":
            return attrs.get("level") in range(1, 7)
        case "taskItem":
            return attrs.get("state") in ("TODO", "DONE")
    return True


def plain(node: Node) -> str:
    """The text of a document without its dress, one block a line."""
    return re.sub(r"\n{2,}", "\n", "".join(_pieces(node))).strip("\n")


def _pieces(node: Node) -> Iterator[str]:
    kind = node["type"]
    attrs = node.get("attrs", {})
    if kind == "text":
        yield node["text"]
    elif kind in {"mention", "emoji", "status", "date"}:
        yield str(attrs.get("text") or attrs.get("shortName") or attrs.get("id") or "")
    elif kind in {"inlineCard", "blockCard", "embedCard"}:
        yield str(attrs.get("url", ""))
    for inner in node.get("content", []):
        yield from _pieces(inner)
    if kind in _BREAKS:
        yield "\n"


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

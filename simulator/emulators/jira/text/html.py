"""Documents as HTML for pages and `renderedFields`. Everything passes through nh3: nothing that was typed can act."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import nh3

from simulator.emulators.jira.text.adf import Node

_BLOCKS = {
    "paragraph": "p",
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
    "blockquote": "blockquote",
    "taskList": "ul",
    "table": "table",
    "tableRow": "tr",
    "tableCell": "td",
    "tableHeader": "th",
}
_MARKS = {"strong": "strong", "em": "em", "code": "code", "strike": "del", "underline": "u"}
_TAGS = {*_BLOCKS.values(), *_MARKS.values(), "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "br", "a", "span"}


def render(doc: Node) -> str:
    """Safe HTML of a document."""
    return nh3.clean(
        "".join(_html(block) for block in doc.get("content", [])),
        tags=_TAGS,
        attributes={"a": {"href"}, "code": {"class"}, "span": {"class"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )


def _html(node: Node) -> str:
    kind = node["type"]
    if kind == "text":
        return _marked(escape(node["text"]), node.get("marks", []))
    inner = "".join(_html(child) for child in node.get("content", []))
    if build := _OWN.get(kind):
        return build(node.get("attrs", {}), inner)
    tag = _BLOCKS.get(kind)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _heading(attrs: Node, inner: str) -> str:
    level = attrs.get("level") if attrs.get("level") in range(1, 7) else 1
    return f"<h{level}>{inner}</h{level}>"


def _code_block(attrs: Node, inner: str) -> str:
    return f'<pre><code class="language-{escape(str(attrs.get("language", "none")))}">{inner}</code></pre>'


def _task(attrs: Node, inner: str) -> str:
    return f"<li>{'☑' if attrs.get('state') == 'DONE' else '☐'} {inner}</li>"


def _mention(attrs: Node, _inner: str) -> str:
    return f'<span class="mention">{escape(str(attrs.get("text") or "@" + str(attrs.get("id", ""))))}</span>'


def _card(attrs: Node, _inner: str) -> str:
    url = escape(str(attrs.get("url", "")))
    return f'<a href="{url}">{url}</a>'


def _emoji(attrs: Node, _inner: str) -> str:
    return escape(str(attrs.get("text") or attrs.get("shortName") or ""))


_OWN: dict[str, Callable[[Node, str], str]] = {
    "hardBreak": lambda _attrs, _inner: "<br>",
    "rule": lambda _attrs, _inner: "<hr>",
    "heading": _heading,
    "codeBlock": _code_block,
    "taskItem": _task,
    "mention": _mention,
    "inlineCard": _card,
    "emoji": _emoji,
}


def _marked(text: str, marks: list[Node]) -> str:
    for mark in reversed(marks):
        if mark["type"] == "link":
            text = f'<a href="{escape(str(mark.get("attrs", {}).get("href", "")))}">{text}</a>'
        elif tag := _MARKS.get(mark["type"]):
            text = f"<{tag}>{text}</{tag}>"
    return text

"""Documents as HTML for pages and `renderedFields`. Everything passes through nh3: nothing that was typed can act."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import nh3

from simulator.emulators.jira.text.adf import Node, day_of

_BLOCKS = {
    "paragraph": "p",
    "bulletList": "ul",
    "listItem": "li",
    "blockquote": "blockquote",
    "taskList": "ul",
    "decisionList": "ul",
    "table": "table",
    "tableRow": "tr",
    "mediaSingle": "figure",
    "mediaGroup": "figure",
    "caption": "figcaption",
    "layoutSection": "div",
    "layoutColumn": "div",
}
_MARKS = {"strong": "strong", "em": "em", "code": "code", "strike": "del", "underline": "u"}
_TAGS = {
    *_BLOCKS.values(),
    *_MARKS.values(),
    *("h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "br", "a", "span", "sub", "sup", "font", "ol", "td", "th"),
    *("details", "summary", "time", "img"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "code": {"class"},
    "span": {"class"},
    "div": {"class"},
    "font": {"color"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
    "img": {"src", "alt", "width", "height"},
}
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def render(doc: Node) -> str:
    """Safe HTML of a document."""
    return nh3.clean(
        "".join(_html(block) for block in doc.get("content", [])),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
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


def _ordered(attrs: Node, inner: str) -> str:
    start = attrs.get("order", 1)
    return f'<ol start="{start}">{inner}</ol>' if type(start) is int and start != 1 else f"<ol>{inner}</ol>"


def _code_block(attrs: Node, inner: str) -> str:
    return f'<pre><code class="language-{escape(str(attrs.get("language", "none")))}">{inner}</code></pre>'


def _task(attrs: Node, inner: str) -> str:
    return f"<li>{'☑' if attrs.get('state') == 'DONE' else '☐'} {inner}</li>"


def _mention(attrs: Node, _inner: str) -> str:
    return f'<span class="mention">{escape(str(attrs.get("text") or "@" + str(attrs.get("id", ""))))}</span>'


def _status(attrs: Node, _inner: str) -> str:
    color = escape(str(attrs.get("color", "neutral")))
    return f'<span class="status status--{color}">{escape(str(attrs.get("text", "")))}</span>'


def _date(attrs: Node, _inner: str) -> str:
    day = escape(day_of(attrs))
    return f'<time datetime="{day}">{day}</time>'


def _card(attrs: Node, _inner: str) -> str:
    url = escape(str(attrs.get("url", "")))
    return f'<a href="{url}">{url}</a>'


def _media(attrs: Node, _inner: str) -> str:
    alt = escape(str(attrs.get("alt", "")))
    if attrs.get("type") != "external":
        return f'<span class="media">{alt or escape(str(attrs.get("id", "")))}</span>'
    size = "".join(f' {name}="{attrs[name]}"' for name in ("width", "height") if type(attrs.get(name)) is int)
    return f'<img src="{escape(str(attrs.get("url", "")))}" alt="{alt}"{size}>'


def _emoji(attrs: Node, _inner: str) -> str:
    return escape(str(attrs.get("text") or attrs.get("shortName") or ""))


def _panel(attrs: Node, inner: str) -> str:
    return f'<div class="panel panel--{escape(str(attrs.get("panelType", "info")))}">{inner}</div>'


def _expand(attrs: Node, inner: str) -> str:
    return f"<details><summary>{escape(str(attrs.get('title', '')))}</summary>{inner}</details>"


def _cell(tag: str) -> Callable[[Node, str], str]:
    def build(attrs: Node, inner: str) -> str:
        spans = "".join(f' {name}="{attrs[name]}"' for name in ("colspan", "rowspan") if _spans(attrs.get(name)))
        return f"<{tag}{spans}>{inner}</{tag}>"

    return build


def _spans(value: object) -> bool:
    return type(value) is int and 1 < value < 1000


_OWN: dict[str, Callable[[Node, str], str]] = {
    "hardBreak": lambda _attrs, _inner: "<br>",
    "rule": lambda _attrs, _inner: "<hr>",
    "heading": _heading,
    "orderedList": _ordered,
    "codeBlock": _code_block,
    "taskItem": _task,
    "decisionItem": lambda _attrs, inner: f"<li>⇒ {inner}</li>",
    "mention": _mention,
    "status": _status,
    "date": _date,
    "inlineCard": _card,
    "blockCard": _card,
    "embedCard": _card,
    "media": _media,
    "mediaInline": _media,
    "emoji": _emoji,
    "panel": _panel,
    "expand": _expand,
    "nestedExpand": _expand,
    "tableCell": _cell("td"),
    "tableHeader": _cell("th"),
}


def _marked(text: str, marks: list[Node]) -> str:
    for mark in reversed(marks):
        attrs = mark.get("attrs", {})
        if mark["type"] == "link":
            text = f'<a href="{escape(str(attrs.get("href", "")))}">{text}</a>'
        elif mark["type"] == "textColor" and _COLOR.fullmatch(str(attrs.get("color", ""))):
            text = f'<font color="{attrs["color"]}">{text}</font>'
        elif mark["type"] == "subsup":
            tag = "sub" if attrs.get("type") == "sub" else "sup"
            text = f"<{tag}>{text}</{tag}>"
        elif tag := _MARKS.get(mark["type"], ""):
            text = f"<{tag}>{text}</{tag}>"
    return text

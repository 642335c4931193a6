"""Markdown from people to HTML that is safe to show: no raw HTML goes in, and only known tags come out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_LONGEST = 50_000
_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_PARSER.render("Used *once*.")  # it sorts its rules at first use, and two threads may not do that at a time
_ADDRESS = re.compile(r"(https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]])")


def to_html(text: str | None, *, below: int = 1) -> Markup:
    """Markdown as safe HTML. Headings begin one level under `below`, so that the page keeps its single h1."""
    tokens = _PARSER.parse((text or "")[:_LONGEST])
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + below)}"
        if token.children:
            token.children = list(_with_links(token.children))
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
    return Markup(clean)  # noqa: S704 - cleaned just above


def _with_links(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens of a line, with its bare addresses made into links where they are not in one already."""
    inside = 0
    for token in tokens:
        inside += (token.type == "link_open") - (token.type == "link_close")
        if token.type != "text" or inside:
            yield token
            continue
        for n, part in enumerate(_ADDRESS.split(token.content)):
            text = Token("text", "", 0, content=part)
            if n % 2:
                yield Token("link_open", "a", 1, attrs={"href": part})
                yield text
                yield Token("link_close", "a", -1)
            elif part:
                yield text

"""Markdown as a page may show it: GitHub's flavour as far as it goes, what is left made harmless by nh3.

Headings begin at `h3`, below the page's own. Relative links and pictures lead into the repository.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import unescape
from urllib.parse import quote, unquote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from simulator.emulators.kit.pages import lowered_headings

LONGEST = 300_000
"""Characters of a text that are rendered; the rest is left out."""

Resolve = Callable[[str, str], str | None]
"""Gives the address for a relative target of a tag (`a`, `img`), None to leave it out."""

_BLOCKS = "p ul ol li blockquote pre hr table thead tbody tr th td details summary dl dt dd h3 h4 h5 h6 div"
_INLINES = "a code em strong del s b i u ins kbd sub sup br img span tt var samp q"
_TAGS = {*_BLOCKS.split(), *_INLINES.split()}
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", "width", "height"}, "ol": {"start"}}
_BARE_URL = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")
_REFERENCE = re.compile(r"(?<![\w/&#-])#[1-9][0-9]{0,8}\b|(?<![\w@/-])@[A-Za-z0-9][A-Za-z0-9-]{0,38}")
_TAG = re.compile(r"<[^>]*>")
_BOX = re.compile(r"\[([ xX])\] ")


def comment_html(text: str | None) -> Markup:
    """A comment or description: line ends count."""
    return _rendered(text or "", True)


def text_of(html: str) -> str:
    """The words of what one of these functions gave, without its marks."""
    return unescape(_TAG.sub("", html)).strip()


def plain_html(text: str, *, breaks: bool, addresses: Mapping[str, str] | None = None) -> Markup:
    """A text by itself, with its headings as they are; relative addresses lead nowhere and are left out.

    `addresses` says where words like `#12` and `@login` (in lower case) lead.
    """
    parsed = _parser(breaks, lower=False).render(text[:LONGEST], {"addresses": addresses or {}})
    return _clean(parsed, lambda _tag, _target: None, tags=_TAGS | {"h1", "h2"})


def document_html(text: str, resolve: Resolve) -> Markup:
    """A file of a repository."""
    return _clean(_parser(False).render(text[:LONGEST]), resolve)


def is_prose(path: str) -> bool:
    """Whether a file is Markdown, by its name."""
    return path.lower().endswith((".md", ".markdown"))


def into_repository(root: str, ref: str, folder: str) -> Resolve:
    """Relative targets as addresses below a repository's page `root`, seen from a folder at a ref."""

    def resolve(tag: str, target: str) -> str | None:
        parts = urlsplit(target)
        path = unquote(parts.path)
        inner = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
        if not path or inner.startswith(".."):
            return f"#{parts.fragment}" if parts.fragment and not path else None
        kind = "raw" if tag == "img" else "blob"
        address = f"{quote(root)}/{kind}/{quote(ref)}/{quote(inner)}"
        return f"{address}#{parts.fragment}" if parts.fragment else address

    return resolve


@lru_cache(maxsize=512)
def _rendered(text: str, breaks: bool) -> Markup:
    return _clean(_parser(breaks).render(text[:LONGEST]), lambda _tag, _target: None)


def _clean(html: str, resolve: Resolve, *, tags: set[str] = _TAGS) -> Markup:
    def attribute(tag: str, name: str, value: str) -> str | None:
        if name not in ("href", "src") or value.startswith("#"):
            return value
        if "\\" in value or value.startswith("//"):  # another host, without saying so
            return None
        try:
            return value if urlsplit(value).scheme else resolve(tag, value)
        except ValueError:  # a bracket that is no IPv6 address
            return None

    safe = nh3.clean(
        html,
        tags=tags,
        attributes=_ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return Markup(safe)  # noqa: S704 - nh3 has cleaned it


@lru_cache(maxsize=4)
def _parser(breaks: bool, *, lower: bool = True) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "breaks": breaks}).enable(["table", "strikethrough"])
    if lower:
        parser.core.ruler.push("lower_headings", _lower_headings)
    parser.core.ruler.push("bare_urls", _bare_urls)
    parser.core.ruler.push("references", _references)
    return parser


def _lower_headings(state: StateCore) -> None:
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    lowered = lowered_headings({token.tag for token in headings})
    for token in headings:
        token.tag = lowered[token.tag]


def _bare_urls(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = _with_links(token.children)


def _references(state: StateCore) -> None:
    addresses: Mapping[str, str] = state.env.get("addresses", {})
    for token in state.tokens if addresses else ():
        if token.type == "inline" and token.children:
            token.children = _with_references(token.children, addresses)


def _with_references(children: list[Token], addresses: Mapping[str, str]) -> list[Token]:
    made: list[Token] = []
    inside = 0
    for child in children:
        inside += (child.type == "link_open") - (child.type == "link_close")
        plain = child.type != "text" or inside
        made += [child] if plain else _linked(child, _REFERENCE, lambda word: addresses.get(word.lower()))
    return made


def _with_links(children: list[Token]) -> list[Token]:
    made: list[Token] = []
    inside = 0
    for place, child in enumerate(children):
        inside += (child.type == "link_open") - (child.type == "link_close")
        if child.type != "text" or inside:
            made.append(child)
            continue
        box = _BOX.match(child.content) if place == 0 else None
        if box:
            child.content = ("☐ " if box[1] == " " else "☑ ") + child.content[box.end() :]
        made += _linked(child, _BARE_URL, lambda address: address)
    return made


def _linked(text: Token, pattern: re.Pattern[str], address_of: Callable[[str], str | None]) -> list[Token]:
    made, end = [], 0
    for found in pattern.finditer(text.content):
        address = address_of(found[0])
        if address is None:
            continue
        link = Token("link_open", "a", 1, attrs={"href": address})
        made += [_text(text.content[end : found.start()]), link, _text(found[0]), Token("link_close", "a", -1)]
        end = found.end()
    return [*made, _text(text.content[end:])] if made else [text]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)

"""Jira's wiki notation within a line, read and written: emphasis, colour, code, links, mentions, line breaks.

https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all

What is written is read again and compared; when the simple form would mean something else, the strict form is taken: braces
around the signs of emphasis, a backslash before special characters. What the notation has no words for (a status, a date)
stands in an `{adf}` macro, as in Jira.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import orjson

from simulator.emulators.jira.text.adf import MARK_ORDER, Node, meaning, normal, text_node
from simulator.emulators.jira.text.schema import is_node

_SIGNS: dict[str, Node] = {
    "*": {"type": "strong"},
    "_": {"type": "em"},
    "-": {"type": "strike"},
    "+": {"type": "underline"},
    "~": {"type": "subsup", "attrs": {"type": "sub"}},
    "^": {"type": "subsup", "attrs": {"type": "sup"}},
}
_COLORS = {
    "black": "#000000",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "grey": "#808080",
    "white": "#ffffff",
    "maroon": "#800000",
    "red": "#ff0000",
    "purple": "#800080",
    "fuchsia": "#ff00ff",
    "green": "#008000",
    "lime": "#00ff00",
    "olive": "#808000",
    "yellow": "#ffff00",
    "navy": "#000080",
    "blue": "#0000ff",
    "teal": "#008080",
    "aqua": "#00ffff",
    "orange": "#ffa500",
}
"""The names of colours: https://www.w3.org/TR/CSS21/syndata.html#color-units"""
_SPECIAL = "*_-+{}[]|!?#^~"
LONGEST_SPAN = 2000
"""Characters within one pair of signs: what keeps a hostile line of signs cheap to read."""

LONGEST_SIMPLE_SPAN = 300
"""Characters within signs that a reader has to guess the end of; a longer span is written with braces."""

_TOKEN = re.compile(
    rf"""
      (?P<break>\\\\|\n)
    | \\(?P<escaped>[*_\-+{{}}\[\]|!?\#^~])
    | &\#(?P<entity>\d{{2,3}});
    | \{{\{{(?P<code>[^\n]{{1,{2 * LONGEST_SIMPLE_SPAN}}}?)\}}\}}(?!\}})
    | \{{adf:display=inline\}}(?P<adf>\{{[^\n]{{1,{LONGEST_SPAN}}}?\}})\{{adf\}}
    | \[~accountid:(?P<mention>[^\]\s]{{1,255}})\]
    | \[(?P<card>https?://[^\]\s|]{{1,{LONGEST_SPAN}}})\|(?P=card)\|smart-link\]
    | \[(?:(?P<label>(?:\\.|[^\]\[|\n\\]){{1,{LONGEST_SPAN}}})\|)?(?P<href>(?:https?://|mailto:|/|\#)[^\]\s|]{{0,{LONGEST_SPAN}}})\]
    | \{{color:(?P<color>\#(?:[0-9a-fA-F]{{3}}){{1,2}}|{"|".join(_COLORS)})\}}(?P<colored>[^\n]{{1,{LONGEST_SPAN}}}?)\{{color\}}
    | \{{(?P<strict>[*_\-+~^])\}}(?P<inside>[^\n]{{1,{LONGEST_SPAN}}}?)\{{(?P=strict)\}}
    | (?<![\w*_\-+~^\\{{])(?P<sign>[*_\-+~^])
      (?P<marked>(?=[^\s*_\-+~^])(?:[^\n\\]|\\.){{0,{LONGEST_SIMPLE_SPAN}}}?[^\s\\])
      (?P=sign)(?![\w*_\-+~^}}])
    """,
    re.VERBOSE,
)
_NOTABLE = re.compile(r"[\\\n&{\[*_\-+~^]")  # without one of these a text is nothing but text
_ENTITIES = {ord(char) for char in "&\\" + _SPECIAL}


def _hexadecimal(color: str) -> str:
    if len(color) == 4 and color.startswith("#"):
        return "#" + "".join(2 * digit for digit in color[1:])
    return _COLORS.get(color, color)


def read_inline(text: str) -> list[Node]:
    """The inline nodes that a line of wiki text means. A newline and a double backslash are hard breaks."""
    if not _NOTABLE.search(text):
        return [text_node(text)] if text else []
    return normal(list(_read(text, ())))


def _read(text: str, marks: tuple[Node, ...]) -> Iterator[Node]:
    position = 0
    for match in _TOKEN.finditer(text):
        if match.start() > position:
            yield text_node(text[position : match.start()], *marks)
        yield from _token(match, marks)
        position = match.end()
    if position < len(text):
        yield text_node(text[position:], *marks)


def _token(match: re.Match[str], marks: tuple[Node, ...]) -> Iterator[Node]:
    match match.lastgroup:
        case "break":
            yield {"type": "hardBreak"}
        case "mention":
            yield {"type": "mention", "attrs": {"id": match["mention"]}}
        case "card":
            yield {"type": "inlineCard", "attrs": {"url": match["card"]}}
        case "adf":
            yield _macro(match["adf"]) or text_node(match[0], *marks)
        case "escaped" | "entity" | "code":
            yield _written(match, marks)
        case _:
            yield from _within(*_marked(match), marks, match)


def _written(match: re.Match[str], marks: tuple[Node, ...]) -> Node:
    """A text that is not what it is written as."""
    if match["code"]:
        links = (mark for mark in marks if mark["type"] == "link")  # the only mark that may stand with this one
        return text_node(_plain_entities(match["code"]), *links, {"type": "code"})
    if match["escaped"]:
        return text_node(match["escaped"], *marks)
    code = int(match["entity"])
    return text_node(chr(code) if code in _ENTITIES else match[0], *marks)


def _marked(match: re.Match[str]) -> tuple[str, Node]:
    """A text under a mark, and the mark."""
    if match["href"] is not None:
        return match["label"] or "", {"type": "link", "attrs": {"href": match["href"]}}
    if match["color"]:
        return match["colored"], {"type": "textColor", "attrs": {"color": _hexadecimal(match["color"])}}
    if match["strict"]:
        return match["inside"], _SIGNS[match["strict"]]
    return match["marked"], _SIGNS[match["sign"]]


def _within(text: str, mark: Node, marks: tuple[Node, ...], match: re.Match[str]) -> Iterator[Node]:
    """A text under one more mark; under a second one of its kind it stays as typed."""
    if any(outer["type"] == mark["type"] for outer in marks):
        yield text_node(match[0], *marks)
    elif mark["type"] == "link" and not text:
        yield text_node(mark["attrs"]["href"], *marks, mark)
    else:
        yield from _read(text, (*marks, mark))


def read_json(text: str) -> object:
    """What stands in a macro; None when it is no JSON, or holds a NUL, which no database column takes."""
    try:
        return None if "\\u0000" in text else orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _macro(text: str) -> Node | None:
    node = read_json(text)
    inline = isinstance(node, dict) and node.get("type") in ("status", "date", "emoji", "mention", "mediaInline")
    return node if isinstance(node, dict) and inline and is_node(node) else None


def write_inline(nodes: list[Node], *, one_line: bool = False, strict: bool = False) -> str:
    """The wiki text of inline nodes; with `one_line` a hard break is a double backslash instead of a newline.

    `strict` takes the strict form where the simple one would do in a line of its own, as in a table's cell.
    """
    wanted = normal(nodes)
    if strict:
        return _write(wanted, strict=True, one_line=one_line)
    meant = [meaning(node) for node in wanted]
    simple = _write(wanted, strict=False, one_line=one_line)
    same = [meaning(node) for node in read_inline(simple)] == meant
    text = simple if same else _write(wanted, strict=True, one_line=one_line)
    if not one_line and "\n" in text and not all(line.strip() for line in text.split("\n")):
        return write_inline(nodes, one_line=True)  # an empty line would end the paragraph
    return text


def _write(nodes: list[Node], *, strict: bool, one_line: bool, outer: int = 0) -> str:
    if outer == len(MARK_ORDER):
        return "".join(_leaf(node, strict=strict, one_line=one_line) for node in nodes)
    kind = MARK_ORDER[outer]
    written = []
    for mark, run in groupby(nodes, key=lambda node: _mark(node, kind)):
        inner = list(run)
        if mark is not None and kind == "code":
            written.append("".join(_code(node.get("text", "")) for node in inner))
            continue
        text = _write(inner, strict=strict, one_line=one_line, outer=outer + 1)
        written.append(text if mark is None else _wrap(mark, text, strict=strict))
    return "".join(written)


def _mark(node: Node, kind: str) -> Node | None:
    return next((mark for mark in node.get("marks", []) if mark["type"] == kind), None)


def _wrap(mark: Node, text: str, *, strict: bool) -> str:
    attrs = mark.get("attrs", {})
    if mark["type"] == "link":
        href = str(attrs.get("href", ""))
        return f"[{href}]" if text == href else f"[{text}|{href}]"
    if mark["type"] == "textColor":
        return f"{{color:{attrs.get('color')}}}{text}{{color}}"
    sign = next(sign for sign, known in _SIGNS.items() if known["type"] == mark["type"] and _same(known, attrs))
    return f"{{{sign}}}{text}{{{sign}}}" if strict else f"{sign}{text}{sign}"


def _same(known: Node, attrs: Node) -> bool:
    return known["type"] != "subsup" or bool(known["attrs"] == {"type": attrs.get("type")})


def _leaf(node: Node, *, strict: bool, one_line: bool) -> str:
    attrs = node.get("attrs", {})
    match node["type"]:
        case "text":
            return _escape(node["text"]) if strict else node["text"]
        case "hardBreak":
            return "\\\\" if one_line else "\n"
        case "mention" if set(meaning(node)["attrs"]) == {"id"}:
            return f"[~accountid:{attrs['id']}]"
        case "inlineCard":
            return f"[{attrs.get('url', '')}|{attrs.get('url', '')}|smart-link]"
    return "{adf:display=inline}" + orjson.dumps(node).decode() + "{adf}"


def _escape(text: str) -> str:
    entities = text.replace("&#", "&#38;#").replace("\\", "&#92;")
    return re.sub(rf"[{re.escape(_SPECIAL)}]", lambda found: f"\\{found[0]}", entities).replace("&\\#", "&#")


def _code(text: str) -> str:
    return (
        "{{" + text.replace("&#", "&#38;#").replace("{", "&#123;").replace("}", "&#125;") + "}}"
        if _risky(text)
        else f"{{{{{text}}}}}"
    )


def _risky(text: str) -> bool:
    return "}}" in text or text.endswith("}") or text.startswith("{") or "&#" in text


def _plain_entities(text: str) -> str:
    return re.sub(r"&#(38|123|125);", lambda found: chr(int(found[1])), text)

"""Jira's wiki notation within a line, read and written: emphasis, code, links, mentions, line breaks.

https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all

What is written is read again and compared; when the simple form would mean something else, the strict form is taken: braces
around the signs of emphasis, a backslash before special characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from simulator.emulators.jira.text.adf import MARK_ORDER, Node, normal, text_node

_SIGNS = {"*": "strong", "_": "em", "-": "strike", "+": "underline"}
_SIGN_OF = {mark: sign for sign, mark in _SIGNS.items()}
_SPECIAL = "*_-+{}[]|!?#^~"
_TOKEN = re.compile(
    r"""
      (?P<break>\\\\|\n)
    | \\(?P<escaped>[*_\-+{}\[\]|!?\#^~])
    | &\#(?P<entity>\d{2,3});
    | \{\{(?P<code>[^\n]+?)\}\}(?!\})
    | \[~accountid:(?P<mention>[^\]\s]+)\]
    | \[(?:(?P<label>(?:\\.|[^\]\[|\n\\])+)\|)?(?P<href>(?:https?://|mailto:|/|\#)[^\]\s|]*)\]
    | \{(?P<strict>[*_\-+])\}(?P<inside>.+?)\{(?P=strict)\}
    | (?<![\w*_\-+\\{])(?P<sign>[*_\-+])(?P<marked>(?=[^\s*_\-+])(?:\\.|[^\n\\])*?[^\s\\])(?P=sign)(?![\w*_\-+}])
    """,
    re.VERBOSE,
)
_ENTITIES = {ord(char) for char in "&\\" + _SPECIAL}


def read_inline(text: str, *marks: Node) -> list[Node]:
    """The inline nodes that a line of wiki text means. A newline and a double backslash are hard breaks."""
    return normal(list(_read(text, marks)))


def _read(text: str, marks: tuple[Node, ...]) -> Iterator[Node]:
    position = 0
    for match in _TOKEN.finditer(text):
        nodes = list(_token(match, marks))
        if match.start() > position:
            yield text_node(text[position : match.start()], *marks)
        yield from nodes
        position = match.end()
    if position < len(text):
        yield text_node(text[position:], *marks)


def _token(match: re.Match[str], marks: tuple[Node, ...]) -> Iterator[Node]:
    kind = match.lastgroup
    if kind == "break":
        yield {"type": "hardBreak"}
    elif kind == "escaped":
        yield text_node(match["escaped"], *marks)
    elif kind == "entity":
        code = int(match["entity"])
        yield text_node(chr(code) if code in _ENTITIES else match[0], *marks)
    elif kind == "code":
        yield text_node(_plain_entities(match["code"]), *marks, {"type": "code"})
    elif kind == "mention":
        yield {"type": "mention", "attrs": {"id": match["mention"]}}
    elif kind == "href":
        link = {"type": "link", "attrs": {"href": match["href"]}}
        yield from (
            _read(match["label"] or match["href"], (*marks, link))
            if match["label"]
            else iter([text_node(match["href"], *marks, link)])
        )
    elif kind == "inside":
        yield from _read(match["inside"], (*marks, {"type": _SIGNS[match["strict"]]}))
    else:
        yield from _read(match["marked"], (*marks, {"type": _SIGNS[match["sign"]]}))


def write_inline(nodes: list[Node], *, one_line: bool = False) -> str:
    """The wiki text of inline nodes; with `one_line` a hard break is a double backslash instead of a newline."""
    wanted = normal(nodes)
    simple = _write(wanted, strict=False, one_line=one_line)
    text = simple if read_inline(simple) == _comparable(wanted) else _write(wanted, strict=True, one_line=one_line)
    if not one_line and "\n" in text and not all(line.strip() for line in text.split("\n")):
        return write_inline(nodes, one_line=True)  # an empty line would end the paragraph
    return text


def _comparable(nodes: list[Node]) -> list[Node]:
    return [{**node, "attrs": {"id": node["attrs"].get("id")}} if node["type"] == "mention" else node for node in nodes]


def _write(nodes: list[Node], *, strict: bool, one_line: bool, outer: int = 0) -> str:
    if outer == len(MARK_ORDER):
        return "".join(_leaf(node, strict=strict, one_line=one_line) for node in nodes)
    kind = MARK_ORDER[outer]
    written = []
    for mark, run in groupby(nodes, key=lambda node: _mark(node, kind)):
        inner = list(run)
        if mark is not None and kind == "code":
            written.append("".join(_code(node["text"]) for node in inner))
            continue
        text = _write(inner, strict=strict, one_line=one_line, outer=outer + 1)
        written.append(text if mark is None else _wrap(mark, text, strict=strict))
    return "".join(written)


def _mark(node: Node, kind: str) -> Node | None:
    return next((mark for mark in node.get("marks", []) if mark["type"] == kind), None)


def _wrap(mark: Node, text: str, *, strict: bool) -> str:
    if mark["type"] == "link":
        href = str(mark.get("attrs", {}).get("href", ""))
        return f"[{href}]" if text == href else f"[{text}|{href}]"
    sign = _SIGN_OF[mark["type"]]
    return f"{{{sign}}}{text}{{{sign}}}" if strict else f"{sign}{text}{sign}"


def _leaf(node: Node, *, strict: bool, one_line: bool) -> str:
    attrs = node.get("attrs", {})
    match node["type"]:
        case "text":
            return _escape(node["text"]) if strict else node["text"]
        case "hardBreak":
            return "\\\\" if one_line else "\n"
        case "mention":
            return f"[~accountid:{attrs.get('id', '')}]"
        case "inlineCard":
            return f"[{attrs.get('url', '')}]"
    return str(attrs.get("text") or attrs.get("shortName") or "")


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

"""Blocks of wiki text on their way in: lines become nodes. Each line is looked at a bounded number of times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.emulators.jira.text.adf import Node, text_node
from simulator.emulators.jira.text.schema import CHILDREN, is_node
from simulator.emulators.jira.text.wiki_inline import read_inline, read_json
from simulator.emulators.jira.text.wiki_lists import ITEM, TASK, read_list, read_tasks
from simulator.emulators.jira.text.wiki_macros import NAMES, Macro, macro_at, opened_within
from simulator.emulators.jira.text.wiki_tables import read_table

_HEADING = re.compile(r"h([1-6])\. (.*)")
_RULE = re.compile(r"-{4,}\s*")
_QUOTE = re.compile(r"bq\. (.*)")
_PICTURE = re.compile(r"!([^!|\s][^!|\n]{0,2000})(?:\|([^!\n]{0,500}))?!\s*")
_STARTS = (
    r"h[1-6]\. |bq\. |[*#-]+ |-{4,}\s*$|\||![^!\n]+!\s*$"
    rf"|\{{(?:{NAMES})(?::[^}}]*)?\}}"
)
BLOCK_START = re.compile(_STARTS)
_ESCAPED_START = re.compile(rf"\\(?={_STARTS})")
PANEL_COLORS = {
    "info": "#deebff",
    "note": "#eae6ff",
    "success": "#e3fcef",
    "warning": "#fffae6",
    "error": "#ffebe6",
}
"""The editor's panels by their background, as Jira writes them."""
_PANEL_MACROS = {"info": "info", "note": "note", "tip": "success", "warning": "warning"}
_PARAMETER = re.compile(r'(\w+)=("[^"]*"|[^,]*)')


def read_blocks(lines: list[str]) -> Iterator[Node]:
    """The blocks that lines mean. Two blank lines more than needed are an empty paragraph."""
    lines, at = list(lines), 0
    while at < len(lines):
        if lines[at].strip():
            block, at = _block(lines, at)
            yield block
            continue
        end = next((i for i in range(at, len(lines)) if lines[i].strip()), len(lines))
        yield from ({"type": "paragraph", "content": []} for _ in range((end - at - 1) // 2))
        at = end


def _block(lines: list[str], at: int) -> tuple[Node, int]:
    line = lines[at]
    if not BLOCK_START.match(line):
        return _paragraph_from(lines, at)
    macro = macro_at(lines, at)
    if macro and (block := _fenced(macro)):
        lines[macro.last] = macro.after
        return block, macro.last if macro.after else macro.last + 1
    if block := _one_line(line):
        return block, at + 1
    if TASK.fullmatch(line) or ITEM.fullmatch(line):
        end = _end_of_list(lines, at)
        return (read_tasks if TASK.fullmatch(line) else read_list)(lines[at:end]), end
    if line.startswith("|"):
        end = next((i for i in range(at, len(lines)) if not lines[i].startswith("|")), len(lines))
        if table := read_table(lines[at:end]):
            return table, end
    return _paragraph_from(lines, at)


def _paragraph_from(lines: list[str], at: int) -> tuple[Node, int]:
    end = at
    while end < len(lines) and lines[end].strip() and (end == at or not BLOCK_START.match(lines[end])):
        cut = opened_within(lines, end) if "{" in lines[end] else None
        if cut is not None:
            text, lines[end] = lines[end][:cut].rstrip(), lines[end][cut:]
            return paragraph([*lines[at:end], text]), end
        end += 1
    return paragraph(lines[at:end]), end


def _one_line(line: str) -> Node | None:
    if heading := _HEADING.fullmatch(line):
        return {"type": "heading", "attrs": {"level": int(heading[1])}, "content": read_inline(heading[2])}
    if _RULE.fullmatch(line):
        return {"type": "rule"}
    if quote := _QUOTE.fullmatch(line):
        return {"type": "blockquote", "content": [paragraph([quote[1]])]}
    picture = _PICTURE.fullmatch(line)
    return _picture(picture[1], picture[2] or "") if picture else None


def _picture(name: str, more: str) -> Node:
    attrs: Node = (
        {"type": "external", "url": name}
        if name.startswith(("http://", "https://"))
        else {"type": "file", "id": name, "collection": ""}
    )
    for key, value in _PARAMETER.findall(more):
        if key == "alt":
            attrs["alt"] = value.strip('"')
        elif key in ("width", "height") and value.isdecimal() and len(value) < 6:
            attrs[key] = int(value)
    media = {"type": "media", "attrs": attrs}
    return {"type": "mediaSingle", "attrs": {"layout": "center"}, "content": [media]}


def _end_of_list(lines: list[str], at: int) -> int:
    tasks, sign = bool(TASK.fullmatch(lines[at])), lines[at][0] == "#"
    end = at + 1
    while end < len(lines) and ITEM.fullmatch(lines[end]):
        if bool(TASK.fullmatch(lines[end])) != tasks or (lines[end][0] == "#") != sign:
            break
        end += 1
    return end


def _fenced(macro: Macro) -> Node | None:
    name, inside = macro.name, macro.inside
    if name == "quote":
        return _holding({"type": "blockquote"}, inside)
    if name == "adf":
        return _macro("\n".join(inside)) if macro.more == "display=block" else None
    if name in _PANEL_MACROS or name == "panel":
        color = macro.parameters.get("bgColor", "").lower()
        kind = next((kind for kind, known in PANEL_COLORS.items() if known == color), "info")
        attrs = {"panelType": _PANEL_MACROS.get(name, kind)}
        return _holding({"type": "panel", "attrs": attrs}, inside, title=macro.parameters.get("title", ""))
    node: Node = {"type": "codeBlock", "attrs": {"language": macro.language} if macro.language else {}}
    return node | {"content": [{"type": "text", "text": "\n".join(inside)}] if any(inside) else []}


def _holding(node: Node, inside: list[str], *, title: str = "") -> Node | None:
    """A block of blocks, with an empty paragraph where there are none; None when it cannot hold what is inside.

    The editor's panels have no title, so it becomes their first line.
    """
    head: list[Node] = []
    if title:
        head = [{"type": "paragraph", "content": [text_node(title, {"type": "strong"})]}]
    held = node | {"content": [*head, *read_blocks(inside)] or [{"type": "paragraph", "content": []}]}
    return held if is_node(held) else None


def _macro(text: str) -> Node | None:
    node = read_json(text)
    return node if isinstance(node, dict) and is_node(node) and node["type"] in CHILDREN["doc"] else None


def paragraph(lines: list[str]) -> Node:
    """A paragraph of lines."""
    text = "\n".join(_ESCAPED_START.sub("", line, count=1) if line.startswith("\\") else line for line in lines)
    return {"type": "paragraph", "content": read_inline(text)}

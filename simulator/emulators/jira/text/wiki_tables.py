"""Tables of wiki text: `||head||head||` and `|cell|cell|`, a row a line; read and written."""

from __future__ import annotations

import re

from simulator.emulators.jira.text.adf import Node
from simulator.emulators.jira.text.wiki_inline import read_inline, write_inline

_CELL = re.compile(
    r"(?P<bar>\|\|?)(?P<text>(?:\\.|\{\{[^\n|]{0,500}\}\}|\{adf:display=inline\}[^\n]{0,2000}?\{adf\}|\[[^\]\n]{0,2000}\]|[^|])*)"
)


def read_table(lines: list[str]) -> Node | None:
    """The table of such lines; None when one of them is no row."""
    rows = [_row(line.rstrip()) for line in lines]
    if not all(rows):
        return None
    return {"type": "table", "attrs": {"isNumberColumnEnabled": False, "layout": "default"}, "content": rows}


def _row(line: str) -> Node | None:
    if len(line) < 3 or not line.endswith("|"):
        return None
    bars = list(_CELL.finditer(line))
    if not bars or "".join(match[0] for match in bars) != line or bars.pop()["text"]:
        return None
    cells = [_cell(match["bar"] == "||", match["text"].strip()) for match in bars]
    return {"type": "tableRow", "content": cells} if cells else None


def _cell(head: bool, text: str) -> Node:
    content = [{"type": "paragraph", "content": read_inline(text)}]
    return {"type": "tableHeader" if head else "tableCell", "attrs": {}, "content": content}


def write_table(block: Node) -> str:
    """The lines of a table of simple cells."""
    return "\n".join(_line(row) for row in block.get("content", []))


def _line(row: Node) -> str:
    cells = row.get("content", [])
    bars = ["||" if cell["type"] == "tableHeader" else "|" for cell in cells]
    return "".join(f"{bar}{_text(cell)}" for bar, cell in zip(bars, cells, strict=True)) + (bars[-1] if bars else "")


def _text(cell: Node) -> str:
    return "\\\\".join(_line_of(inner.get("content", [])) for inner in cell.get("content", [])) or " "


def _line_of(nodes: list[Node]) -> str:
    return write_inline(nodes, one_line=True, strict=any("|" in node.get("text", "") for node in nodes))

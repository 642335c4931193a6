"""Blocks of a document on their way out as wiki text, each as naturally as it can be said; the reader decides whether it does."""

from __future__ import annotations

from collections.abc import Callable

import orjson

from simulator.emulators.jira.text.adf import Node, meaning
from simulator.emulators.jira.text.wiki_inline import write_inline
from simulator.emulators.jira.text.wiki_lists import write_list, write_tasks
from simulator.emulators.jira.text.wiki_macros import without_openings
from simulator.emulators.jira.text.wiki_read import BLOCK_START, PANEL_COLORS
from simulator.emulators.jira.text.wiki_tables import write_table


def write_block(block: Node) -> str:
    """The wiki text of a block."""
    write = _WRITERS.get(block["type"])
    return write(block) if write else adf_macro(block)


def adf_macro(block: Node) -> str:
    """A block as Jira writes what its notation lacks: the JSON itself, on one line."""
    return "{adf:display=block}\n" + orjson.dumps(block).decode() + "\n{adf}"


def _heading(block: Node) -> str:
    level = block.get("attrs", {}).get("level", 1)
    return f"h{level}. {write_inline(block.get('content', []), one_line=True)}"


def _paragraph(block: Node) -> str:
    text = without_openings(write_inline(block.get("content", [])))
    return "\n".join(f"\\{line}" if BLOCK_START.match(line) else line for line in text.split("\n"))


def _quote(block: Node) -> str:
    return "{quote}\n" + _inside(block) + "\n{quote}"


def _panel(block: Node) -> str:
    kind = block.get("attrs", {}).get("panelType")
    if kind not in PANEL_COLORS:
        return adf_macro(block)
    return f"{{panel:bgColor={PANEL_COLORS[kind]}}}\n{_inside(block)}\n{{panel}}"


def _inside(block: Node) -> str:
    return "\n\n".join(write_block(inner) for inner in block.get("content", []))


def _code(block: Node) -> str:
    text = "".join(node.get("text", "") for node in block.get("content", []))
    language = block.get("attrs", {}).get("language")
    name = "noformat" if "{code}" in text else "code"
    opening = f"{{{name}:{language}}}" if language else f"{{{name}}}"
    return f"{opening}\n{text}\n{{{name}}}"


def _picture(block: Node) -> str:
    content = block.get("content", [])
    attrs = meaning(content[0]).get("attrs", {}) if content else {}
    name = attrs.get("url") or attrs.get("id")
    more = [f"{key}={attrs[key]}" for key in ("width", "height") if key in attrs]
    more += [f'alt="{attrs["alt"]}"'] if "alt" in attrs else []
    return f"!{'|'.join([str(name), ','.join(more)]) if more else name}!"


_WRITERS: dict[str, Callable[[Node], str]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "bulletList": write_list,
    "orderedList": write_list,
    "taskList": write_tasks,
    "codeBlock": _code,
    "rule": lambda _block: "----",
    "blockquote": _quote,
    "panel": _panel,
    "table": write_table,
    "mediaSingle": _picture,
}

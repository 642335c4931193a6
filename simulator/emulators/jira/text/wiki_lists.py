"""Lists of wiki text: bullets, numbers and tasks, nested by their signs; read and written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from simulator.emulators.jira.text.adf import Node
from simulator.emulators.jira.text.wiki_inline import read_inline, write_inline

DEEPEST_LIST = 20
ITEM = re.compile(rf"([*#-]{{1,{DEEPEST_LIST}}}) +(.*)")
TASK = re.compile(r"[-*] \[([ xX])\] (.*)")
_KINDS = {"*": "bulletList", "-": "bulletList", "#": "orderedList"}


def read_tasks(lines: list[str]) -> Node:
    """A list of tasks, numbered within it."""
    items = []
    for number, line in enumerate(lines, start=1):
        state, text = TASK.fullmatch(line).groups()  # type: ignore[union-attr]  # each line was matched before
        attrs = {"localId": str(number), "state": "TODO" if state == " " else "DONE"}
        items.append({"type": "taskItem", "attrs": attrs, "content": read_inline(text)})
    return {"type": "taskList", "attrs": {"localId": "1"}, "content": items}


def read_list(lines: list[str]) -> Node:
    """A list with the lists within it."""
    parts = [match.groups() for line in lines if (match := ITEM.fullmatch(line))]
    return _nested([(prefix, text) for prefix, text in parts], 0)


def _nested(items: list[tuple[str, str]], depth: int) -> Node:
    """A list of the items whose prefixes are longer than `depth`; longer prefixes belong to the item above."""
    node: Node = {"type": _KINDS[items[0][0][depth]], "content": []}
    at = 0
    while at < len(items):
        prefix, text = items[at]
        own = len(prefix) == depth + 1
        end = at + 1 if own else at
        start = end
        while end < len(items) and len(items[end][0]) > depth + 1:
            end += 1
        content: list[Node] = [{"type": "paragraph", "content": read_inline(text)}] if own else []
        for _, group in groupby(items[start:end], key=lambda item: _KINDS[item[0][depth + 1]]):
            content.append(_nested(list(group), depth + 1))
        node["content"].append({"type": "listItem", "content": content})
        at = end
    return node


def write_list(block: Node) -> str:
    """The lines of a list; what an item holds besides a paragraph and lists is left to the reader of the result."""
    return "\n".join(_lines(block, ""))


def _lines(block: Node, prefix: str) -> Iterator[str]:
    prefix += "*" if block["type"] == "bulletList" else "#"
    for item in block.get("content", []):
        for inner in item.get("content", []):
            if inner["type"] in _KINDS.values():
                yield from _lines(inner, prefix)
            else:
                text = write_inline(inner.get("content", []), one_line=True)
                yield f"{prefix} {text}" if not TASK.fullmatch(f"* {text}") else f"{prefix} \\{text}"


def write_tasks(block: Node) -> str:
    """The lines of a list of tasks."""
    return "\n".join(_task(item) for item in block.get("content", []))


def _task(item: Node) -> str:
    done = "x" if item.get("attrs", {}).get("state") == "DONE" else " "
    return f"- [{done}] {write_inline(item.get('content', []), one_line=True)}"

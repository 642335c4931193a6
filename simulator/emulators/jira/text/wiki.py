"""Jira's wiki notation, whole texts: read into a document and written from one.

Blocks: headings, paragraphs, bullet and ordered lists (nested), task lists, code, quotes, rules. A document that the notation
can say survives the way there and back; other blocks keep their text. https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from simulator.emulators.jira.text.adf import Node, document
from simulator.emulators.jira.text.wiki_inline import read_inline, write_inline

_HEADING = re.compile(r"h([1-6])\. (.*)")
_ITEM = re.compile(r"([*#-]+) +(.*)")
_TASK = re.compile(r"[-*] \[([ xX])\] (.*)")
_FENCE = re.compile(r"\{(code|noformat|quote)(?::([^}]*))?\}\s*")
_RULE = re.compile(r"-{4,}\s*")
_QUOTE = re.compile(r"bq\. (.*)")
_BLOCK_START = re.compile(r"h[1-6]\. |bq\. |[*#-]+ |-{4,}\s*$|\{(?:code|noformat|quote)(?::[^}]*)?\}")
_ESCAPED_START = re.compile(r"\\(?=h[1-6]\. |bq\. |[*#-]+ |-{4,}\s*$)")
_LISTS = {"*": "bulletList", "-": "bulletList", "#": "orderedList"}


def read_wiki(text: str) -> Node:
    """The document that a wiki text means."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip().split("\n")
    return document(*_blocks(lines)) if lines != [""] else document()


def write_wiki(doc: Node) -> str:
    """The wiki text of a document."""
    return "\n\n".join(_write_block(block) for block in doc.get("content", []))


def _blocks(lines: list[str]) -> Iterator[Node]:
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            gap = 1
            while at < len(lines) and not lines[at].strip():
                at, gap = at + 1, gap + 1
            yield from ({"type": "paragraph", "content": []} for _ in range((gap - 1) // 2))
            continue
        block, at = _block(lines, at)
        yield block


def _block(lines: list[str], at: int) -> tuple[Node, int]:
    line = lines[at]
    if (fence := _FENCE.fullmatch(line)) and (end := _closing(lines, at, fence[1])):
        return _fenced(fence, lines[at + 1 : end]), end + 1
    if heading := _HEADING.fullmatch(line):
        return {"type": "heading", "attrs": {"level": int(heading[1])}, "content": read_inline(heading[2])}, at + 1
    if _RULE.fullmatch(line):
        return {"type": "rule"}, at + 1
    if quote := _QUOTE.fullmatch(line):
        return {"type": "blockquote", "content": [_paragraph([quote[1]])]}, at + 1
    end = at + 1
    pattern = next((p for p in (_TASK, _ITEM) if p.fullmatch(line)), None)
    if pattern is None:
        while end < len(lines) and lines[end].strip() and not _BLOCK_START.match(lines[end]):
            end += 1
        return _paragraph(lines[at:end]), end
    while end < len(lines) and pattern.fullmatch(lines[end]) and _same_kind(pattern, line, lines[end]):
        end += 1
    return (_task_list if pattern is _TASK else _list)(lines[at:end]), end


def _same_kind(pattern: re.Pattern[str], first: str, line: str) -> bool:
    if pattern is _TASK:
        return True
    return not _TASK.fullmatch(line) and _LISTS[line[0]] == _LISTS[first[0]]


def _closing(lines: list[str], at: int, name: str) -> int | None:
    return next((i for i in range(at + 1, len(lines)) if lines[i].strip() == f"{{{name}}}"), None)


def _fenced(fence: re.Match[str], inside: list[str]) -> Node:
    if fence[1] == "quote":
        return {"type": "blockquote", "content": list(_blocks(inside))}
    node: Node = {"type": "codeBlock", "attrs": {"language": fence[2]} if fence[2] else {}}
    return node | {"content": [{"type": "text", "text": "\n".join(inside)}] if any(inside) else []}


def _paragraph(lines: list[str]) -> Node:
    return {
        "type": "paragraph",
        "content": read_inline("\n".join(_ESCAPED_START.sub("", line, count=1) for line in lines)),
    }


def _task_list(lines: list[str]) -> Node:
    items = []
    for number, line in enumerate(lines, start=1):
        state, text = _TASK.fullmatch(line).groups()  # type: ignore[union-attr]  # each line was matched before
        attrs = {"localId": str(number), "state": "TODO" if state == " " else "DONE"}
        items.append({"type": "taskItem", "attrs": attrs, "content": read_inline(text)})
    return {"type": "taskList", "attrs": {"localId": "1"}, "content": items}


def _list(lines: list[str]) -> Node:
    parts = [match.groups() for line in lines if (match := _ITEM.fullmatch(line))]
    return _nested([(prefix, text) for prefix, text in parts], 0)


def _nested(items: list[tuple[str, str]], depth: int) -> Node:
    """A list of the items whose prefixes are longer than `depth`; longer prefixes belong to the item above."""
    node: Node = {"type": _LISTS[items[0][0][depth]], "content": []}
    at = 0
    while at < len(items):
        prefix, text = items[at]
        own = len(prefix) == depth + 1
        end = at + 1 if own else at
        start = end
        while end < len(items) and len(items[end][0]) > depth + 1:
            end += 1
        content: list[Node] = [{"type": "paragraph", "content": read_inline(text)}] if own else []
        for _, group in groupby(items[start:end], key=lambda item: _LISTS[item[0][depth + 1]]):
            content.append(_nested(list(group), depth + 1))
        node["content"].append({"type": "listItem", "content": content})
        at = end
    return node


def _write_block(block: Node) -> str:
    write = _WRITERS.get(block["type"])
    return write(block) if write else write_inline([block])


def _write_heading(block: Node) -> str:
    level = block.get("attrs", {}).get("level", 1)
    return f"h{level}. {write_inline(block.get('content', []), one_line=True)}"


def _write_quote(block: Node) -> str:
    return "{quote}\n" + _write_inside(block) + "\n{quote}"


def _write_inside(block: Node) -> str:
    return "\n\n".join(_write_block(inner) for inner in block.get("content", []))


def _write_rows(block: Node) -> str:
    return "\n".join(_write_block(inner) for inner in block.get("content", []))


def _escape_starts(text: str) -> str:
    return "\n".join(f"\\{line}" if _BLOCK_START.match(line) else line for line in text.split("\n"))


def _write_list(block: Node, prefix: str) -> Iterator[str]:
    prefix += "*" if block["type"] == "bulletList" else "#"
    for item in block.get("content", []):
        for inner in item.get("content", []):
            if inner["type"] in {"bulletList", "orderedList"}:
                yield from _write_list(inner, prefix)
            elif inner["type"] == "paragraph":
                text = write_inline(inner.get("content", []), one_line=True)
                yield f"{prefix} {text}" if not _TASK.fullmatch(f"* {text}") else f"{prefix} \\{text}"
            else:
                yield f"{prefix} {_write_block(inner)}"


def _write_tasks(block: Node) -> str:
    return "\n".join(_write_task(item) for item in block.get("content", []))


def _write_task(item: Node) -> str:
    done = "x" if item.get("attrs", {}).get("state") == "DONE" else " "
    return f"- [{done}] {write_inline(item.get('content', []), one_line=True)}"


def _write_code(block: Node) -> str:
    text = "".join(node.get("text", "") for node in block.get("content", []))
    language = block.get("attrs", {}).get("language")
    name = "noformat" if "{code}" in text else "code"
    opening = f"{{{name}:{language}}}" if language else f"{{{name}}}"
    return f"{opening}\n{text}\n{{{name}}}"


def _write_whole_list(block: Node) -> str:
    return "\n".join(_write_list(block, ""))


_WRITERS: dict[str, Callable[[Node], str]] = {
    "paragraph": lambda block: _escape_starts(write_inline(block.get("content", []))),
    "heading": _write_heading,
    "bulletList": _write_whole_list,
    "orderedList": _write_whole_list,
    "taskList": _write_tasks,
    "codeBlock": _write_code,
    "rule": lambda _block: "----",
    "blockquote": _write_quote,
    "panel": _write_quote,
    "table": _write_rows,
    "tableRow": _write_rows,
    **dict.fromkeys(("tableCell", "tableHeader", "expand", "layoutSection", "layoutColumn", "listItem"), _write_inside),
}

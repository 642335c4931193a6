"""Jira's wiki notation, whole texts: read into a document and written from one, without loss either way.

What the notation has words for is written in them: headings, paragraphs, lists, tasks, code, quotes, panels, tables, pictures,
rules. What it has none for stands in an `{adf}` macro, as in Jira.
https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa
"""

from __future__ import annotations

from simulator.emulators.jira.text.adf import Node, document, meaning
from simulator.emulators.jira.text.wiki_read import read_blocks
from simulator.emulators.jira.text.wiki_write import adf_macro, write_block


def read_wiki(text: str) -> Node:
    """The document that a wiki text means."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip().split("\n")
    return document(*read_blocks(lines)) if lines != [""] else document()


def write_wiki(doc: Node) -> str:
    """The wiki text of a document: read again, it means the same."""
    blocks = doc.get("content", [])
    natural = [write_block(block) for block in blocks]
    wanted = [meaning(block) for block in blocks]
    if _means("\n\n".join(natural), wanted):
        return "\n\n".join(natural)
    sure = [
        text if _means(text, [meant]) else adf_macro(block)
        for block, text, meant in zip(blocks, natural, wanted, strict=True)
    ]
    if _means("\n\n".join(sure), wanted):
        return "\n\n".join(sure)
    return "\n\n".join(adf_macro(block) for block in blocks)


def _means(text: str, wanted: list[Node]) -> bool:
    return [meaning(block) for block in read_wiki(text)["content"]] == wanted

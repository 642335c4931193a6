"""Mentions in documents: who is meant is known by an accountId; the name that is shown comes from the site, as Jira adds it."""

from __future__ import annotations

from sqlalchemy import select

from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.text.adf import Node
from simulator.emulators.kit.tables import accounts


def with_names(context: Context, doc: Node | None) -> Node | None:
    """The document with the name of everybody mentioned without one; unknown people keep none."""
    if doc is None:
        return None
    missing: set[str] = set()
    _gather(doc, missing)
    if not missing:
        return doc
    a = accounts.c
    query = select(a.jira_id, a.name).where(a.site == context.site, a.jira_id.in_(sorted(missing)[:500]))
    return _named(doc, {row.jira_id: row.name for row in context.connection.execute(query)})


def _gather(node: Node, missing: set[str]) -> None:
    if _nameless(node):
        missing.add(node["attrs"]["id"])
    for inner in node.get("content", ()):
        _gather(inner, missing)


def _nameless(node: Node) -> bool:
    return node["type"] == "mention" and not node["attrs"].get("text")


def _named(node: Node, names: dict[str, str]) -> Node:
    if _nameless(node) and (name := names.get(node["attrs"]["id"])):
        return node | {"attrs": node["attrs"] | {"text": f"@{name}", "accessLevel": ""}}
    if "content" not in node:
        return node
    return node | {"content": [_named(inner, names) for inner in node["content"]]}

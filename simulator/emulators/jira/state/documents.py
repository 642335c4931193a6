"""Texts that people write, on their way in: one stored document, whichever form they came in."""

from __future__ import annotations

from typing import Any

import orjson

from simulator.emulators.jira.text.adf import Node, is_document, plain, words
from simulator.emulators.jira.text.wiki import read_wiki, write_wiki

LONGEST = 32_767
"""Characters; https://support.atlassian.com/jira-cloud-administration/docs/configure-advanced-settings/"""

TOO_LONG = "The entered text is too long. It exceeds the allowed limit of 32,767 characters."


class TextFault(ValueError):
    """A text that cannot be taken, in Jira's words."""


def read_text(value: object, *, api: str) -> Node | None:
    """The document that a request's text means: wiki text in version 2, a document in version 3; None for nothing.

    Raises TextFault.
    """
    if value is None or value == "":
        return None
    if api == "3":
        if not is_document(value):
            raise TextFault("Operation value must be an Atlassian Document (see the Atlassian Document Format)")
        doc: Node = value  # type: ignore[assignment]  # is_document has looked
        length = len(write_wiki(doc))
    else:
        if not isinstance(value, str):
            raise TextFault("Operation value must be a string")
        doc, length = read_wiki(value), len(value)
    if length > LONGEST:
        raise TextFault(TOO_LONG)
    return doc if doc["content"] else None


def stored(doc: Node | None) -> str | None:
    """A document as it is kept."""
    return None if doc is None else orjson.dumps(doc).decode()


def loaded(kept: str | None) -> Node | None:
    """A kept document."""
    return None if kept is None else orjson.loads(kept)


def shown(kept: str | None, *, api: str) -> Any:  # Any: a document or a string
    """A kept document as the version's replies have it."""
    doc = loaded(kept)
    return doc if doc is None or api == "3" else write_wiki(doc)


def wiki(kept: str | None) -> str | None:
    """A kept document as wiki text, as the history has it."""
    doc = loaded(kept)
    return None if doc is None else write_wiki(doc)


def words_of(doc: Node | None) -> str:
    """A document's words for search."""
    return "" if doc is None else words(plain(doc))
